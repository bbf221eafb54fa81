"""Lists of complaints, without their texts: a coordinator's, what is due first, and an enterprise's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many


@dataclass(frozen=True, kw_only=True)
class Line:
    complaint_id: UUID
    version: int
    enterprise_id: UUID
    enterprise_name: str | None
    agency_id: UUID | None
    agency_name: str | None
    order_id: UUID | None
    category: str
    state: str
    filed_at: datetime
    due_on: date
    reopened: int


def lines(connection: Connection[Any], states: Sequence[str], limit: int, after: UUID | None) -> list[Line]:
    return many(
        connection,
        Line,
        """
        SELECT complaint_id, complaint.version, enterprise_id, enterprise.name AS enterprise_name, agency_id,
               agency.name AS agency_name, order_id, category, state, filed_at, due_on, reopened
        FROM complaint LEFT JOIN enterprise USING (enterprise_id) LEFT JOIN agency USING (agency_id)
        WHERE state = ANY(%(states)s)
          AND (%(after)s::uuid IS NULL OR (due_on, complaint_id)
               > (SELECT due_on, complaint_id FROM complaint WHERE complaint_id = %(after)s))
        ORDER BY due_on, complaint_id LIMIT %(limit)s
        """,
        {"states": list(states), "limit": limit, "after": after},
    )


@dataclass(frozen=True, kw_only=True)
class OwnLine:
    complaint_id: UUID
    tracking_number: str
    category: str
    state: str
    filed_at: datetime
    due_on: date


def own_lines(
    connection: Connection[Any], enterprise_id: UUID, limit: int, after: UUID | None
) -> list[OwnLine]:
    return many(
        connection,
        OwnLine,
        """
        SELECT complaint_id, tracking_number, category, state, filed_at, due_on FROM complaint
        WHERE enterprise_id = %(enterprise_id)s AND (%(after)s::uuid IS NULL OR complaint_id < %(after)s)
        ORDER BY complaint_id DESC LIMIT %(limit)s
        """,
        {"enterprise_id": enterprise_id, "limit": limit, "after": after},
    )
