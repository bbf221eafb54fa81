"""What one order, pair or refusal adds to the rollups. A rollup is the sum of these and nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

from services.oversight.projections.duplicate import Duplicate
from services.oversight.projections.enterprise import Enterprise
from services.oversight.projections.order_fact import OrderFact
from services.oversight.projections.refusal import Refusal

K = TypeVar("K")
MEASURES = (
    "inspections",
    "entered",
    "late",
    "flagged",
    "unscanned",
    "joint",
    "concluded",
    "with_finding",
    "refused",
    "duplicates",
    "joined",
    "overridden",
)


class DayKey(NamedTuple):
    day: date
    agency_id: UUID | None
    industry: str
    area_code: str


class StateKey(NamedTuple):
    agency_id: UUID
    state: str


@dataclass(frozen=True)
class Tally:
    daily: Counter[tuple[DayKey, str]]
    states: Counter[StateKey]

    def since(self, before: Tally) -> Tally:
        """What changed, without zeros."""
        return Tally(_difference(self.daily, before.daily), _difference(self.states, before.states))


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
        "flagged": bool(fact.flags),
        "unscanned": fact.unscanned,
        "joint": fact.joint,
        "concluded": fact.concluded_at is not None,
        "with_finding": fact.with_finding,
    }


def of_duplicate(duplicate: Duplicate) -> dict[str, bool]:
    """A human said why the two go on apart, in either form: the desk tells the forms apart."""
    return {
        "duplicates": True,
        "joined": duplicate.state == "joined",
        "overridden": duplicate.state in ("overridden", "dismissed"),
    }


def key_of(source: OrderFact | Duplicate | Refusal, day: date, enterprise: Enterprise | None) -> DayKey:
    industry, area_code = (enterprise.industry, enterprise.area_code) if enterprise else ("", "")
    return DayKey(day, source.agency_id, industry, area_code)
