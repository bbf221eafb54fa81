"""A campaign. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from services.chassis.errors import Text, WrongState

State = Literal["filed", "published", "ended"]
STATES: tuple[State, ...] = ("filed", "published", "ended")
LONGEST = timedelta(days=730)
_ALLOWED: Mapping[State, tuple[str, ...]] = {
    "filed": ("correct", "publish", "end"),
    "published": ("revise", "end"),
    "ended": (),
}


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What a government approved: `quota` visits among `objects` premises, under one filing number."""

    name: str
    filing_number: str
    approving_government: str
    approved_on: date
    starts_on: date
    ends_on: date
    quota: int
    objects: int
    full_coverage_approved: bool

    def faults(self, today: date) -> dict[str, str]:
        """JSON pointer → what is wrong."""
        wrong: dict[str, str] = {}
        if self.approved_on > today:
            wrong["/approved_on"] = f"批准日期不能晚于今天 {today}（A7） / not approved yet on {today} (A7)"
        if not timedelta(0) <= self.ends_on - self.starts_on <= LONGEST:
            wrong["/ends_on"] = (
                f"应在开始之后 {LONGEST.days} 天内（A7） / within {LONGEST.days} days of the start (A7)"
            )
        elif self.ends_on < today:
            wrong["/ends_on"] = f"已过期，不能早于今天 {today}（A7） / over already, not before {today} (A7)"
        return wrong


@dataclass(frozen=True, kw_only=True)
class Campaign(Filing):
    campaign_id: UUID
    version: int = 0
    agency_id: UUID
    published_on: date | None = None
    active: bool = True

    @property
    def state(self) -> State:
        if not self.active:
            return "ended"
        return "published" if self.published_on else "filed"

    @property
    def allowed(self) -> tuple[str, ...]:
        return _ALLOWED[self.state]

    def may(self, action: str) -> None:
        """Raises WrongState, naming what is allowed."""
        if action not in self.allowed:
            raise WrongState(action, self.state, self.allowed)

    def notices(self, publish_days: int) -> Iterator[Text]:
        """What is said of a campaign that is public (rule A7)."""
        latest = self.approved_on + timedelta(days=publish_days)
        if self.published_on and self.published_on > latest:
            yield Text(
                f"应于批准后 {publish_days} 天内（{latest} 前）公布，公布于 {self.published_on}，已逾期（A7）",
                f"to be public within {publish_days} days of approval, by {latest}; published on "
                f"{self.published_on}, it is late (A7)",
            )


def filing_of(campaign: Campaign) -> dict[str, Any]:
    return {field.name: getattr(campaign, field.name) for field in fields(Filing)}
