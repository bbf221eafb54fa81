"""The life of an order. Every event of one order carries its next version: seen + 1, no gaps."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from events.model import Event, Topic, published

Trigger = Literal[
    "routine", "random", "campaign", "complaint", "assigned", "requested", "monitoring", "urgent", "recheck"
]
Outcome = Literal["notice", "justify", "block"]
Result = Literal["no_problem", "reminder", "order_rectification", "refer"]
PROJECTED = ("oversight",)
RATEABLE = ("feedback", "oversight")
T = Topic.INSPECTION


@dataclass(frozen=True, kw_only=True)
class OrderEvent(Event):
    """What every event of an order says: which order, whose, of whom, and its version after the event."""

    order_id: UUID
    version: int
    enterprise_id: UUID
    premises_id: UUID
    agency_id: UUID


@published("inspection.order.drafted.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class OrderDrafted(OrderEvent):
    trigger: Trigger
    items: tuple[UUID, ...]
    inspectors: tuple[UUID, ...]
    starts_on: date
    ends_on: date


@published("inspection.order.revised.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class OrderRevised(OrderEvent):
    """A drafted order was changed; carries what it says now."""

    trigger: Trigger
    items: tuple[UUID, ...]
    inspectors: tuple[UUID, ...]
    starts_on: date
    ends_on: date


@published("inspection.order.submitted.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class OrderSubmitted(OrderEvent):
    pass


@published("inspection.order.returned.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class OrderReturned(OrderEvent):
    pass


@published("inspection.order.approved.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class OrderApproved(OrderEvent):
    approved_by: UUID


@published("inspection.order.issued.v1", T, subject="order_id", consumers=RATEABLE)
@dataclass(frozen=True, kw_only=True)
class OrderIssued(OrderEvent):
    """The order may be carried out. `agencies` are all that the visit serves, the lead first."""

    trigger: Trigger
    items: tuple[UUID, ...]
    agencies: tuple[UUID, ...]
    inspectors: tuple[UUID, ...]
    starts_on: date
    ends_on: date
    policy_version: str


@published("inspection.order.cancelled.v1", T, subject="order_id", consumers=RATEABLE)
@dataclass(frozen=True, kw_only=True)
class OrderCancelled(OrderEvent):
    pass


@published("inspection.order.expired.v1", T, subject="order_id", consumers=RATEABLE)
@dataclass(frozen=True, kw_only=True)
class OrderExpired(OrderEvent):
    pass


@published("inspection.order.absorbed.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class OrderAbsorbed(OrderEvent):
    """The order lives on inside another: one visit serves both (综合查一次)."""

    absorbed_into: UUID


@published("inspection.order.joined.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class OrderJoined(OrderEvent):
    """The order took in another and serves `agencies` now."""

    absorbed: UUID
    agencies: tuple[UUID, ...]
    items: tuple[UUID, ...]


@published("inspection.duplicate.found.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class DuplicateFound(OrderEvent):
    """The gate saw the same work twice (rule J1 or J2)."""

    rule: str
    outcome: Outcome
    others: tuple[UUID, ...]


@published("inspection.finding.overridden.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class FindingOverridden(OrderEvent):
    """A `justify` finding was answered with a reason; the reason stays with the order."""

    rule: str
    overridden_by: UUID


@published("inspection.entry.made.v1", T, subject="order_id", consumers=RATEABLE)
@dataclass(frozen=True, kw_only=True)
class EntryMade(OrderEvent):
    """扫码入企. `flags` are E2's suspicions (`distance`, `clock_skew`, `shared_device`, `two_places`)."""

    entry_id: UUID
    inspectors: tuple[UUID, ...]
    agencies: tuple[UUID, ...]
    entered_at: datetime
    device_time: datetime
    online: bool
    flags: tuple[str, ...]


@published("inspection.entry.refused.v1", T, subject="refusal_id")
@dataclass(frozen=True, kw_only=True)
class EntryRefused(Event):
    """Someone tried to enter and the gate said no. Keyed by the enterprise at whose door it happened."""

    refusal_id: UUID
    version: int
    enterprise_id: UUID
    premises_id: UUID | None
    order_id: UUID | None
    agency_id: UUID | None
    inspector_id: UUID | None
    rule: str
    reason: str
    refused_at: datetime


@published("inspection.visit.left.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class VisitLeft(OrderEvent):
    entry_id: UUID
    left_at: datetime


@published("inspection.record.made.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class RecordMade(OrderEvent):
    problems: int
    answers: int


@published(
    "inspection.order.concluded.v1", T, subject="order_id", consumers=("registry", "feedback", "oversight")
)
@dataclass(frozen=True, kw_only=True)
class OrderConcluded(OrderEvent):
    result: Result
    items: tuple[UUID, ...]
    agencies: tuple[UUID, ...]
    entered: bool
    concluded_at: datetime


@published("inspection.order.closed.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class OrderClosed(OrderEvent):
    pass
