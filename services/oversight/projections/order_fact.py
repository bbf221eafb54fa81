"""One row an order: what its events say it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from events.catalogue.inspection import (
    DeadlinePassed,
    DuplicateFound,
    EntryMade,
    FindingOverridden,
    OrderAbsorbed,
    OrderApproved,
    OrderCancelled,
    OrderClosed,
    OrderConcluded,
    OrderDisapproved,
    OrderDrafted,
    OrderEvent,
    OrderExpired,
    OrderIssued,
    OrderJoined,
    OrderRatified,
    OrderRestored,
    OrderReturned,
    OrderRevised,
    OrderSplit,
    OrderSubmitted,
    RecheckFailed,
    RecordMade,
    VisitLeft,
)

STATES: dict[type[OrderEvent], str] = {
    OrderDrafted: "drafted",
    OrderRevised: "drafted",
    OrderSubmitted: "submitted",
    OrderReturned: "drafted",
    OrderApproved: "approved",
    OrderIssued: "issued",
    OrderCancelled: "cancelled",
    OrderExpired: "expired",
    OrderAbsorbed: "absorbed",
    OrderRestored: "drafted",
    EntryMade: "entered",
    RecordMade: "recorded",
    OrderClosed: "closed",
}
AFTER_CONCLUSION = {
    "no_problem": "concluded",
    "reminder": "concluded",
    "order_rectification": "rectifying",
    "refer": "referred",
}


@dataclass(frozen=True, kw_only=True)
class OrderFact:
    """`agency_id` leads and counts the visit; `agencies` are all that it serves (rule J5: counted once).
    `entered_by` are those who came; `counted_for` whose yearly caps the visit draws on, None where nobody told. `ratification` is the head's word on a visit that began before it (rule A6). `conclude_by` is known once it has
    passed; `deadlines` are those that passed, ever."""

    order_id: UUID
    version: int
    enterprise_id: UUID
    premises_id: UUID
    agency_id: UUID
    agencies: Sequence[UUID]
    trigger: str | None = None
    state: str = "drafted"
    starts_on: date | None = None
    ends_on: date | None = None
    entered_at: datetime | None = None
    online: bool | None = None
    flags: Sequence[str] = ()
    entered_by: Sequence[UUID] | None = None
    counted_for: Sequence[UUID] | None = None
    left_at: datetime | None = None
    concluded_at: datetime | None = None
    result: str | None = None
    day: date | None = None
    absorbed_into: UUID | None = None
    duplicates: int = 0
    overrides: int = 0
    items: Sequence[UUID] = ()
    inspectors: int = 0
    state_since: datetime | None = None
    ratification: str | None = None
    ratify_by: datetime | None = None
    ratified_at: datetime | None = None
    conclude_by: datetime | None = None
    rectification_due_on: date | None = None
    deadlines: Sequence[str] = ()

    @property
    def unscanned(self) -> bool:
        """Concluded although nobody scanned in (rule O1)."""
        return self.concluded_at is not None and self.entered_at is None

    @property
    def joint(self) -> bool:
        return len(self.agencies) > 1

    @property
    def with_finding(self) -> bool:
        return self.result is not None and self.result != "no_problem"

    @property
    def ratified_late(self) -> bool:
        return bool(self.ratify_by and self.ratified_at and self.ratified_at > self.ratify_by)


def born(event: OrderEvent) -> OrderFact:
    return OrderFact(
        order_id=event.order_id,
        version=0,
        enterprise_id=event.enterprise_id,
        premises_id=event.premises_id,
        agency_id=event.agency_id,
        agencies=(event.agency_id,),
    )


def advanced(fact: OrderFact, event: OrderEvent, at: datetime, zone: ZoneInfo) -> OrderFact:
    """The fact after a newer event, which was told at `at`."""
    after = _moved(fact, event, at, zone)
    return after if after.state == fact.state and fact.state_since else replace(after, state_since=at)


def _moved(fact: OrderFact, event: OrderEvent, at: datetime, zone: ZoneInfo) -> OrderFact:
    moved = replace(
        fact,
        version=event.version,
        agency_id=event.agency_id,
        premises_id=event.premises_id,
        state=STATES.get(type(event), fact.state),
    )
    match event:
        case OrderDrafted() | OrderRevised():
            return _saying(moved, event)
        case OrderIssued():
            return replace(_saying(moved, event), agencies=event.agencies)
        case OrderJoined():
            return _joined(moved, event)
        case OrderSplit():
            return _left(moved, event)
        case OrderRestored():
            return replace(_saying(moved, event), absorbed_into=None)
        case OrderAbsorbed():
            return replace(moved, absorbed_into=event.absorbed_into)
        case DuplicateFound():
            return replace(moved, duplicates=fact.duplicates + len(event.others))
        case FindingOverridden():
            return replace(moved, overrides=fact.overrides + 1)
        case EntryMade():
            return _entered(moved, event, zone)
        case VisitLeft():
            return replace(moved, left_at=event.left_at)
        case OrderConcluded():
            return _concluded(moved, event, zone)
        case OrderRatified() | OrderDisapproved():
            word = "ratified" if isinstance(event, OrderRatified) else "disapproved"
            return replace(moved, ratification=word, ratified_at=at)
        case DeadlinePassed():
            return _overdue(moved, event)
        case RecheckFailed():
            return replace(moved, rectification_due_on=event.rectification_due_on)
        case _:
            return moved


def _saying(fact: OrderFact, event: OrderDrafted | OrderRevised | OrderIssued | OrderRestored) -> OrderFact:
    return replace(
        fact,
        trigger=fact.trigger if isinstance(event, OrderRestored) else event.trigger,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        items=event.items,
        inspectors=len(event.inspectors),
    )


def _joined(fact: OrderFact, event: OrderJoined) -> OrderFact:
    """Events from before windows could move name neither window nor inspectors."""
    return replace(
        fact,
        agencies=event.agencies,
        items=event.items,
        inspectors=len(event.inspectors) or fact.inspectors,
        starts_on=event.starts_on or fact.starts_on,
        ends_on=event.ends_on or fact.ends_on,
    )


def _left(fact: OrderFact, event: OrderSplit) -> OrderFact:
    people = len(event.inspectors) or fact.inspectors
    return replace(fact, agencies=event.agencies, items=event.items, inspectors=people)


def _entered(fact: OrderFact, event: EntryMade, zone: ZoneInfo) -> OrderFact:
    return replace(
        fact,
        entered_at=event.entered_at,
        online=event.online,
        flags=event.flags,
        entered_by=event.inspectors,
        counted_for=event.counted_for,
        agencies=event.agencies,
        day=event.entered_at.astimezone(zone).date(),
        ratify_by=event.ratify_by,
        ratification="pending" if event.ratify_by else None,
    )


def _concluded(fact: OrderFact, event: OrderConcluded, zone: ZoneInfo) -> OrderFact:
    return replace(
        fact,
        state=AFTER_CONCLUSION[event.result],
        concluded_at=event.concluded_at,
        result=event.result,
        agencies=event.agencies,
        day=fact.day or event.concluded_at.astimezone(zone).date(),
        rectification_due_on=event.rectification_due_on,
    )


def _overdue(fact: OrderFact, event: DeadlinePassed) -> OrderFact:
    passed = sorted({*fact.deadlines, event.kind})
    conclude_by = event.due_at if event.kind == "conclusion" else fact.conclude_by
    return replace(fact, deadlines=passed, conclude_by=conclude_by)
