"""Visits that the enterprise refused (rule E4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from events.catalogue.inspection import VisitRefused


@dataclass(frozen=True, kw_only=True)
class VisitRefusal:
    """Without an order nobody showed a code. `supported`: what the system knows agrees with the ground."""

    refusal_id: UUID
    enterprise_id: UUID
    premises_id: UUID
    order_id: UUID | None
    agency_id: UUID | None
    ground: str
    supported: bool
    refused_at: datetime
    day: date


def visit_refused(event: VisitRefused, zone: ZoneInfo) -> VisitRefusal:
    return VisitRefusal(
        refusal_id=event.refusal_id,
        enterprise_id=event.enterprise_id,
        premises_id=event.premises_id,
        order_id=event.order_id,
        agency_id=event.agency_id,
        ground=event.ground,
        supported=event.supported,
        refused_at=event.refused_at,
        day=event.refused_at.astimezone(zone).date(),
    )
