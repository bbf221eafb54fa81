"""The scan at the gate: POST /entries with everything on, against bare Flask and psycopg with the same SQL.

    .venv/bin/python -m benchmarks.entries [--rounds 5] [--entries 1500]

Everything on: login, one credential code verified, schema, rules E1–E3, idempotency, outbox, log line, metrics.
"""

from __future__ import annotations

from datetime import UTC, datetime

import click
import orjson

from benchmarks.arena import Arena, Visit, open_arena
from benchmarks.load import request
from benchmarks.rounds import compare, print_comparison
from services.chassis.codes import Kind
from services.chassis.ids import new_id

PATH = "/api/inspection/v1/entries"
GOAL = 0.7


def ours(arena: Arena, entries: int) -> list[bytes]:
    """Each from another phone: no login and no code is met twice."""
    return [
        _post(
            _body(visit) | {"inspectors": [arena.code(Kind.CREDENTIAL, visit.inspectors[1].inspector_id)]},
            arena.office.bearer(visit.phone),
        )
        for visit in arena.visits(entries)
    ]


def bare(arena: Arena, entries: int) -> list[bytes]:
    return [
        _post(_body(visit) | {"present": [str(one.inspector_id) for one in visit.inspectors]}, {})
        for visit in arena.visits(entries)
    ]


def _body(visit: Visit) -> dict[str, object]:
    return {
        "order_id": str(visit.order.order_id),
        "premises_code": visit.plate,
        "device_time": datetime.now(UTC).isoformat(),
        "device_id": f"phone-{visit.order.order_id}",
        "latitude": 33.96,
        "longitude": 118.27,
        "accuracy": 10.0,
    }


def _post(body: dict[str, object], headers: dict[str, str]) -> bytes:
    return request("POST", PATH, {"Idempotency-Key": str(new_id()), **headers}, orjson.dumps(body))


@click.command()
@click.option("--rounds", default=5, show_default=True)
@click.option("--entries", default=1500, show_default=True, help="Entries of a round.")
def main(rounds: int, entries: int) -> None:
    with open_arena() as arena:
        runs = compare(arena, lambda: ours(arena, entries), lambda: bare(arena, entries), rounds, 201)
    print_comparison("POST /entries", *runs, GOAL)


if __name__ == "__main__":
    main()
