"""The numbers on the coordinator's wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Period:
    first: date
    last: date


def this_year(today: date) -> Period:
    return Period(first=today.replace(month=1, day=1), last=today)


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Of the rollup, over a period."""

    inspections: int = 0
    entered: int = 0
    late: int = 0
    backfilled_late: int = 0
    flagged: int = 0
    unscanned: int = 0
    joint: int = 0
    concluded: int = 0
    with_finding: int = 0
    urgent: int = 0
    ratified: int = 0
    disapproved: int = 0
    ratified_late: int = 0
    ratification_overdue: int = 0
    conclusion_overdue: int = 0
    rectification_overdue: int = 0
    refused: int = 0
    visit_refused: int = 0
    visit_refused_supported: int = 0
    duplicates: int = 0
    joined: int = 0
    overridden: int = 0
    dismissed: int = 0

    @property
    def unanswered(self) -> int:
        """Pairs of which nobody has said or done anything."""
        return self.duplicates - self.joined - self.overridden - self.dismissed

    @property
    def unratified(self) -> int:
        """Visits that wait for the head's word."""
        return self.urgent - self.ratified - self.disapproved


@dataclass(frozen=True, kw_only=True)
class Grades:
    """How many ratings of grade 1 to 5, and their mean."""

    counts: list[int]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        if not self.total:
            return None
        points = sum(grade * count for grade, count in enumerate(self.counts, 1))
        return round(points / self.total, 2)


def share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
