"""SQL of complaints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many, one
from services.feedback.complaints.model import Category, Complaint, State


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A step that was taken; `account_id` is None when the enterprise took it."""

    complaint_id: UUID
    version: int
    state: State
    at: datetime
    account_id: UUID | None
    note: str | None


def insert(connection: Connection[Any], complaint: Complaint) -> None:
    connection.execute(
        """
        INSERT INTO complaint (complaint_id, version, tracking_number, enterprise_id, agency_id, order_id,
                               category, text, state, filed_at, due_on, due_by_calendar)
        VALUES (%(complaint_id)s, %(version)s, %(tracking_number)s, %(enterprise_id)s, %(agency_id)s,
                %(order_id)s, %(category)s, %(text)s, %(state)s, %(filed_at)s, %(due_on)s,
                %(due_by_calendar)s)
        """,
        asdict(complaint) | {"category": complaint.category.value, "state": complaint.state.value},
    )


def insert_step(connection: Connection[Any], step: Taken) -> None:
    connection.execute(
        """
        INSERT INTO complaint_step (complaint_id, version, state, at, account_id, note)
        VALUES (%(complaint_id)s, %(version)s, %(state)s, %(at)s, %(account_id)s, %(note)s)
        """,
        asdict(step) | {"state": step.state.value},
    )


def by_tracking_number(connection: Connection[Any], number: str) -> Complaint | None:
    return _one(connection, "SELECT * FROM complaint WHERE tracking_number = %(number)s", {"number": number})


def by_id(connection: Connection[Any], complaint_id: UUID) -> Complaint | None:
    return _one(connection, "SELECT * FROM complaint WHERE complaint_id = %(id)s", {"id": complaint_id})


def lock(connection: Connection[Any], complaint_id: UUID) -> Complaint | None:
    return _one(
        connection, "SELECT * FROM complaint WHERE complaint_id = %(id)s FOR UPDATE", {"id": complaint_id}
    )


def _one(connection: Connection[Any], sql: LiteralString, params: Mapping[str, Any]) -> Complaint | None:
    row = one(connection, Complaint, sql, params)
    return replace(row, category=Category(row.category), state=State(row.state)) if row else None


def update(connection: Connection[Any], complaint: Complaint) -> None:
    connection.execute(
        """
        UPDATE complaint SET version = %(version)s, state = %(state)s, answer = %(answer)s,
                             due_on = %(due_on)s, due_by_calendar = %(due_by_calendar)s,
                             reopened = %(reopened)s
        WHERE complaint_id = %(complaint_id)s
        """,
        asdict(complaint) | {"category": complaint.category.value, "state": complaint.state.value},
    )


def steps(connection: Connection[Any], complaint_id: UUID) -> list[Taken]:
    found = many(
        connection,
        Taken,
        "SELECT * FROM complaint_step WHERE complaint_id = %(id)s ORDER BY version",
        {"id": complaint_id},
    )
    return [replace(step, state=State(step.state)) for step in found]


def agency_known(connection: Connection[Any], agency_id: UUID) -> bool:
    found = connection.execute("SELECT 1 FROM agency WHERE agency_id = %(id)s", {"id": agency_id})
    return found.fetchone() is not None


def names_of(
    connection: Connection[Any], agency_id: UUID | None, enterprise_id: UUID
) -> dict[str, str | None]:
    """None while it is not known here."""
    row = connection.execute(
        """
        SELECT (SELECT name FROM enterprise WHERE enterprise_id = %(enterprise_id)s) AS enterprise_name,
               (SELECT name FROM agency WHERE agency_id = %(agency_id)s) AS agency_name
        """,
        {"agency_id": agency_id, "enterprise_id": enterprise_id},
    ).fetchone()
    return dict(row or {})


def area_of(connection: Connection[Any], agency_id: UUID | None, enterprise_id: UUID) -> str | None:
    """Of the agency it is about, else of the enterprise; None while neither is known here."""
    row = connection.execute(
        """
        SELECT coalesce((SELECT area_code FROM agency WHERE agency_id = %(agency_id)s),
                        (SELECT area_code FROM enterprise WHERE enterprise_id = %(enterprise_id)s)) AS area_code
        """,
        {"agency_id": agency_id, "enterprise_id": enterprise_id},
    ).fetchone()
    return row["area_code"] if row else None
