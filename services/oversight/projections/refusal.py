"""Entries that the gate refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from events.catalogue.inspection import EntryRefused


@dataclass(frozen=True, kw_only=True)
class Refusal:
    refusal_id: UUID
    enterprise_id: UUID
    premises_id: UUID | None
    order_id: UUID | None
    agency_id: UUID | None
    inspector_id: UUID | None
    rule: str
    reason: str
    refused_at: datetime
    day: date


def refused(event: EntryRefused, zone: ZoneInfo) -> Refusal:
    return Refusal(
        refusal_id=event.refusal_id,
        enterprise_id=event.enterprise_id,
        premises_id=event.premises_id,
        order_id=event.order_id,
        agency_id=event.agency_id,
        inspector_id=event.inspector_id,
        rule=event.rule,
        reason=event.reason,
        refused_at=event.refused_at,
        day=event.refused_at.astimezone(zone).date(),
    )
