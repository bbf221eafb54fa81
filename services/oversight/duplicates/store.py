"""Pairs of orders that the gate saw as the same work, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many


@dataclass(frozen=True, kw_only=True)
class Pair:
    order_id: UUID
    other_id: UUID
    rule: str
    outcome: str
    state: str
    found_at: datetime
    found_on: date
    overridden_by: UUID | None
    reason: str | None
    enterprise_id: UUID
    enterprise_name: str | None
    agency_id: UUID
    agency_name: str | None
    order_state: str | None
    order_starts_on: date | None
    order_ends_on: date | None
    other_agency_id: UUID | None
    other_agency_name: str | None
    other_state: str | None
    other_starts_on: date | None
    other_ends_on: date | None


def pairs(connection: Connection[Any], filters: Mapping[str, Any]) -> list[Pair]:
    """The pairs that the figure counts: those whose finding order belongs to `agency_id`."""
    return many(
        connection,
        Pair,
        """
        SELECT pair.order_id, pair.other_id, pair.rule, outcome, pair.state, found_at, found_on, overridden_by,
               pair.reason,
               pair.enterprise_id, enterprise.name AS enterprise_name, pair.agency_id,
               ours.name AS agency_name, one.state AS order_state, one.starts_on AS order_starts_on,
               one.ends_on AS order_ends_on, other.agency_id AS other_agency_id,
               theirs.name AS other_agency_name, other.state AS other_state,
               other.starts_on AS other_starts_on, other.ends_on AS other_ends_on
        FROM duplicate AS pair
        LEFT JOIN enterprise ON enterprise.enterprise_id = pair.enterprise_id
        LEFT JOIN order_fact AS one ON one.order_id = pair.order_id
        LEFT JOIN order_fact AS other ON other.order_id = pair.other_id
        LEFT JOIN agency AS ours ON ours.agency_id = pair.agency_id
        LEFT JOIN agency AS theirs ON theirs.agency_id = other.agency_id
        WHERE (%(agency_id)s::uuid IS NULL OR pair.agency_id = %(agency_id)s)
          AND (%(state)s::text IS NULL OR pair.state = %(state)s)
          AND found_on BETWEEN %(first)s AND %(last)s
        ORDER BY found_on DESC, pair.order_id DESC, pair.other_id DESC, pair.rule
        LIMIT %(limit)s OFFSET %(offset)s
        """,
        filters,
    )
