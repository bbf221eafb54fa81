"""What the desk shows. No I/O."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

Verdict = Literal["open", "joined", "dismissed", "overridden", "ignored"]
Why = Literal["same_agency_overlapping", "same_agency_again", "other_agency_near", "same_item_again"]
VERDICTS: tuple[Verdict, ...] = ("open", "joined", "dismissed", "overridden", "ignored")
WHYS: tuple[Why, ...] = (
    "same_agency_overlapping",
    "same_agency_again",
    "other_agency_near",
    "same_item_again",
)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Whose pairs, where, and how far back. `agency_id` None: all that `asking` may see."""

    today: date
    days: int
    sees_all: bool
    asking: UUID | None
    agency_id: UUID | None
    area: str | None

    @property
    def named(self) -> dict[str, Any]:
        return {
            "today": self.today,
            "days": self.days,
            "sees_all": self.sees_all,
            "asking": self.asking,
            "agency_id": self.agency_id,
            "area": self.area,
        }


@dataclass(frozen=True, kw_only=True)
class Side:
    order_id: UUID
    agency_id: UUID
    agency_name: str | None
    state: str
    trigger: str | None
    items: list[str]
    inspectors: int
    starts_on: date | None
    ends_on: date | None
    day: date | None


@dataclass(frozen=True, kw_only=True)
class DeskPair:
    """`gap_days` lie between the two; 0 when they overlap or touch. `verdict` is `ignored` when both were visited
    apart and nobody said why."""

    later: Side
    earlier: Side
    enterprise_id: UUID
    enterprise_name: str | None
    premises_id: UUID
    area_code: str | None
    why: list[Why]
    gap_days: int
    verdict: Verdict
    reason: str | None
    said_by: UUID | None


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Visits to one place, each close to the next. `could_have_been_one`: how many of them were one too many."""

    enterprise_id: UUID
    enterprise_name: str | None
    premises_id: UUID
    first_day: date
    last_day: date
    agencies: int
    visits: list[Side]

    @property
    def could_have_been_one(self) -> int:
        return len(self.visits) - 1


@dataclass(frozen=True, kw_only=True)
class Rate:
    """Of one agency: its pairs and what became of them. A pair of two agencies counts for each."""

    agency_id: UUID
    agency_name: str | None
    found: int
    open: int
    joined: int
    dismissed: int
    overridden: int
    ignored: int

    def share(self, count: int) -> float | None:
        return round(count / self.found, 4) if self.found else None


def components(visits: Sequence[Side], apart: Iterable[tuple[UUID, UUID]], days: int) -> list[list[Side]]:
    """The visits of an island, connected by being close together, except where somebody said that two are not the
    same work; each component in the order of time, single visits left out."""
    said = {frozenset(pair) for pair in apart}
    if not said:
        return [list(visits)]
    parent = {visit.order_id: visit.order_id for visit in visits}

    def root(order_id: UUID) -> UUID:
        while parent[order_id] != order_id:
            order_id = parent[order_id]
        return order_id

    for number, one in enumerate(visits):
        for other in visits[:number]:
            if frozenset((one.order_id, other.order_id)) not in said and _near(one, other, days):
                parent[root(one.order_id)] = root(other.order_id)
    found: dict[UUID, list[Side]] = defaultdict(list)
    for visit in visits:
        found[root(visit.order_id)].append(visit)
    return [together for together in found.values() if len(together) > 1]


def _near(one: Side, other: Side, days: int) -> bool:
    first, last = span(one)
    begins, ends = span(other)
    return (max(first, begins) - min(last, ends)).days <= days


def span(visit: Side) -> tuple[date, date]:
    """The day of the visit, or the window until there was one."""
    first, last = visit.day or visit.starts_on, visit.day or visit.ends_on
    assert first
    assert last
    return first, last
