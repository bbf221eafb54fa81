"""Days of peak production on which an enterprise asks not to be visited (rule F8). No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

MOST_DAYS_A_YEAR = 30
"""Of this product: whoever may always ask to be spared is asked nothing. An approver sees the days and decides."""
LONGEST_DAYS = 30
FURTHEST_AHEAD = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Blackout:
    """One row of `blackout`; one that was taken back is kept and no longer `active`."""

    blackout_id: UUID
    version: int
    enterprise_id: UUID
    starts_on: date
    ends_on: date
    note: str
    active: bool = True

    @property
    def days(self) -> Iterable[date]:
        return (self.starts_on + timedelta(n) for n in range((self.ends_on - self.starts_on).days + 1))


def faults(wish: Blackout, standing: Iterable[Blackout], today: date) -> Mapping[str, str]:
    """JSON pointer → what is wrong with these days, beside the ones that stand already."""
    if wish.starts_on < today:
        return {"/starts_on": f"不能早于今天 {today} / not before today"}
    if wish.starts_on > today + FURTHEST_AHEAD:
        return {"/starts_on": "不能晚于一年之后 / not more than a year ahead"}
    if not timedelta(0) <= wish.ends_on - wish.starts_on < timedelta(LONGEST_DAYS):
        return {"/ends_on": f"一次最多 {LONGEST_DAYS} 天 / at most {LONGEST_DAYS} days at once"}
    standing = list(standing)
    for other in standing:
        if other.starts_on <= wish.ends_on and wish.starts_on <= other.ends_on:
            said = f"{other.starts_on} 至 {other.ends_on}"
            return {"/starts_on": f"与已申报的 {said} 重叠，请先撤回 / overlaps days that were set already"}
    return _too_many(wish, standing)


def _too_many(wish: Blackout, standing: Iterable[Blackout]) -> Mapping[str, str]:
    for year in sorted({wish.starts_on.year, wish.ends_on.year}):
        taken = sum(day.year == year for other in standing for day in other.days)
        asked = sum(day.year == year for day in wish.days)
        if taken + asked > MOST_DAYS_A_YEAR:
            return {
                "/ends_on": f"{year} 年已申报 {taken} 天，加上本次 {asked} 天超过上限 {MOST_DAYS_A_YEAR} 天 / "
                f"{taken} days of {year} are set, {asked} more exceed {MOST_DAYS_A_YEAR}"
            }
    return {}
