"""`yicha rules`: the rules as the code has them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import click

from services.inspection.gate import RULES, Outcome, Rule

_ROOT = Path(__file__).parents[3]
_TESTS = _ROOT / "tests"
DOCUMENT = _ROOT / "docs" / "rules.md"
OUTCOMES = {Outcome.NOTICE: "提示", Outcome.JUSTIFY: "需说明", Outcome.BLOCK: "阻断"}
_HEAD = """# Rules of the gate 把关规则

Made from the code by `./yicha rules --markdown`; a test fails when it is out of date. The outcome is the rule's own;
circumstances may soften it, as each finding says. Figures come from the policy profile that governs the agency's area
(`services/chassis/policy/profiles`); a profile that leaves one at `null` has no such rule. The stages are those at which
the rule is judged.

| id | 规则 rule | outcome | parameters | stages | sources | test |
|---|---|---|---|---|---|---|
"""


@click.command("rules")
@click.option("--markdown", is_flag=True, help="As docs/rules.md has it. 输出文档")
def rules(markdown: bool) -> None:
    """Print each rule: id, outcome, parameters, source, test."""
    if markdown:
        click.echo(document(), nl=False)
        return
    tests = first_tests()
    for rule in in_order():
        click.echo(f"{rule.id:4}{rule.outcome:9}{rule.title.zh}")
        click.echo(f"    {'parameters':12}{', '.join(rule.parameters) or '-'}")
        for source in rule.sources:
            click.echo(f"    {'source':12}{source.text.zh}{f' [{source.profile}]' if source.profile else ''}")
        click.echo(f"    {'test':12}{tests.get(rule.id, '-')}")


def document() -> str:
    tests = first_tests()
    return _HEAD + "".join(f"| {' | '.join(_cells(rule, tests))} |\n" for rule in in_order())


def _cells(rule: Rule, tests: dict[str, str]) -> Iterator[str]:
    yield rule.id
    yield f"{rule.title.zh}<br>{rule.title.en}"
    yield f"{OUTCOMES[rule.outcome]} {rule.outcome}"
    yield ", ".join(f"`{parameter}`" for parameter in rule.parameters) or "–"
    yield ", ".join(stage for stage in type(next(iter(rule.stages))) if stage in rule.stages)
    yield "<br>".join(
        f"{source.text.zh}{f' ({source.profile})' if source.profile else ''}" for source in rule.sources
    )
    yield f"`{tests[rule.id].partition('::')[2]}`" if rule.id in tests else "–"


def in_order() -> list[Rule]:
    return sorted(RULES.values(), key=lambda rule: rule.id)


def first_tests() -> dict[str, str]:
    """A rule's first test: `test_f1_…` in the tests beside this checkout, where there are any."""
    ids = {f"test_{id.lower()}_": id for id in RULES}
    found: dict[str, str] = {}
    for path in sorted(
        _TESTS.rglob("inspection/test_*.py"), key=lambda path: ("unit" not in path.parts, path)
    ):
        for name in _functions(path):
            id = ids.get("_".join(name.split("_")[:2]) + "_")
            if id:
                found.setdefault(id, f"{path.relative_to(_ROOT)}::{name}")
    return found


def _functions(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
