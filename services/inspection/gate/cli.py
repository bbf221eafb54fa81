"""`yicha rules`: the rules as the code has them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import click

from services.inspection.gate import RULES

_TESTS = Path(__file__).parents[3] / "tests"


@click.command("rules")
def rules() -> None:
    """Print each rule: id, outcome, parameters, source, test."""
    tests = dict(_tests())
    for rule in sorted(RULES.values(), key=lambda rule: rule.id):
        click.echo(f"{rule.id:4}{rule.outcome:9}{rule.title.zh}")
        click.echo(f"    {'parameters':12}{', '.join(rule.parameters) or '-'}")
        for source in rule.sources:
            click.echo(f"    {'source':12}{source.text.zh}{f' [{source.profile}]' if source.profile else ''}")
        click.echo(f"    {'test':12}{tests.get(rule.id, '-')}")


def _tests() -> Iterator[tuple[str, str]]:
    """A rule's first test: `test_f1_…` in the tests beside this checkout, where there are any."""
    ids = {f"test_{id.lower()}_": id for id in RULES}
    for path in sorted(_TESTS.rglob("inspection/test_*.py"), reverse=True):
        for node in reversed(ast.parse(path.read_text("utf-8")).body):
            prefix = "_".join(node.name.split("_")[:2]) + "_" if isinstance(node, ast.FunctionDef) else ""
            if prefix in ids:
                yield ids[prefix], f"{path.relative_to(_TESTS.parent)}::{node.name}"  # pyright: ignore[reportAttributeAccessIssue]
