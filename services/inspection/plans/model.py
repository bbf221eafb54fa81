"""A plan and its revisions. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.chassis.errors import Text

State = Literal["drafted", "published", "superseded"]
STATES: tuple[State, ...] = ("drafted", "published", "superseded")


@dataclass(frozen=True, kw_only=True)
class PlannedItem:
    item_id: UUID
    visits: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One revision of an agency's plan of a year. `edition` counts how often drafts of the year were saved."""

    plan_id: UUID
    agency_id: UUID
    year: int
    revision: int
    state: State = "drafted"
    edition: int = 1
    note: str
    items: tuple[PlannedItem, ...]
    drafted_by: UUID
    drafted_at: datetime
    published_by: UUID | None = None
    published_at: datetime | None = None
    published_on: date | None = None

    @property
    def visits(self) -> int:
        return sum(item.visits for item in self.items)


@dataclass(frozen=True, kw_only=True)
class Change:
    """What became of one item from a revision to the next; None where it is not in it."""

    item_id: UUID
    before: int | None
    after: int | None


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Of one item of a plan: visits made in its year, and those that stand but are still to come."""

    item_id: UUID
    visited: int
    ahead: int


def changes(before: Iterable[PlannedItem], after: Iterable[PlannedItem]) -> list[Change]:
    """In the order of items, only those that differ."""
    old = {item.item_id: item.visits for item in before}
    new = {item.item_id: item.visits for item in after}
    return [
        Change(item_id=item, before=old.get(item), after=new.get(item))
        for item in sorted(old.keys() | new.keys())
        if old.get(item) != new.get(item)
    ]


def due(year: int) -> date:
    """54: the plan of a year is public by the end of March."""
    return date(year, 3, 31)


def notices(plan: Plan, day: date) -> Iterator[Text]:
    """What is said when the plan is published on `day` (rule R5). A revision may come at any time."""
    if plan.revision == 1 and day > due(plan.year):
        yield Text(
            f"年度计划应于 {due(plan.year)} 前公布，本次公布于 {day}，已逾期（R5）",
            f"the plan was to be public by {due(plan.year)}; published on {day}, it is late (R5)",
        )
