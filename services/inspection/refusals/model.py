"""A refusal by the enterprise, and what the system itself knows of its ground. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args
from uuid import UUID

from events.catalogue.inspection import Trigger
from services.chassis.errors import Text
from services.chassis.policy import Profile
from services.inspection.orders.model import State

Ground = Literal["no_code", "no_credential", "item_off_list", "too_few_inspectors"]
GROUNDS: tuple[Ground, ...] = get_args(Ground)
TEMPLATES: dict[Ground, Text] = {
    "no_code": Text(
        "来人未出示有效检查码（检查单），依法拒绝检查。",
        "They showed no valid inspection code (order); the inspection is refused as the law allows.",
    ),
    "no_credential": Text(
        "来人未出示有效执法证件，依法拒绝检查。",
        "They showed no valid inspector's credential; the inspection is refused as the law allows.",
    ),
    "item_off_list": Text(
        "检查内容不在公布的事项清单或本检查单之内，依法拒绝该项检查。",
        "What they want to check is not on the published list or not on this order; that check is refused.",
    ),
    "too_few_inspectors": Text(
        "到场执法人员少于两人，依法拒绝检查。",
        "Fewer than two inspectors came; the inspection is refused as the law allows.",
    ),
}
"""What stands on the receipt: one tap chooses it."""
WHILE_INSIDE: frozenset[Ground] = frozenset({"item_off_list"})
"""Once they are inside, an item can still be refused; what comes after that is a matter for a complaint."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The order whose code was shown."""

    order_id: UUID
    state: State
    trigger: Trigger
    starts_on: date
    ends_on: date

    def in_force_on(self, day: date) -> bool:
        """Whether a visit may be made under it: issued, or urgent and still without the head's word."""
        may = self.state in (State.ISSUED, State.ENTERED) or (
            self.state is State.DRAFTED and self.trigger == "urgent"
        )
        return may and self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, kw_only=True)
class ShownItem:
    item_id: UUID
    name: str
    published: bool
    in_force_from: date
    in_force_until: date | None

    def in_force_on(self, day: date) -> bool:
        until = self.in_force_until
        return self.published and self.in_force_from <= day and (until is None or day <= until)


@dataclass(frozen=True, kw_only=True)
class ShownInspector:
    inspector_id: UUID
    name: str
    kind: str
    active: bool
    valid_from: date
    valid_until: date

    def counts_on(self, day: date) -> bool:
        return self.kind == "inspector" and self.active and self.valid_from <= day <= self.valid_until


@dataclass(frozen=True, kw_only=True)
class RefusalFacts:
    """What rule E4 judges. `orders` are those under which a visit may be made at this door today: the one that
    was shown, or all of them where nobody showed any. `turned_away_for` are the reasons for which the system
    itself let nobody in under the order on this day."""

    profile: Profile
    day: date
    orders: tuple[Shown, ...]
    items: tuple[ShownItem, ...] = ()
    inspectors: tuple[ShownInspector, ...] = ()
    turned_away_for: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class VisitRefusal:
    """One row of `visit_refusal`. Without an order nobody showed a code, and nothing anybody wrote is kept."""

    refusal_id: UUID
    order_id: UUID | None
    enterprise_id: UUID
    premises_id: UUID
    agency_id: UUID | None
    ground: Ground
    words: str | None
    supported: bool
    findings: list[dict[str, Any]]
    refused_on: date
    refused_at: datetime
    receipt_id: UUID | None = None
