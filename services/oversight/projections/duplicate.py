"""Pairs of orders that the gate saw as the same work, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from events.catalogue.inspection import DuplicateFound
from services.oversight.projections.duplicate_verdict import Verdict
from services.oversight.projections.order_fact import OrderFact
from services.oversight.projections.override import Override

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
    reason: str | None = None

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


def settled(
    duplicate: Duplicate,
    facts: Mapping[UUID, OrderFact],
    answers: Mapping[UUID, Sequence[Override | Verdict]],
) -> Duplicate:
    """What became of it follows from the two orders, not from which event came first: they are separate
    aggregates, and one may be parked behind a gap while the other goes on."""
    newest = _newest(duplicate, answers)
    joined = _live_as_one(facts.get(duplicate.order_id), facts.get(duplicate.other_id))
    if newest is None or (isinstance(newest, Verdict) and newest.kind == "reopened"):
        return replace(duplicate, state="joined" if joined else "open", overridden_by=None, reason=None)
    said = "dismissed" if isinstance(newest, Verdict) else "overridden"
    by = newest.said_by if isinstance(newest, Verdict) else newest.overridden_by
    return replace(
        duplicate,
        state="joined" if joined else said,
        overridden_by=by,
        reason=newest.reason or None,
    )


def _newest(
    duplicate: Duplicate, answers: Mapping[UUID, Sequence[Override | Verdict]]
) -> Override | Verdict | None:
    """The newest that was said of it on either order; what is older than the pair was about something else."""
    pair = (duplicate.order_id, duplicate.other_id)
    said = (
        answer
        for order_id in pair
        for answer in answers.get(order_id, ())
        if answer.about(duplicate.rule, *pair) and answer.at >= duplicate.found_at
    )
    return max(said, key=lambda answer: (answer.at, answer.order_id, answer.version), default=None)


def _live_as_one(one: OrderFact | None, other: OrderFact | None) -> bool:
    if one and one.absorbed_into and other and one.absorbed_into == other.absorbed_into:
        return True
    return _absorbed(one, other) or _absorbed(other, one)


def _absorbed(one: OrderFact | None, other: OrderFact | None) -> bool:
    return bool(one and other and one.absorbed_into == other.order_id)
