"""What the spectator sees: one line a request, one a fact, and the count of what was not as it should be."""

from __future__ import annotations

from unicodedata import east_asian_width

import click

from tour.caller import Answer

_WHO, _PATH = 34, 58


class Narrator:
    def __init__(self) -> None:
        self.failures: list[str] = []
        self.checks = 0
        self.requests = 0

    def act(self, number: int, title: str) -> None:
        click.echo()
        click.secho(f"第 {number} 幕  {title}", fg="cyan", bold=True)

    def request(self, answer: Answer) -> None:
        self.requests += 1
        line = f"{answer.method} {answer.path}"
        colour = "green" if answer.status < 400 else "yellow" if answer.status < 500 else "red"
        status = click.style(str(answer.status), fg=colour)
        milliseconds = click.style(f"{answer.seconds * 1000:6.0f} ms", dim=True)
        click.echo(f"  {padded(answer.who, _WHO)}{padded(shortened(line), _PATH)} {status} {milliseconds}")

    def event(self, kind: str, count: int, seconds: float) -> None:
        times = f" ×{count}" if count > 1 else ""
        click.secho(f"  {padded('', _WHO)}↳ {kind}{times}  {seconds * 1000:.0f} ms 后", fg="magenta")

    def note(self, text: str) -> None:
        click.echo(f"    {text}")

    def check(self, text: str, holds: bool, otherwise: object = "") -> bool:
        """A fact that must hold; `otherwise` says what was there instead."""
        self.checks += 1
        if holds:
            click.echo(f"    {click.style('✓', fg='green')} {text}")
        else:
            self.failures.append(f"{text}：{otherwise}")
            click.secho(f"    ✗ {text}：{otherwise}", fg="red", bold=True)
        return holds

    def table(self, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
        widths = [max(width(row[i]) for row in [heads, *rows]) + 2 for i in range(len(heads))]
        for row in [heads, *rows]:
            click.echo("    " + "".join(padded(cell, wide) for cell, wide in zip(row, widths, strict=True)))

    def end(self) -> None:
        click.echo()
        if self.failures:
            click.secho(f"有 {len(self.failures)} 处不符：", fg="red", bold=True)
            for failure in self.failures:
                click.secho(f"  ✗ {failure}", fg="red")
        else:
            click.secho(
                f"全部如实：{self.requests} 个请求，{self.checks} 项核对。All as it should be.",
                fg="green",
                bold=True,
            )


def width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, to: int) -> str:
    return text + " " * max(0, to - width(text))


def shortened(line: str) -> str:
    """Long tokens and ids in the middle are no help to the eye."""
    return line if len(line) <= _PATH else f"{line[: _PATH - 12]}…{line[-11:]}"
