"""What one order, pair, refusal or premises adds to the rollups. A rollup is the sum of these and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import LiteralString, NamedTuple, TypeVar
from uuid import UUID

from services.oversight.projections.duplicate import Duplicate
from services.oversight.projections.enterprise import Enterprise
from services.oversight.projections.order_fact import OrderFact
from services.oversight.projections.premises import Premises
from services.oversight.projections.refusal import Refusal
from services.oversight.projections.visit_refusal import VisitRefusal

K = TypeVar("K")
MEASURES: tuple[LiteralString, ...] = (
    "inspections",
    "entered",
    "late",
    "backfilled_late",
    "flagged",
    "unscanned",
    "joint",
    "concluded",
    "with_finding",
    "urgent",
    "ratified",
    "disapproved",
    "ratified_late",
    "ratification_overdue",
    "conclusion_overdue",
    "rectification_overdue",
    "refused",
    "visit_refused",
    "visit_refused_supported",
    "duplicates",
    "joined",
    "overridden",
    "dismissed",
)
CELL_MEASURES = ("premises", "enterprises", "located", "latitude", "longitude")
# A recheck takes no place under the cap (rule F1).
UNCOUNTED = "recheck"


class DayKey(NamedTuple):
    day: date
    agency_id: UUID | None
    industry: str
    area_code: str
    cell: str


class StateKey(NamedTuple):
    agency_id: UUID
    state: str


class YearKey(NamedTuple):
    """`item_id` None: whatever was looked at."""

    year: int
    enterprise_id: UUID
    agency_id: UUID
    item_id: UUID | None


@dataclass(frozen=True)
class Tally:
    daily: Counter[tuple[DayKey, str]]
    states: Counter[StateKey]
    cells: Counter[tuple[str, str]]
    years: Counter[YearKey]

    def since(self, before: Tally) -> Tally:
        """What changed, without zeros."""
        return Tally(
            _difference(self.daily, before.daily),
            _difference(self.states, before.states),
            _difference(self.cells, before.cells),
            _difference(self.years, before.years),
        )


def _difference(after: Counter[K], before: Counter[K]) -> Counter[K]:
    changed = Counter(after)
    changed.subtract(before)
    return Counter({key: count for key, count in changed.items() if count})


def of_order(fact: OrderFact) -> dict[str, bool]:
    """A visit counts once, on its day, for the agency that leads it; before there was one, nothing counts."""
    if fact.day is None:
        return {}
    return {
        "inspections": True,
        "entered": fact.entered_at is not None,
        "late": fact.online is False,
        "backfilled_late": "late" in fact.flags,
        "flagged": bool(fact.flags),
        "unscanned": fact.unscanned,
        "joint": fact.joint,
        "concluded": fact.concluded_at is not None,
        "with_finding": fact.with_finding,
        "urgent": fact.ratification is not None,
        "ratified": fact.ratification == "ratified",
        "disapproved": fact.ratification == "disapproved",
        "ratified_late": fact.ratified_late,
        **{f"{kind}_overdue": True for kind in fact.deadlines},
    }


def of_duplicate(duplicate: Duplicate) -> dict[str, bool]:
    """What is in none of the three is open."""
    return {
        "duplicates": True,
        "joined": duplicate.state == "joined",
        "overridden": duplicate.state == "overridden",
        "dismissed": duplicate.state == "dismissed",
    }


def of_visit_refusal(refusal: VisitRefusal) -> dict[str, bool]:
    return {"visit_refused": True, "visit_refused_supported": refusal.supported}


def counted_for(fact: OrderFact) -> Sequence[UUID]:
    """What nobody told counts for all that it serves, by the order's trigger."""
    if fact.counted_for is not None:
        return fact.counted_for
    return () if fact.trigger == UNCOUNTED else fact.agencies


def of_year(fact: OrderFact) -> Iterator[YearKey]:
    """One visit for each agency that it counts for, and for each item of it."""
    if fact.day is None:
        return
    for agency_id in set(counted_for(fact)):
        for item_id in (None, *set(fact.items)):
            yield YearKey(fact.day.year, fact.enterprise_id, agency_id, item_id)


def of_premises(all_of_them: Iterable[Premises]) -> Counter[tuple[str, str]]:
    """Those in use. An enterprise counts once in each cell where it has some."""
    counted: Counter[tuple[str, str]] = Counter()
    enterprises: set[tuple[str, UUID]] = set()
    for premises in all_of_them:
        if premises.active:
            counted[premises.cell, "premises"] += 1
            enterprises.add((premises.cell, premises.enterprise_id))
            _locate(counted, premises)
    counted.update((cell, "enterprises") for cell, _ in enterprises)
    return counted


def _locate(counted: Counter[tuple[str, str]], premises: Premises) -> None:
    if premises.latitude is None or premises.longitude is None:
        return
    counted[premises.cell, "located"] += 1
    counted[premises.cell, "latitude"] += premises.latitude
    counted[premises.cell, "longitude"] += premises.longitude


def key_of(
    source: OrderFact | Duplicate | Refusal | VisitRefusal,
    day: date,
    enterprise: Enterprise | None,
    premises: Premises | None,
) -> DayKey:
    industry, area_code = (enterprise.industry, enterprise.area_code) if enterprise else ("", "")
    return DayKey(day, source.agency_id, industry, area_code, premises.cell if premises else "")
