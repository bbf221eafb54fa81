"""`yicha check`: everything that can be known without running the product."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import click

_REPOSITORY = Path(__file__).parents[1]
_BIN = Path(sys.executable).parent
_CONTRACTS = ("tests/contract/openapi/test_documents.py", "tests/contract/events/test_asyncapi.py")
CHECKS: dict[str, tuple[str, ...]] = {
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "types": ("pyright",),
    "architecture": ("lint-imports",),
    "openapi+asyncapi": ("pytest", "-q", *_CONTRACTS),
    "front ends": ("npm", "--prefix", "web", "run", "check"),
    "dead code": ("python", "-m", "yicha_cli.dead_code"),
    "dependencies": ("deptry", "."),
}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(CHECKS)))
def check(names: tuple[str, ...]) -> None:
    """Lint, types, architecture, contracts, dead code, dependencies; or those of NAMES."""
    failed = [name for name in names or CHECKS if not _passes(name)]
    if failed:
        raise click.ClickException(f"{', '.join(failed)}")


def _passes(name: str) -> bool:
    program, *arguments = CHECKS[name]
    begun = time.monotonic()
    answer = subprocess.run(
        [_BIN / program, *arguments],
        cwd=_REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    mark = click.style("✗", fg="red") if answer.returncode else click.style("✓", fg="green")
    click.echo(f"{mark} {name} ({time.monotonic() - begun:.0f} s)")
    if answer.returncode:
        click.echo(answer.stdout)
    return answer.returncode == 0
