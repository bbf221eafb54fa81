"""What a code turns out to be, told to whoever scanned it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from services.chassis.codes import BadCode, Code, Reason, short
from services.chassis.codes.reasons import TEXTS
from services.chassis.errors import Text
from services.chassis.policy import Rights
from services.inspection.orders.model import STANDING, State

PREMISES_PREFIX = "P"
CodeKind = Literal["order", "credential", "premises"]

CODED = STANDING - {State.SUBMITTED, State.APPROVED}
LIVE = frozenset({State.ISSUED, State.ENTERED, State.RECORDED})
_NOT_ISSUED = Text("检查单尚未签发，可以拒绝检查", "the order is not issued: you may refuse the inspection")
_NOT_NOW: dict[State, Text] = {
    State.DRAFTED: _NOT_ISSUED,
    State.SUBMITTED: _NOT_ISSUED,
    State.APPROVED: _NOT_ISSUED,
    State.CANCELLED: Text(
        "检查单已被撤销，可以拒绝检查", "the order was cancelled: you may refuse the inspection"
    ),
    State.EXPIRED: Text("检查单已过期，可以拒绝检查", "the order has expired: you may refuse the inspection"),
    State.ABSORBED: Text(
        "已并入另一张检查单，请扫描新的检查码", "joined into another order: scan its code instead"
    ),
}
_OVER = Text("这次检查已经结束", "this inspection is over")
_PENDING = Text(
    "突发检查：真实有效，先入企后批准，负责人批准待补",
    "urgent inspection: genuine, entered first; the approval of the head is pending",
)
_DISAPPROVED = Text(
    "负责人未批准这次突发检查，检查应当终止",
    "the head did not approve this urgent inspection: it has to end",
)
_IN_FORCE = Text("真实有效", "genuine and valid")
_NO_CREDENTIAL = Text(
    "执法证已失效，可以拒绝检查", "the credential is no longer valid: you may refuse the inspection"
)


@dataclass(frozen=True, kw_only=True)
class PublicInspector:
    """An inspector as the credential shows him; `valid` on the day asked for."""

    inspector_id: UUID
    name: str
    certificate_number: str
    kind: str
    agency: str | None
    valid_until: date
    valid: bool


@dataclass(frozen=True, kw_only=True)
class PublicPremises:
    premises_id: UUID
    enterprise_id: UUID
    area_code: str
    short_code: str
    name: str
    address: str
    enterprise: str


@dataclass(frozen=True, kw_only=True)
class CodedOrder:
    order_id: UUID
    state: State
    trigger: str
    starts_on: date
    ends_on: date

    @property
    def coded(self) -> bool:
        """From its issue on an order has a code; an urgent one from its draft, so that the enterprise can read who
        comes."""
        return self.state in CODED or (self.state == State.DRAFTED and self.trigger == "urgent")


@dataclass(frozen=True, kw_only=True)
class PublicOrder:
    """What an order says to the enterprise: who comes, for what, when, under which law."""

    order_id: UUID
    short_code: str | None
    state: State
    trigger: str
    starts_on: date
    ends_on: date
    issued_at: datetime | None
    notice_read_at: datetime | None
    entered_at: datetime | None
    absorbed_into: UUID | None
    ratification: str | None
    receipt_id: UUID | None
    enterprise_id: UUID
    enterprise: str
    grade: str | None
    premises: str
    address: str
    area_code: str
    agencies: list[dict[str, Any]]
    items: list[dict[str, Any]]
    inspectors: list[dict[str, Any]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", State(self.state))

    @property
    def number(self) -> str | None:
        """检查单号; None for one whose square was never shown."""
        return short.shown(self.short_code) if self.short_code else None


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Visits of one agency in one domain this year; `caps` are those its items of this order publish,
    `cap` is what holds here (None: no one set any)."""

    agency_id: UUID
    agency: str | None
    domain: str
    visits: int
    caps: list[int | None]
    cap: int | None = None


@dataclass(frozen=True, kw_only=True)
class Burden:
    """How often the enterprise was visited this year: by anyone, and per agency and domain of the order."""

    year: int
    visits: int
    by_agency: list[Visits]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`genuine`: issued by us and unaltered. `valid`: genuine and good for an inspection right now."""

    kind: CodeKind | None = None
    genuine: bool
    valid: bool
    reason: str
    text: Text
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    verdict: Verdict
    order: PublicOrder | None = None
    burden: Burden | None = None
    rights: Rights | None = None
    inspector: PublicInspector | None = None
    premises: PublicPremises | None = None


def refused(reason: Reason) -> Verdict:
    return Verdict(genuine=False, valid=False, reason=reason, text=TEXTS[reason])


def of_order(order: PublicOrder, day: date) -> Verdict:
    """Good while the order is live and its window open; a typed code has no dates of its own. An urgent order is good
    before its head has spoken, and says so (rule A6)."""
    urgent = order.state is State.DRAFTED and order.trigger == "urgent"
    if order.state not in LIVE and not urgent:
        text = _NOT_NOW.get(order.state, _OVER)
        return Verdict(kind="order", genuine=True, valid=False, reason=f"order_{order.state}", text=text)
    if day < order.starts_on:
        return _untimely("order", Reason.NOT_YET_VALID)
    if day > order.ends_on and (urgent or order.state is State.ISSUED):
        return _untimely("order", Reason.EXPIRED)
    if order.ratification == "disapproved":
        return Verdict(kind="order", genuine=True, valid=False, reason="order_disapproved", text=_DISAPPROVED)
    if urgent or order.ratification == "pending":
        return Verdict(kind="order", genuine=True, valid=True, reason="approval_pending", text=_PENDING)
    return _in_force("order")


def of_inspector(credential: PublicInspector) -> Verdict:
    if credential.valid:
        return _in_force("credential")
    return Verdict(
        kind="credential", genuine=True, valid=False, reason="credential_not_valid", text=_NO_CREDENTIAL
    )


def of_premises() -> Verdict:
    return _in_force("premises")


def expired_or_early(verdict: Verdict, code: Code, at: datetime) -> Verdict:
    """The same verdict with the code's own dates, and not valid outside them."""
    dated = replace(verdict, valid_from=code.valid_from, valid_until=code.valid_until)
    try:
        code.check(at)
    except BadCode as bad:
        return replace(dated, valid=False, reason=bad.reason, text=bad.text) if verdict.valid else dated
    return dated


def _in_force(kind: CodeKind) -> Verdict:
    return Verdict(kind=kind, genuine=True, valid=True, reason="in_force", text=_IN_FORCE)


def _untimely(kind: CodeKind, reason: Reason) -> Verdict:
    return Verdict(kind=kind, genuine=True, valid=False, reason=reason, text=TEXTS[reason])
