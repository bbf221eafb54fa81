"""A visit as feedback sees it: enough to know whether its enterprise may rate it or complain about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from events.catalogue.inspection import (
    EntryMade,
    OrderCancelled,
    OrderConcluded,
    OrderEvent,
    OrderExpired,
    OrderIssued,
)
from services.feedback.policy import RatingPolicy

STATES: dict[type[OrderEvent], str] = {
    OrderIssued: "issued",
    EntryMade: "entered",
    OrderConcluded: "concluded",
    OrderCancelled: "cancelled",
    OrderExpired: "expired",
}
RightToRate = Literal["not_yet", "open", "used", "expired"]


@dataclass(frozen=True, kw_only=True)
class Visit:
    """`agency_id` is the lead agency of a joint visit."""

    order_id: UUID
    version: int
    enterprise_id: UUID
    agency_id: UUID
    state: str
    entered_at: datetime | None = None
    concluded_at: datetime | None = None

    def rateable(self, now: datetime, policy: RatingPolicy) -> bool:
        return right_to_rate(self.concluded_at, now, policy) == "open"


def right_to_rate(concluded_at: datetime | None, now: datetime, policy: RatingPolicy) -> RightToRate:
    """By the dates alone; that an open right was used stands with the rights."""
    if concluded_at is None:
        return "not_yet"
    return "open" if now - concluded_at <= timedelta(days=policy.rateable_days) else "expired"


def advanced(visit: Visit | None, event: OrderEvent) -> Visit:
    """The visit after the event; None when this batch has not met it before."""
    if visit and visit.version >= event.version:
        return visit
    known = visit or Visit(
        order_id=event.order_id,
        version=0,
        enterprise_id=event.enterprise_id,
        agency_id=event.agency_id,
        state="",
    )
    moved = replace(known, version=event.version, agency_id=event.agency_id, state=STATES[type(event)])
    if isinstance(event, EntryMade):
        return replace(moved, entered_at=event.entered_at)
    if isinstance(event, OrderConcluded):
        return replace(moved, concluded_at=event.concluded_at)
    return moved
