"""SQL of the figures: sums over rollups, never over orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many, one
from services.oversight.figures.model import Grades, Period, Sums
from services.oversight.projections.tally import MEASURES

SUMS: LiteralString = ", ".join(f"coalesce(sum({name}), 0)::integer AS {name}" for name in MEASURES)


@dataclass(frozen=True, kw_only=True)
class Progress:
    position: int
    events: int
    last_event_id: UUID | None
    last_event_type: str | None
    changed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Count:
    name: str
    count: int


@dataclass(frozen=True, kw_only=True)
class _Grades:
    counts: list[int]


def progress(connection: Connection[Any]) -> Progress:
    found = one(
        connection,
        Progress,
        "SELECT position, events, last_event_id, last_event_type, changed_at FROM progress",
    )
    assert found is not None
    return found


def orders_by_state(connection: Connection[Any], agency_id: UUID | None) -> dict[str, int]:
    found = many(
        connection,
        Count,
        """
        SELECT state AS name, sum(orders)::integer AS count FROM order_tally
        WHERE %(agency_id)s::uuid IS NULL OR agency_id = %(agency_id)s
        GROUP BY state ORDER BY state
        """,
        {"agency_id": agency_id},
    )
    return {row.name: row.count for row in found}


def sums(connection: Connection[Any], agency_id: UUID | None, period: Period) -> Sums:
    found = one(
        connection,
        Sums,
        f"""
        SELECT {SUMS} FROM daily
        WHERE day BETWEEN %(first)s AND %(last)s
          AND (%(agency_id)s::uuid IS NULL OR agency_id = %(agency_id)s)
        """,
        {"agency_id": agency_id, "first": period.first, "last": period.last},
    )
    return found or Sums()


def ratings_given(connection: Connection[Any], period: Period) -> Grades:
    """Of the whole area: they name no agency."""
    return _grades(
        connection,
        """
        SELECT ARRAY(
            SELECT count(rating_id)::integer
            FROM generate_series(1, 5) AS given
            LEFT JOIN rating ON grade = given AND day BETWEEN %(first)s AND %(last)s
            GROUP BY given ORDER BY given) AS counts
        """,
        {"first": period.first, "last": period.last},
    )


def ratings_released(connection: Connection[Any], agency_id: UUID | None, period: Period) -> Grades:
    return _grades(
        connection,
        """
        SELECT ARRAY(
            SELECT coalesce(sum(grades[given]), 0)::integer
            FROM generate_series(1, 5) AS given
            LEFT JOIN rating_release ON released_on BETWEEN %(first)s AND %(last)s
                 AND (%(agency_id)s::uuid IS NULL OR agency_id = %(agency_id)s)
            GROUP BY given ORDER BY given) AS counts
        """,
        {"agency_id": agency_id, "first": period.first, "last": period.last},
    )


def _grades(connection: Connection[Any], sql: LiteralString, params: dict[str, Any]) -> Grades:
    row = one(connection, _Grades, sql, params)
    return Grades(counts=row.counts if row else [0] * 5)


def visit_refusals_by_ground(
    connection: Connection[Any], agency_id: UUID | None, period: Period
) -> dict[str, int]:
    found = many(
        connection,
        Count,
        """
        SELECT ground AS name, count(*)::integer AS count FROM visit_refusal
        WHERE day BETWEEN %(first)s AND %(last)s AND (%(agency_id)s::uuid IS NULL OR agency_id = %(agency_id)s)
        GROUP BY ground ORDER BY ground
        """,
        {"agency_id": agency_id, "first": period.first, "last": period.last},
    )
    return {row.name: row.count for row in found}


def complaints_by_state(connection: Connection[Any], period: Period) -> dict[str, int]:
    found = many(
        connection,
        Count,
        """
        SELECT state AS name, count(*)::integer AS count FROM complaint
        WHERE filed_on BETWEEN %(first)s AND %(last)s GROUP BY state ORDER BY state
        """,
        {"first": period.first, "last": period.last},
    )
    return {row.name: row.count for row in found}


def complaints_by_category(connection: Connection[Any], period: Period) -> dict[str, int]:
    found = many(
        connection,
        Count,
        """
        SELECT category AS name, count(*)::integer AS count FROM complaint
        WHERE filed_on BETWEEN %(first)s AND %(last)s GROUP BY category ORDER BY category
        """,
        {"first": period.first, "last": period.last},
    )
    return {row.name: row.count for row in found}


def complaints_overdue(connection: Connection[Any], period: Period) -> int:
    found = one(
        connection,
        Count,
        """
        SELECT 'overdue' AS name, count(*)::integer AS count FROM complaint
        WHERE filed_on BETWEEN %(first)s AND %(last)s AND due_on < %(last)s
          AND state NOT IN ('answered', 'followed_up')
        """,
        {"first": period.first, "last": period.last},
    )
    return found.count if found else 0
