"""An alert, and whose eyes it is for. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

PLATES_OFTEN = 3
PLATES_WITHIN_DAYS = 30
"""A worn plate is met twice, on a visit and its recheck. By the third time in a month it would have been replaced, or the
same people find every plate unreadable: then it is looked at as a false scan. No source sets a figure."""


@dataclass(frozen=True, kw_only=True)
class Alert:
    """`order_id` is the order behind it: unknown where nobody showed a code, or a complaint names none."""

    alert_id: str
    kind: str
    since: datetime
    due_at: datetime | None
    agency_id: UUID | None
    agency_name: str | None
    enterprise_id: UUID
    enterprise_name: str | None
    area_code: str | None
    order_id: UUID | None
    figures: dict[str, Any]
    set_aside_at: datetime | None
    set_aside_by: UUID | None
    set_aside_name: str | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Who looks, when, and at what. `agency_id` None: at all agencies, and then at complaints too if `sees_all`."""

    now: datetime
    today: date
    zone: str
    sees_all: bool
    agency_id: UUID | None = None
    enterprise_id: UUID | None = None
    aside: bool = False
    days: int = 90

    @property
    def named(self) -> dict[str, Any]:
        return {
            "now": self.now,
            "today": self.today,
            "year": self.today.year,
            "zone": self.zone,
            "since": self.now - timedelta(days=self.days),
            "sees_all": self.sees_all,
            "agency_id": self.agency_id,
            "enterprise_id": self.enterprise_id,
            "aside": self.aside,
            "plates_often": PLATES_OFTEN,
            "plates_within": timedelta(days=PLATES_WITHIN_DAYS),
        }


@dataclass(frozen=True)
class Place:
    """Where a page ends."""

    since: datetime
    alert_id: str
