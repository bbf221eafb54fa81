"""Orders as they were at a moment of the past, and what a profile would have said of them. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from events.catalogue.inspection import Result, Trigger
from services.inspection.orders.model import Considered, State

JOINS = frozenset({"J1", "J2"})


@dataclass(frozen=True, kw_only=True)
class PastItem:
    item_id: UUID
    agency_id: UUID
    domain: str
    trigger: Trigger | None = None
    passed: bool | None = None


@dataclass(frozen=True, kw_only=True)
class PastOrder:
    """An order with the moments of its life. `ended_at`: when it was cancelled, expired or absorbed."""

    order_id: UUID
    revision: int
    agency_id: UUID
    enterprise_id: UUID
    premises_id: UUID
    trigger: Trigger
    starts_on: date
    ends_on: date
    on_site_reason: str
    considered: tuple[Considered, ...]
    assistance_letter: str | None
    campaign_id: UUID | None
    draw_id: UUID | None
    result: Result | None
    drafted_by: UUID
    submitted_by: UUID | None
    submitted_at: datetime | None
    approved_at: datetime | None
    issued_at: datetime | None
    entered_at: datetime | None
    concluded_at: datetime | None
    ended_at: datetime | None
    agencies: tuple[UUID, ...]
    items: tuple[PastItem, ...]
    inspectors: tuple[UUID, ...]
    approvers: tuple[UUID, ...]
    reviewed: bool | None = None
    reviewed_at: datetime | None = None

    @property
    def began_at(self) -> datetime | None:
        """When it took its place under the caps."""
        moments = (self.submitted_at, self.issued_at, self.entered_at, self.concluded_at)
        return min((moment for moment in moments if moment), default=None)

    @property
    def visited_at(self) -> datetime | None:
        return self.entered_at or self.concluded_at

    def standing(self, moment: datetime) -> bool:
        begun = self.began_at is not None and self.began_at <= moment
        return begun and not (self.ended_at and self.ended_at <= moment)

    def visited(self, moment: datetime) -> bool:
        return self.standing(moment) and self.visited_at is not None and self.visited_at <= moment

    def open(self, moment: datetime) -> bool:
        return self.standing(moment) and not self.visited(moment)

    def concluded(self, moment: datetime) -> bool:
        return self.visited(moment) and self.concluded_at is not None and self.concluded_at <= moment

    def state(self, moment: datetime) -> State:
        """Of an order that was open then."""
        if self.issued_at and self.issued_at <= moment:
            return State.ISSUED
        approved = self.approved_at is not None and self.approved_at <= moment
        return State.APPROVED if approved else State.SUBMITTED

    def triggers(self, agency_id: UUID, domain: str) -> set[Trigger]:
        """Under which the agency came in the domain: this order's, or those of the orders that it took in."""
        mine = (item for item in self.items if (item.agency_id, item.domain) == (agency_id, domain))
        return {item.trigger or self.trigger for item in mine}

    def day(self, moment: datetime, timezone: str) -> date:
        """Of the visit as it was known then: of the entry, or of the window's start."""
        entered = self.entered_at is not None and self.entered_at <= moment
        return (
            self.entered_at.astimezone(ZoneInfo(timezone)).date()
            if entered and self.entered_at
            else self.starts_on
        )


Outcome = Literal["notice", "justify", "block"]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What one profile says of one order: the gravest outcome of each rule, and whether it asks to join orders of
    the same place."""

    outcomes: Mapping[str, Outcome]
    joins: bool

    @property
    def blocked(self) -> bool:
        return "block" in self.outcomes.values()

    @property
    def justified(self) -> bool:
        return not self.blocked and "justify" in self.outcomes.values()


@dataclass
class Tally:
    """Orders by what would have become of them."""

    blocked: int = 0
    justified: int = 0
    joined: int = 0
    free: int = 0

    def add(self, verdict: Verdict) -> None:
        self.blocked += verdict.blocked
        self.justified += verdict.justified
        self.joined += verdict.joins
        self.free += not (verdict.blocked or verdict.justified)


@dataclass
class Outcomes:
    """Of a simulation. `rows` count orders by agency, rule and outcome under the profile of then and the one given;
    `outside` are orders of areas the given profile does not govern."""

    orders: int = 0
    outside: int = 0
    then: Tally = field(default_factory=Tally)
    given: Tally = field(default_factory=Tally)
    rows: dict[tuple[UUID, str, Outcome], list[int]] = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=dict)

    def add(self, agency_id: UUID, then: Verdict, given: Verdict) -> None:
        self.orders += 1
        self.then.add(then)
        self.given.add(given)
        for place, verdict in enumerate((then, given)):
            for rule, outcome in verdict.outcomes.items():
                self.rows.setdefault((agency_id, rule, outcome), [0, 0])[place] += 1

    def table(self) -> list[dict[str, str | int]]:
        found = [
            {
                "agency_id": str(agency_id),
                "agency": self.names.get(agency_id, ""),
                "rule": rule,
                "outcome": outcome,
                "then": then,
                "given": given,
                "difference": given - then,
            }
            for (agency_id, rule, outcome), (then, given) in self.rows.items()
        ]
        return sorted(found, key=lambda row: (row["agency"], row["rule"], row["outcome"]))


def others(orders: Sequence[PastOrder], than: PastOrder) -> Iterable[PastOrder]:
    return (order for order in orders if order.order_id != than.order_id)
