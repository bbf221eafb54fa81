"""The scan at the gate: POST /entries with everything on, against bare Flask and psycopg with the same SQL.

    .venv/bin/python -m benchmarks.entries [--rounds 5] [--entries 1500] [--unseen]

Everything on: login, one credential code verified, schema, the rules of entry, idempotency, outbox, log line,
metrics. Each entry comes from another phone, and no code is met twice. A phone has asked for something before it
enters, as it does for its order and its codes; with `--unseen` its login is new to the server, and verified.
"""

from __future__ import annotations

from datetime import UTC, datetime

import click
import orjson

from benchmarks.arena import Arena, Ground, Visit, open_arena
from benchmarks.load import Request, drive
from benchmarks.rounds import compare, print_comparison
from services.chassis.codes import Kind
from services.chassis.ids import new_id

PATH = "/api/inspection/v1/entries"
EARLIER = "/api/inspection/v1/orders?limit=1"
GOAL = 0.7


def ours(ground: Ground, entries: int) -> list[Request]:
    return [
        _post(
            _body(visit) | {"inspectors": [ground.code(Kind.CREDENTIAL, visit.inspectors[1].inspector_id)]},
            ground.office.bearer(visit.phone),
        )
        for visit in ground.visits(entries)
    ]


def earlier(requests: list[Request]) -> list[Request]:
    """What the same phones asked for before: their logins are known then."""
    login = "Authorization"
    return [Request("GET", EARLIER, {login: request.headers[login]}) for request in requests]


def bare(ground: Ground, entries: int) -> list[Request]:
    return [
        _post(_body(visit) | {"present": [str(one.inspector_id) for one in visit.inspectors]}, {})
        for visit in ground.visits(entries)
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


def _post(body: dict[str, object], headers: dict[str, str]) -> Request:
    return Request("POST", PATH, {"Idempotency-Key": str(new_id()), **headers}, orjson.dumps(body))


def _prepared(arena: Arena, entries: int, unseen: bool) -> list[Request]:
    requests = ours(arena, entries)
    if not unseen:
        drive(arena.ours, arena.servers[arena.ours], earlier(requests))
    return requests


@click.command()
@click.option("--rounds", default=5, show_default=True)
@click.option("--entries", default=1500, show_default=True, help="Entries of a round.")
@click.option("--unseen", is_flag=True, help="Every login is new to the server.")
def main(rounds: int, entries: int, unseen: bool) -> None:
    with open_arena() as arena:
        runs = compare(
            arena, lambda: _prepared(arena, entries, unseen), lambda: bare(arena, entries), rounds, 201
        )
    print_comparison(f"POST /entries, logins {'unseen' if unseen else 'seen before'}", *runs, GOAL)


if __name__ == "__main__":
    main()
