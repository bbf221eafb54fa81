"""The orders and refusals behind a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many
from services.oversight.figures.groups import KEYS
from services.oversight.orders.counted import ORDERS, counted


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that was counted. `status` and `kind` are its own; what is said of the order is None without one."""

    line_id: str
    day: date | None
    status: str
    kind: str | None
    order_id: UUID | None
    other_order_id: UUID | None
    agency_id: UUID | None
    agency_name: str | None
    enterprise_id: UUID
    enterprise_name: str | None
    uscc: str | None
    industry: str | None
    area_code: str | None
    cell: str | None
    premises_id: UUID | None
    state: str | None
    trigger: str | None
    agencies: list[UUID] | None
    starts_on: date | None
    ends_on: date | None
    entered_at: datetime | None
    online: bool | None
    flags: list[str] | None
    left_at: datetime | None
    concluded_at: datetime | None
    result: str | None
    absorbed_into: UUID | None
    duplicates: int | None
    overrides: int | None
    ratification: str | None
    ratify_by: datetime | None
    rectification_due_on: date | None
    deadlines: list[str] | None


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


_AFTER: LiteralString = """
    %(after_id)s::text IS NULL OR (day, line_id) < (%(after_day)s::date, %(after_id)s)
"""
_AFTER_ORDER: LiteralString = "%(after_id)s::uuid IS NULL OR order_id < %(after_id)s::uuid"


def orders_in_state(connection: Connection[Any], by: str | None, filters: Mapping[str, Any]) -> list[Line]:
    """Of any day, the newest first."""
    return many(connection, Line, _page(ORDERS, by, _AFTER_ORDER, "order_id DESC"), filters)


def lines_of_measure(
    connection: Connection[Any], measure: str, by: str | None, filters: Mapping[str, Any]
) -> list[Line]:
    """Newest day first; as `orders_in_state`, and between `first` and `last`."""
    return many(connection, Line, _page(counted(measure), by, _AFTER, "day DESC, line_id DESC"), filters)


def _page(lines: LiteralString, by: str | None, after: LiteralString, order: LiteralString) -> LiteralString:
    """The lines of one page first, and only then what is told of their orders. `industry`, `area_code` and `cell` are
    empty where they are unknown, as in the rollup."""
    group: LiteralString = f"{KEYS[by]} IS NOT DISTINCT FROM %(value)s" if by else "true"
    return f"""
    SELECT line.line_id, line.day, line.status, line.kind, line.order_id, line.other_order_id, line.agency_id,
           agency.name AS agency_name, line.enterprise_id, line.enterprise_name, line.uscc,
           nullif(line.industry, '') AS industry, nullif(line.area_code, '') AS area_code,
           nullif(line.cell, '') AS cell, line.premises_id, fact.state, fact.trigger, fact.agencies,
           fact.starts_on, fact.ends_on, fact.entered_at, fact.online, fact.flags, fact.left_at,
           fact.concluded_at, fact.result, fact.absorbed_into, fact.duplicates, fact.overrides,
           fact.ratification, fact.ratify_by, fact.rectification_due_on, fact.deadlines
    FROM (
        SELECT * FROM (
            SELECT counted.*, enterprise.name AS enterprise_name, uscc, coalesce(industry, '') AS industry,
                   coalesce(enterprise.area_code, '') AS area_code, coalesce(cell, '') AS cell
            FROM ({lines}) AS counted LEFT JOIN enterprise USING (enterprise_id)
                 LEFT JOIN premises ON premises.premises_id = counted.premises_id) AS placed
        WHERE (%(agency_id)s::uuid IS NULL OR agency_id = %(agency_id)s)
          AND (%(enterprise_id)s::uuid IS NULL OR enterprise_id = %(enterprise_id)s)
          AND (%(industry)s::text IS NULL OR industry = %(industry)s)
          AND (%(area_code)s::text IS NULL OR area_code = %(area_code)s)
          AND (%(cell)s::text IS NULL OR cell = %(cell)s)
          AND (%(state)s::text IS NULL OR status = %(state)s)
          AND (%(kind)s::text IS NULL OR kind = %(kind)s)
          AND ({group}) AND ({after})
        ORDER BY {order} LIMIT %(limit)s) AS line
    LEFT JOIN agency ON agency.agency_id = line.agency_id
    LEFT JOIN order_fact AS fact ON fact.order_id = line.order_id
    ORDER BY {order}
    """


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
