"""Every rule has an id, a source and a test that carries its name."""

import ast
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from services.chassis.errors import Text
from services.chassis.policy import Profile
from services.inspection.gate import RULES, Outcome, Stage
from services.inspection.gate.cli import DOCUMENT, document, rules
from services.inspection.gate.registry import rule, rule_at
from services.inspection.gate.sources import STATE_54

# The rules a command can decide, with their outcomes. R5, V1–V3 and O1–O4 are alerts and reports: no rule of the gate.
TABLE = {
    **dict.fromkeys(["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8"], Outcome.BLOCK),
    **dict.fromkeys(["F1", "F5", "F6", "J1", "E1", "R1", "R2", "R4"], Outcome.BLOCK),
    **dict.fromkeys(["A9", "F2", "F3", "F4", "F7", "J2", "J3", "J4"], Outcome.JUSTIFY),
    **dict.fromkeys(["F8", "F9", "J5", "E2", "E3", "E4", "R3"], Outcome.NOTICE),
}
ELSEWHERE = {"publish_workdays": "R5", "k": "V1", "release_days": "V1", "complaint_workdays": "V2"}
NO_FIGURES = {"name", "version", "in_force_from", "areas", "timezone", "rights"}
TITLE = Text("规则", "a rule")


def test_every_rule_that_a_command_can_decide_is_there_and_no_other():
    assert {rule.id: rule.outcome for rule in RULES.values()} == TABLE


def test_every_figure_of_a_profile_is_used_by_a_rule():
    used = {name for rule in RULES.values() for name in rule.parameters}
    figures = {field.name for field in fields(Profile)} - NO_FIGURES
    assert figures - used == set(ELSEWHERE)


def test_the_document_is_what_the_code_says():
    """`./yicha rules --markdown > docs/rules.md` brings it up to date."""
    assert DOCUMENT.read_text("utf-8") == document()


@pytest.mark.parametrize("id", TABLE)
def test_the_document_names_source_and_test(id):
    row = next(line for line in document().splitlines() if line.startswith(f"| {id} |"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert len(cells) == 7
    assert cells[5]
    assert cells[6].startswith(f"`test_{id.lower()}_")


def test_a_rule_may_look_twice_but_not_at_one_stage():
    with pytest.raises(ValueError, match="A1"):
        rule_at("A1", Stage.ENTRY)(lambda facts: ())


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
