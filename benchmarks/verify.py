"""The public check of an order code, against bare Flask and psycopg with the same reads by the order's id.

    .venv/bin/python -m benchmarks.verify [--rounds 5] [--checks 3000]

Ours also reads the code, verifies its signature, judges order and time, and writes a log line and metrics.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice

import click

from benchmarks.arena import Ground, Visit, open_arena
from benchmarks.load import Request
from benchmarks.rounds import compare, print_comparison
from services.chassis.codes import Kind

PATH = "/api/inspection/v1/codes"
GOAL = 0.6


def ours(ground: Ground, visits: Sequence[Visit], checks: int) -> list[Request]:
    return _gets([ground.code(Kind.ORDER, visit.order.order_id) for visit in visits], checks)


def bare(visits: Sequence[Visit], checks: int) -> list[Request]:
    return _gets([str(visit.order.order_id) for visit in visits], checks)


def _gets(names: list[str], checks: int) -> list[Request]:
    return [Request("GET", f"{PATH}/{name}", {}) for name in islice(cycle(names), checks)]


@click.command()
@click.option("--rounds", default=5, show_default=True)
@click.option("--checks", default=3000, show_default=True, help="Checks of a round.")
def main(rounds: int, checks: int) -> None:
    with open_arena() as arena:
        visits = arena.visits(200)
        mine, theirs = ours(arena, visits, checks), bare(visits, checks)
        runs = compare(arena, lambda: mine, lambda: theirs, rounds, 200)
    print_comparison("GET /codes/<order code>", *runs, GOAL)


if __name__ == "__main__":
    main()
