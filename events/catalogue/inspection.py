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


@published("inspection.order.reviewed.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class OrderReviewed(OrderEvent):
    """The coordinator reviewed a special or unplanned order before it happens (rule A8)."""

    passed: bool
    reviewed_by: UUID


@published("inspection.approval.given.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class ApprovalGiven(OrderEvent):
    """One of several agencies on a joint order approved; the heads of `waiting_for` have not spoken yet."""

    approving_agency_id: UUID
    approved_by: UUID
    waiting_for: tuple[UUID, ...]


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
    """The order took in another and serves `agencies` now, led by the first, in this window. Who told it before
    windows could move when orders are joined left it out."""

    absorbed: UUID
    agencies: tuple[UUID, ...]
    items: tuple[UUID, ...]
    inspectors: tuple[UUID, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None


@published("inspection.order.split.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class OrderSplit(OrderEvent):
    """An order left this joint order and stands alone again; `agencies` and `items` are what remains here."""

    left: UUID
    agencies: tuple[UUID, ...]
    items: tuple[UUID, ...]
    inspectors: tuple[UUID, ...] = ()


@published("inspection.order.restored.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class OrderRestored(OrderEvent):
    """An absorbed order stands alone again, as a draft."""

    left: UUID
    items: tuple[UUID, ...]
    inspectors: tuple[UUID, ...]
    starts_on: date
    ends_on: date


@published("inspection.duplicate.dismissed.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class DuplicateDismissed(OrderEvent):
    """A human said that these two are no duplicates. Holds until either order changes."""

    other: UUID
    dismissed_by: UUID
    reason: str


@published("inspection.duplicate.reopened.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class DuplicateReopened(OrderEvent):
    """One of the two changed: what was said of the pair was said of something else."""

    other: UUID


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
    """A `justify` finding was answered with a reason: which finding, by whom, and why. `finding_key` tells
    several findings of one rule apart."""

    rule: str
    overridden_by: UUID
    finding_key: str = ""
    reason: str = ""


@published("inspection.notice.read.v1", T, subject="reading_id")
@dataclass(frozen=True, kw_only=True)
class NoticeRead(Event):
    """送达: whoever was shown the order code confirmed that the notice was read, for the first time. Who it was is not
    asked. It does not move the order."""

    reading_id: UUID
    version: int
    enterprise_id: UUID
    premises_id: UUID
    order_id: UUID
    agency_id: UUID
    read_at: datetime


@published("inspection.entry.made.v1", T, subject="order_id", consumers=RATEABLE)
@dataclass(frozen=True, kw_only=True)
class EntryMade(OrderEvent):
    """扫码入企. `flags` are what rules E2–E4 note: `distance`, `no_position`, `clock_skew`, `shared_device`, `two_places`,
    `searched` (the plate could not be read), `backfilled`, `late` (filled in after `backfill_days`), `after_refusal`,
    `over_cap` (its order had given its place back, and somebody else has it). `ratify_by` is there when the entry came
    first and the head's word must follow (rule A6). `counted_for` are the agencies whose cap this visit draws on (rule
    F1): not one that only came along to recheck. None: told before agencies counted by what they brought."""

    entry_id: UUID
    inspectors: tuple[UUID, ...]
    agencies: tuple[UUID, ...]
    entered_at: datetime
    device_time: datetime
    online: bool
    flags: tuple[str, ...]
    ratify_by: datetime | None = None
    counted_for: tuple[UUID, ...] | None = None


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


@published("inspection.order.ratified.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class OrderRatified(OrderEvent):
    """突发: the head approved an urgent inspection after it began (rule A6)."""

    ratified_by: UUID


@published("inspection.order.disapproved.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class OrderDisapproved(OrderEvent):
    """突发: the head did not approve. The inspection ends; nothing may be ordered on its ground."""

    disapproved_by: UUID


@published("inspection.inspector.replaced.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class InspectorReplaced(OrderEvent):
    """On the day, with the head's word."""

    replaced: UUID
    replacement: UUID
    approved_by: UUID
    inspectors: tuple[UUID, ...]


@published("inspection.visit.refused.v1", T, subject="refusal_id")
@dataclass(frozen=True, kw_only=True)
class VisitRefused(Event):
    """The enterprise used its right to refuse (rule E4). `supported`: what the system knows agrees with the ground.
    Order and agency are unknown where nobody showed a code."""

    refusal_id: UUID
    version: int
    enterprise_id: UUID
    premises_id: UUID
    order_id: UUID | None
    agency_id: UUID | None
    ground: Literal["no_code", "no_credential", "item_off_list", "too_few_inspectors"]
    supported: bool
    refused_at: datetime


@published("inspection.deadline.passed.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class DeadlinePassed(OrderEvent):
    """What had to be done by `due_at` is not: the head's word (A6), the conclusion (R3), the rectification (R4)."""

    rule: str
    kind: Literal["ratification", "conclusion", "rectification"]
    due_at: datetime


@published("inspection.rectification.proved.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class RectificationProved(OrderEvent):
    """The enterprise sent proof of what was put right, so that the recheck may be remote (rule R4)."""

    proof_id: UUID


@published("inspection.recheck.failed.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class RecheckFailed(OrderEvent):
    """The recheck found that not everything was put right; a new deadline was set (rule R4)."""

    mode: Literal["remote", "on_site"]
    rectification_due_on: date


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


@published("inspection.evidence.added.v1", T, subject="evidence_id")
@dataclass(frozen=True, kw_only=True)
class EvidenceAdded(Event):
    """A photo or a drawn signature was kept. `sha256` is of its bytes as they were sent; neither they nor where they were
    taken are told. It does not move the order."""

    evidence_id: UUID
    version: int
    enterprise_id: UUID
    premises_id: UUID
    order_id: UUID
    agency_id: UUID
    kind: Literal["photo", "signature"]
    sha256: str
    added_at: datetime


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
    rectification_due_on: date | None = None


@published("inspection.order.closed.v1", T, subject="order_id")
@dataclass(frozen=True, kw_only=True)
class OrderClosed(OrderEvent):
    """`recheck` says how a rectification was rechecked; None where there was none."""

    recheck: Literal["remote", "on_site"] | None = None
