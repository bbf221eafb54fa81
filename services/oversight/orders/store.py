"""The orders and refusals behind a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many

MEASURES: Mapping[str, LiteralString] = {
    "inspections": "day IS NOT NULL",
    "entered": "entered_at IS NOT NULL",
    "unscanned": "concluded_at IS NOT NULL AND entered_at IS NULL",
    "late": "online IS FALSE",
    "flagged": "flags <> '{}'",
    "joint": "day IS NOT NULL AND cardinality(agencies) > 1",
    "concluded": "concluded_at IS NOT NULL",
    "with_finding": "result <> 'no_problem'",
}


@dataclass(frozen=True, kw_only=True)
class OrderLine:
    order_id: UUID
    state: str
    trigger: str | None
    agency_id: UUID
    agency_name: str | None
    agencies: list[UUID]
    enterprise_id: UUID
    enterprise_name: str | None
    uscc: str | None
    industry: str | None
    area_code: str | None
    premises_id: UUID
    starts_on: date | None
    ends_on: date | None
    day: date | None
    entered_at: datetime | None
    online: bool | None
    flags: list[str]
    left_at: datetime | None
    concluded_at: datetime | None
    result: str | None
    absorbed_into: UUID | None
    duplicates: int
    overrides: int


@dataclass(frozen=True, kw_only=True)
class RefusalLine:
    refusal_id: UUID
    rule: str
    reason: str
    refused_at: datetime
    day: date
    agency_id: UUID | None
    agency_name: str | None
    enterprise_id: UUID
    enterprise_name: str | None
    premises_id: UUID | None
    order_id: UUID | None
    inspector_id: UUID | None


_ORDERS: LiteralString = """
    SELECT order_id, state, trigger, fact.agency_id, agency.name AS agency_name, agencies, fact.enterprise_id,
           enterprise.name AS enterprise_name, uscc, industry, enterprise.area_code, premises_id, starts_on,
           ends_on, day, entered_at, online, flags, left_at, concluded_at, result, absorbed_into, duplicates,
           overrides
    FROM order_fact AS fact LEFT JOIN agency USING (agency_id) LEFT JOIN enterprise USING (enterprise_id)
    WHERE (%(agency_id)s::uuid IS NULL OR fact.agency_id = %(agency_id)s)
      AND (%(enterprise_id)s::uuid IS NULL OR fact.enterprise_id = %(enterprise_id)s)
      AND (%(industry)s::text IS NULL OR industry = %(industry)s)
      AND (%(area_code)s::text IS NULL OR enterprise.area_code = %(area_code)s)
"""


def orders_in_state(connection: Connection[Any], filters: Mapping[str, Any]) -> list[OrderLine]:
    """By id; with `state`, `agency_id`, `enterprise_id`, `industry`, `area_code`, `after`, `limit`."""
    return many(
        connection,
        OrderLine,
        f"""
        {_ORDERS} AND (%(state)s::text IS NULL OR state = %(state)s)
          AND (%(after)s::uuid IS NULL OR order_id < %(after)s)
        ORDER BY order_id DESC LIMIT %(limit)s
        """,
        filters,
    )


def orders_of_measure(
    connection: Connection[Any], measure: str, filters: Mapping[str, Any]
) -> list[OrderLine]:
    """Newest day first; as `orders_in_state`, and between `first` and `last`."""
    return many(
        connection,
        OrderLine,
        f"""
        {_ORDERS} AND (%(state)s::text IS NULL OR state = %(state)s)
          AND day BETWEEN %(first)s AND %(last)s AND {MEASURES[measure]}
          AND (%(after)s::uuid IS NULL
               OR (day, order_id) < (SELECT day, order_id FROM order_fact WHERE order_id = %(after)s))
        ORDER BY day DESC, order_id DESC LIMIT %(limit)s
        """,
        filters,
    )


def refusals(connection: Connection[Any], filters: Mapping[str, Any]) -> list[RefusalLine]:
    return many(
        connection,
        RefusalLine,
        """
        SELECT refusal_id, rule, reason, refused_at, day, refusal.agency_id, agency.name AS agency_name,
               refusal.enterprise_id, enterprise.name AS enterprise_name, premises_id, order_id, inspector_id
        FROM refusal LEFT JOIN agency USING (agency_id) LEFT JOIN enterprise USING (enterprise_id)
        WHERE (%(agency_id)s::uuid IS NULL OR refusal.agency_id = %(agency_id)s)
          AND day BETWEEN %(first)s AND %(last)s
          AND (%(after)s::uuid IS NULL
               OR (day, refusal_id) < (SELECT day, refusal_id FROM refusal WHERE refusal_id = %(after)s))
        ORDER BY day DESC, refusal_id DESC LIMIT %(limit)s
        """,
        filters,
    )
