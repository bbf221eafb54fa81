"""An order, its states, and what may follow what. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, get_args
from uuid import UUID

from events.catalogue.inspection import Result, Trigger
from services.chassis.errors import WrongState
from services.inspection.orders.words import WORDS

LONGEST_WINDOW_DAYS = 92
Considered = Literal["written", "data_sharing", "remote"]  # ways without a visit (rule A9)
Ratification = Literal["pending", "ratified", "disapproved"]  # the head's word on an urgent order (rule A6)
Overdue = Literal["ratification", "conclusion", "rectification"]  # rules A6, R3, R4
TRIGGERS: tuple[Trigger, ...] = get_args(Trigger)
RESULTS: tuple[Result, ...] = get_args(Result)
DEADLINES: tuple[Overdue, ...] = get_args(Overdue)
RATIFICATIONS: tuple[Ratification, ...] = get_args(Ratification)
CONSIDERED: tuple[Considered, ...] = get_args(Considered)


class State(StrEnum):
    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    ISSUED = "issued"
    ENTERED = "entered"
    RECORDED = "recorded"
    CONCLUDED = "concluded"
    CLOSED = "closed"
    RECTIFYING = "rectifying"
    REFERRED = "referred"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    ABSORBED = "absorbed"


class Action(StrEnum):
    DRAFT = "draft"
    REVISE = "revise"
    SUBMIT = "submit"
    RETURN = "return"
    REVIEW = "review"
    APPROVE = "approve"
    ISSUE = "issue"
    ENTER = "enter"
    RECORD = "record"
    CONCLUDE = "conclude"
    ORDER_RECTIFICATION = "order_rectification"
    REFER = "refer"
    RECHECK = "recheck"
    CLOSE = "close"
    RATIFY = "ratify"
    DISAPPROVE = "disapprove"
    REPLACE = "replace"
    PROVE = "prove"
    EXTEND = "extend"
    CANCEL = "cancel"
    EXPIRE = "expire"
    JOIN = "join"
    BE_ABSORBED = "be_absorbed"
    SPLIT = "split"
    BE_RESTORED = "be_restored"


_S, _A = State, Action
# Before anyone has come, an order can be withdrawn or live on inside another; once it holds a place it can also
# run out of its window. DOMAIN draws these arrows at `issued`; without them earlier, an order that nobody wants
# any more would hold its place under the cap for ever.
_WITHDRAWABLE = {_A.CANCEL: _S.CANCELLED, _A.BE_ABSORBED: _S.ABSORBED}
_PERISHABLE = {**_WITHDRAWABLE, _A.EXPIRE: _S.EXPIRED}
_END: Mapping[Action, State] = {}
TRANSITIONS: Mapping[State, Mapping[Action, State]] = {
    _S.DRAFTED: {
        _A.REVISE: _S.DRAFTED,
        _A.SUBMIT: _S.SUBMITTED,
        _A.JOIN: _S.DRAFTED,
        _A.SPLIT: _S.DRAFTED,
        **_WITHDRAWABLE,
    },
    _S.SUBMITTED: {
        _A.RETURN: _S.DRAFTED,
        _A.REVIEW: _S.SUBMITTED,
        _A.APPROVE: _S.APPROVED,
        _A.JOIN: _S.SUBMITTED,
        _A.SPLIT: _S.SUBMITTED,
        **_PERISHABLE,
    },
    # 备案审查 may come after the head's approval, and then still send the order back (rule A8).
    _S.APPROVED: {
        _A.RETURN: _S.DRAFTED,
        _A.REVIEW: _S.APPROVED,
        _A.ISSUE: _S.ISSUED,
        _A.JOIN: _S.APPROVED,
        _A.SPLIT: _S.APPROVED,
        **_PERISHABLE,
    },
    _S.ISSUED: {
        _A.ENTER: _S.ENTERED,
        _A.JOIN: _S.ISSUED,
        _A.SPLIT: _S.ISSUED,
        _A.REPLACE: _S.ISSUED,
        **_PERISHABLE,
    },
    _S.ENTERED: {_A.RECORD: _S.RECORDED},
    _S.RECORDED: {_A.CONCLUDE: _S.CONCLUDED},
    _S.CONCLUDED: {_A.CLOSE: _S.CLOSED, _A.ORDER_RECTIFICATION: _S.RECTIFYING, _A.REFER: _S.REFERRED},
    _S.RECTIFYING: {_A.RECHECK: _S.CLOSED, _A.PROVE: _S.RECTIFYING, _A.EXTEND: _S.RECTIFYING},
    _S.REFERRED: _END,
    _S.CLOSED: _END,
    _S.CANCELLED: _END,
    _S.EXPIRED: _END,
    _S.ABSORBED: {_A.BE_RESTORED: _S.DRAFTED},
}
# 补录: an entry made in time under an issued order may arrive after it expired (rule E3). It is no command anybody is
# offered, so it does not stand above; whoever enters then is judged by the moment of entry (entries/model.py).
# 突发: enter first; the head's word follows within the timer (rule A6).
URGENT_TRANSITIONS: Mapping[Action, State] = {_A.ENTER: _S.ENTERED}

OPEN = frozenset({_S.SUBMITTED, _S.APPROVED, _S.ISSUED})
STANDING = frozenset(State) - {_S.DRAFTED, _S.CANCELLED, _S.EXPIRED, _S.ABSORBED}
VISITED = STANDING - OPEN


def allowed(
    state: State, trigger: Trigger = "routine", ratification: Ratification | None = None
) -> Mapping[Action, State]:
    """What may be done in `state`, and where it leads. The head's word on an urgent order moves no state."""
    possible = dict(TRANSITIONS[state])
    if trigger == "urgent" and state is State.DRAFTED:
        possible |= URGENT_TRANSITIONS
    if ratification == "pending":
        possible |= {Action.RATIFY: state, Action.DISAPPROVE: state}
    return possible


