"""Refusals as a supervisor reads them, with the names of those concerned: all from this service's own replica, one statement a
list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, LiteralString, TypeVar
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many
from services.chassis.identity import Principal
from services.inspection.codes.commands import numbers_of
from services.inspection.refusals.asked import Asked
from services.inspection.refusals.model import Ground

C = Connection[Any]


@dataclass(frozen=True, kw_only=True)
class Named:
    """`number` is the order's (检查单号). A name is None until the registry's word of it has arrived."""

    refusal_id: UUID
    order_id: UUID | None
    number: str | None = None
    enterprise_id: UUID
    enterprise: str | None
    premises_id: UUID | None
    premises: str | None
    address: str | None
    agency_id: UUID | None
    agency: str | None
    findings: list[dict[str, Any]]
    refused_at: datetime


@dataclass(frozen=True, kw_only=True)
class EntryRefused(Named):
    """By the gate, `times` within the hour up to `last_at`; `findings` are those of the first."""

    inspector_id: UUID
    inspector: str | None
    certificate_number: str | None
    rule: str
    reason: str
    times: int
    last_at: datetime


@dataclass(frozen=True, kw_only=True)
class VisitRefused(Named):
    """By the enterprise. Without an order nobody showed a code: it is of no agency, and for whoever sees all."""

    ground: Ground
    words: str | None
    supported: bool
    receipt_id: UUID | None


_NAMES: LiteralString = """
    r.refusal_id, r.order_id, r.enterprise_id, r.premises_id, r.agency_id, r.findings, r.refused_at,
    (SELECT name FROM enterprise e WHERE e.enterprise_id = r.enterprise_id) AS enterprise,
    (SELECT name FROM agency a WHERE a.agency_id = r.agency_id) AS agency, p.name AS premises, p.address
"""
_ENTRY: LiteralString = f"""
SELECT {_NAMES}, r.inspector_id, i.name AS inspector, i.certificate_number, r.rule, r.reason, r.times,
       COALESCE(r.last_at, r.refused_at) AS last_at
FROM entry_refusal r LEFT JOIN premises p USING (premises_id) LEFT JOIN inspector i USING (inspector_id)
"""
_VISIT: LiteralString = f"""
SELECT {_NAMES}, r.ground, r.words, r.supported,
       (SELECT receipt_id FROM receipt b WHERE b.about = r.refusal_id) AS receipt_id
FROM visit_refusal r LEFT JOIN premises p USING (premises_id)
"""


def entry_refusals(
    connection: C, who: Principal, asked: Asked, timezone: str, limit: int
) -> list[EntryRefused]:
    return _numbered(
        connection,
        many(connection, EntryRefused, _ENTRY + asked.chosen(), asked.of(who, timezone) | {"limit": limit}),
    )


def visit_refusals(
    connection: C, who: Principal, asked: Asked, timezone: str, limit: int
) -> list[VisitRefused]:
    return _numbered(
        connection,
        many(connection, VisitRefused, _VISIT + asked.chosen(), asked.of(who, timezone) | {"limit": limit}),
    )


Row = TypeVar("Row", bound=Named)


def _numbered(connection: C, rows: Sequence[Row]) -> list[Row]:
    """An order whose code nobody was shown yet is given its number now."""
    numbers = numbers_of(list({row.order_id for row in rows if row.order_id}), connection)
    return [replace(row, number=row.order_id and numbers[row.order_id]) for row in rows]
