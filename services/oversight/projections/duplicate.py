"""Pairs of orders that the gate saw as the same work, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from events.catalogue.inspection import DuplicateFound
from services.oversight.projections.order_fact import OrderFact

DuplicateKey = tuple[UUID, UUID, str]


@dataclass(frozen=True, kw_only=True)
class Duplicate:
    """`agency_id` is the agency whose order met the other one."""

    order_id: UUID
    other_id: UUID
    rule: str
    outcome: str
    agency_id: UUID
    enterprise_id: UUID
    found_at: datetime
    found_on: date
    state: str = "open"
    overridden_by: UUID | None = None

    @property
    def key(self) -> DuplicateKey:
        return self.order_id, self.other_id, self.rule


def found(event: DuplicateFound, at: datetime, zone: ZoneInfo) -> Iterable[Duplicate]:
    for other_id in event.others:
        yield Duplicate(
            order_id=event.order_id,
            other_id=other_id,
            rule=event.rule,
            outcome=event.outcome,
            agency_id=event.agency_id,
            enterprise_id=event.enterprise_id,
            found_at=at,
            found_on=at.astimezone(zone).date(),
        )


def settled(duplicate: Duplicate, facts: Mapping[UUID, OrderFact]) -> Duplicate:
    """Its state follows from the two orders, not from which event came first: they are separate aggregates,
    and one may be parked behind a gap while the other goes on."""
    state = "overridden" if duplicate.overridden_by else "open"
    if _live_as_one(facts.get(duplicate.order_id), facts.get(duplicate.other_id)):
        state = "joined"
    return duplicate if duplicate.state == state else replace(duplicate, state=state)


def _live_as_one(one: OrderFact | None, other: OrderFact | None) -> bool:
    if one and one.absorbed_into and other and one.absorbed_into == other.absorbed_into:
        return True
    return _absorbed(one, other) or _absorbed(other, one)


def _absorbed(one: OrderFact | None, other: OrderFact | None) -> bool:
    return bool(one and other and one.absorbed_into == other.order_id)
