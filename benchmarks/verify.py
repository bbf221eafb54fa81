"""The public check of an order code, against bare Flask and psycopg with the same reads by the order's id.

    .venv/bin/python -m benchmarks.verify [--rounds 5] [--checks 3000]

Ours also reads the code, verifies its signature, judges order and time, and writes a log line and metrics.
"""

from __future__ import annotations

from itertools import cycle, islice

import click

from benchmarks.arena import open_arena
from benchmarks.load import request
from benchmarks.rounds import compare, print_comparison
from services.chassis.codes import Kind

PATH = "/api/inspection/v1/codes"
GOAL = 0.6


@click.command()
@click.option("--rounds", default=5, show_default=True)
@click.option("--checks", default=3000, show_default=True, help="Checks of a round.")
def main(rounds: int, checks: int) -> None:
    with open_arena() as arena:
        orders = [visit.order.order_id for visit in arena.visits(200)]
        codes = [arena.code(Kind.ORDER, order_id) for order_id in orders]

        def gets(names: list[str]) -> list[bytes]:
            return [request("GET", f"{PATH}/{name}", {}) for name in islice(cycle(names), checks)]

        runs = compare(arena, lambda: gets(codes), lambda: gets([str(one) for one in orders]), rounds, 200)
    print_comparison("GET /codes/<order code>", *runs, GOAL)


if __name__ == "__main__":
    main()
