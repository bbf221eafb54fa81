"""The baseline: Flask and psycopg with the same SQL for the same request, and nothing else. No login, no
signature, no validation, no rules, no log line, no metrics; the event's row is written as it came.

    BARE_DATABASE_URL=… .venv/bin/python -m benchmarks.bare PORT
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from flask import Flask, Response, request
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from psycopg.types.json import Jsonb

from events.outbox import _ADD as ADD_EVENT  # pyright: ignore[reportPrivateUsage]  # the same statement
from services.chassis.database import Pool, open_pool
from services.chassis.ids import new_id
from services.chassis.policy import policies
from services.inspection.codes import store as codes
from services.inspection.entries.store import _KNOWN as READ  # pyright: ignore[reportPrivateUsage]
from services.inspection.entries.store import _WRITE as ENTER  # pyright: ignore[reportPrivateUsage]

URL = "BARE_DATABASE_URL"
WORKERS, THREADS = 2, 8  # as the product runs on two cores
_CLAIM = """
WITH claimed AS (
    INSERT INTO idempotency (key, caller, fingerprint) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING key)
SELECT key FROM claimed
"""
_KEEP = "UPDATE idempotency SET status = 201, content_type = %s, body = %s WHERE caller = %s AND key = %s"


def create() -> Flask:
    return app_on(open_pool(os.environ[URL], 10, "bare"))


def app_on(pool: Pool) -> Flask:
    app = Flask("bare")

    @app.post("/api/inspection/v1/entries")
    def enter() -> Response:  # pyright: ignore[reportUnusedFunction]
        body, key, now = (
            orjson.loads(request.get_data()),
            request.headers["Idempotency-Key"],
            datetime.now(UTC),
        )
        with pool.connection() as connection:
            connection.execute(_CLAIM, (key, "bare", b"0123456789abcdef"))
            row: Any = connection.execute(READ, _asked(body, now)).fetchone()
            known = orjson.loads(row["known"])
            entry = _entry(body, known, now)
            connection.execute(ENTER, entry)
            answer = orjson.dumps({**body, "entry_id": entry["entry_id"], "entered_at": now})
            connection.execute(_KEEP, ("application/json", answer, "bare", key))
            connection.execute(ADD_EVENT, _event(known, answer, now))
        return Response(answer, status=201, content_type="application/json")

    @app.get("/api/inspection/v1/codes/<order_id>")
    def check(order_id: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        now = datetime.now(UTC)
        day = now.date()
        year = codes.Year(day.year, policies().governing("321391", now))
        with pool.connection() as connection:
            order: Any = codes.public_order(connection, UUID(order_id), day)
            visits = codes.visits(connection, order.order_id, year)
            total = codes.visits_of_all(connection, order.enterprise_id, year)
        return Response(orjson.dumps([order, visits, total]), content_type="application/json")

    return app


def _asked(body: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "order_id": UUID(body["order_id"]),
        "short_code": body["premises_code"],
        "premises_id": None,
        "online": True,
        "received_at": now,
        "present": [UUID(one) for one in body["present"]],
        "at": now,
        "near": timedelta(hours=2),
        "day": timedelta(hours=24),
        "month": timedelta(days=31),
        "device_id": body["device_id"],
        "made_by": UUID(body["present"][0]),
    }


def _entry(body: dict[str, Any], known: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {
        **{name: body[name] for name in ("device_id", "latitude", "longitude", "accuracy")},
        **{name: known[name] for name in ("order_id", "enterprise_id", "premises_id")},
        "entry_id": new_id(),
        "step_id": new_id(),
        "version": known["version"] + 1,
        "ratify_by": None,
        "conclude_by": now + timedelta(days=15),
        "made_by": UUID(body["present"][0]),
        "by": UUID(body["present"][0]),
        "name": "bare",
        "inspectors": [UUID(one) for one in body["present"]],
        "entered_at": now,
        "received_at": now,
        "device_time": now,
        "distance": None,
        "online": True,
        "offline_reason": None,
        "searched_reason": None,
        "flags": [],
    }


def _event(known: dict[str, Any], payload: bytes, now: datetime) -> dict[str, Any]:
    return {
        "ids": [new_id()],
        "topics": ["yicha.inspection"],
        "subjects": [str(known["order_id"])],
        "types": ["cn.yicha.inspection.entry.made.v1"],
        "payloads": [payload.decode()],
        "sources": ["/inspection"],
        "times": [now],
        "keys": [str(known["enterprise_id"])],
        "versions": [known["version"] + 1],
        "correlation_ids": ["bare"],
        "headers": Jsonb({}),
    }


if __name__ == "__main__":
    Server(
        "benchmarks.bare:create",
        factory=True,
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    ).serve()
