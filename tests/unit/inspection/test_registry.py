"""Every rule has an id, a source and a test that carries its name."""

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner

from services.chassis.errors import Text
from services.inspection.gate import RULES, Outcome
from services.inspection.gate.cli import rules
from services.inspection.gate.registry import rule
from services.inspection.gate.sources import STATE_54

SPINE = {"A1", "A2", "A3", "A5", "F1", "J1", "J2", "E1", "E2"}
TITLE = Text("规则", "a rule")


def test_the_rules_of_the_spine_are_there():
    assert set(RULES) >= SPINE


@pytest.mark.parametrize("id", sorted(RULES))
def test_a_rule_has_a_title_a_source_and_a_test(id):
    names = {
        node.name
        for path in Path(__file__).parents[2].rglob("inspection/test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert RULES[id].title.zh
    assert RULES[id].title.en
    assert RULES[id].sources
    assert any(name.startswith(f"test_{id.lower()}_") for name in names)


def test_the_rules_are_printed_with_their_tests():
    printed = CliRunner().invoke(rules).output
    assert "F1  block" in printed
    assert "annual_caps, blocking_triggers" in printed
    assert "test_rules.py::test_f1_" in printed


@pytest.mark.parametrize(
    ("id", "sources", "parameters"),
    [("J1", (STATE_54,), ()), ("X1", (), ()), ("X1", (STATE_54,), ("join_weeks",))],
    ids=["taken id", "no source", "unknown figure"],
)
def test_a_rule_that_cannot_be_right_is_not_entered(id, sources, parameters):
    with pytest.raises(ValueError, match=id):
        rule(id, TITLE, Outcome.BLOCK, *sources, parameters=parameters)(lambda facts: ())
