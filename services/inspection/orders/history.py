"""Orders of the past, brought in from elsewhere in bulk: a demo's year, or another system's archive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from events.catalogue.inspection import Result, Trigger
from services.chassis.database import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class PastOrder:
    """A visit that is over. `entered_at` is None when nobody scanned in; times are aware and in UTC."""

    order_id: UUID
    agency_id: UUID
    enterprise_id: UUID
    premises_id: UUID
    items: tuple[UUID, ...]
    inspectors: tuple[UUID, ...]
    trigger: Trigger
    starts_on: date
    ends_on: date
    entered_at: datetime | None
    result: Result
    concluded_at: datetime


def load_history(uow: UnitOfWork, orders: Iterable[PastOrder]) -> int:
    """Insert past orders and emit the events they would have made. Returns how many were new.

    An order that is already there is left alone, so a load may be repeated. The agency's items and the
    inspectors must be in the replica already. The caller commits.
    """
    raise NotImplementedError