def after(
    state: State, action: Action, trigger: Trigger = "routine", ratification: Ratification | None = None
) -> State:
    """The state that follows. Raises WrongState, naming what is allowed."""
    possible = allowed(state, trigger, ratification)
    if action not in possible:
        raise WrongState(action, state, list(possible), WORDS)
    return possible[action]


@dataclass(frozen=True, kw_only=True)
class Order:
    """One row of `orders`. `version` is that of its last event, `revision` counts changes of content. `overdue` are
    the deadlines that passed and were told: each once."""

    order_id: UUID
    version: int = 0
    revision: int = 1
    state: State = State.DRAFTED
    agency_id: UUID
    enterprise_id: UUID
    premises_id: UUID
    trigger: Trigger
    clue: str | None
    campaign_id: UUID | None = None
    draw_id: UUID | None = None
    recheck_of: UUID | None = None
    assistance_letter: str | None = None
    on_site_reason: str
    considered: tuple[Considered, ...] = ()
    starts_on: date
    ends_on: date
    drafted_by: UUID
    drafted_at: datetime
    submitted_by: UUID | None = None
    submitted_at: datetime | None = None
    issued_at: datetime | None = None
    entered_at: datetime | None = None
    recorded_at: datetime | None = None
    concluded_at: datetime | None = None
    closed_at: datetime | None = None
    result: Result | None = None
    rectification_due_on: date | None = None
    absorbed_into: UUID | None = None
    judgement_id: UUID | None = None
    policy: str | None = None
    ratification: Ratification | None = None
    ratify_by: datetime | None = None
    conclude_by: datetime | None = None
    overdue: tuple[Overdue, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", State(self.state))
        object.__setattr__(self, "considered", tuple(self.considered))
        object.__setattr__(self, "overdue", tuple(self.overdue))

    def after(self, action: Action) -> Order:
        """The order in the state that follows. Raises WrongState."""
        return replace(self, state=after(self.state, action, self.trigger, self.ratification))


@dataclass(frozen=True)
class OrderItem:
    """`agency_id` is whose item it is; `checklist_version` is locked at issue (rule R1). `trigger` is that of the order
    which brought it to a joint visit, None for the order's own."""

    item_id: UUID
    agency_id: UUID
    domain: str
    checklist_version: int | None = None
    trigger: Trigger | None = None


@dataclass(frozen=True)
class OrderInspector:
    inspector_id: UUID
    agency_id: UUID


@dataclass(frozen=True)
class Approval:
    """The word of one agency's head, for a window."""

    agency_id: UUID
    approved_by: UUID
    name: str
    approved_at: datetime
    starts_on: date
    ends_on: date

    def covers(self, order: Order) -> bool:
        """Whether it was given for every day on which `order` may be carried out."""
        return self.starts_on <= order.starts_on and order.ends_on <= self.ends_on


@dataclass(frozen=True)
class Content:
    """What an order covers: its items, inspectors, agencies (the lead first) and the approvals of this revision."""

    items: tuple[OrderItem, ...]
    inspectors: tuple[OrderInspector, ...]
    agencies: tuple[UUID, ...]
    approvals: tuple[Approval, ...]

    @property
    def item_ids(self) -> tuple[UUID, ...]:
        return tuple(item.item_id for item in self.items)

    @property
    def inspector_ids(self) -> tuple[UUID, ...]:
        return tuple(inspector.inspector_id for inspector in self.inspectors)

    @property
    def unapproved(self) -> tuple[UUID, ...]:
        """Agencies whose head has not approved yet (rule A5)."""
        approved = {approval.agency_id for approval in self.approvals}
        return tuple(agency for agency in self.agencies if agency not in approved)
