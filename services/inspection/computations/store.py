"""SQL of computations. None of these commits."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from services.chassis.database import many, one
from services.chassis.errors import Text
from services.inspection.computations.model import Computation, Kind

C = Connection[Any]
_COLUMNS = """
computation_id, kind, area_code, request, state, progress, result, problem_zh, problem_en, started_by, created_at,
finished_at
"""


def insert(connection: C, asked: Computation) -> None:
    connection.execute(
        """
        INSERT INTO computation (computation_id, kind, area_code, request, state, progress, started_by, created_at)
        VALUES (%(computation_id)s, %(kind)s, %(area_code)s, %(request)s, 'waiting', 0, %(started_by)s, %(created_at)s)
        """,
        asdict(asked) | {"request": Jsonb(asked.request)},
    )


def get(connection: C, computation_id: UUID, kind: Kind | None = None) -> Computation | None:
    return one(
        connection,
        Computation,
        f"""
        SELECT {_COLUMNS} FROM computation
        WHERE computation_id = %(id)s AND (%(kind)s::text IS NULL OR kind = %(kind)s)
        """,
        {"id": computation_id, "kind": kind},
    )


def page(connection: C, kind: Kind, area: str, after: UUID | None, limit: int) -> list[Computation]:
    """The newest first, of areas whose code begins with `area`."""
    return many(
        connection,
        Computation,
        f"""
        SELECT {_COLUMNS} FROM computation
        WHERE kind = %(kind)s AND starts_with(area_code, %(area)s)
          AND (%(after)s::uuid IS NULL OR computation_id < %(after)s)
        ORDER BY computation_id DESC LIMIT %(limit)s
        """,
        {"kind": kind, "area": area, "after": after, "limit": limit},
    )


def waiting(connection: C) -> list[UUID]:
    """Also those that a killed worker left, the oldest first."""
    rows = connection.execute(
        "SELECT computation_id FROM computation WHERE state IN ('waiting', 'running') ORDER BY created_at"
    ).fetchall()
    return [row["computation_id"] for row in rows]


def run(connection: C, computation_id: UUID, progress: float) -> None:
    connection.execute(
        "UPDATE computation SET state = 'running', progress = %s WHERE computation_id = %s AND finished_at IS NULL",
        (progress, computation_id),
    )


def finish(connection: C, computation_id: UUID, result: dict[str, Any], now: datetime) -> None:
    connection.execute(
        """
        UPDATE computation SET state = 'finished', progress = 1, result = %(result)s, finished_at = %(now)s
        WHERE computation_id = %(id)s
        """,
        {"id": computation_id, "result": Jsonb(result), "now": now},
    )


def fail(connection: C, computation_id: UUID, problem: Text, now: datetime) -> None:
    connection.execute(
        """
        UPDATE computation SET state = 'failed', problem_zh = %(zh)s, problem_en = %(en)s, finished_at = %(now)s
        WHERE computation_id = %(id)s
        """,
        {"id": computation_id, "zh": problem.zh, "en": problem.en, "now": now},
    )


def try_lock(connection: C, computation_id: UUID) -> bool:
    """A session lock: it goes with its holder, however that ends, and another makes the computation anew."""
    row = connection.execute(
        "SELECT pg_try_advisory_lock(hashtextextended(%s, 0)) AS mine", (f"computation {computation_id}",)
    ).fetchone()
    return bool(row and row["mine"])


def unlock(connection: C, computation_id: UUID) -> None:
    connection.execute(
        "SELECT pg_advisory_unlock(hashtextextended(%s, 0))", (f"computation {computation_id}",)
    )
