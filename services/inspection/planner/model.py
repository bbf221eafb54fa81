"""What the planner is asked and what it answers. No I/O.

An order waits for its visit; a visit is one premises on one day and serves one or more orders. Everything a
plan must heed is in `Problem`, so that a plan can be made, checked and explained without a database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from events.catalogue.inspection import Trigger
from events.catalogue.registry import Level
from services.chassis.errors import Text
from services.chassis.policy import Profile

VISITS_A_DAY = 2
"""Of one inspector: a visit takes half a day unless told otherwise."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one agency brings to an order in one domain; rule F1 counts by both. `cap` is the strictest of its
    items and the profile, None where nobody set one."""

    agency_id: UUID
    domain: str
    items: int
    cap: int | None = None


@dataclass(frozen=True, kw_only=True)
class OpenOrder:
    """An order that waits for its visit, at the `version` that was read. `agencies` begins with its lead,
    `profile` is that of the lead's area; `brought` are the triggers of orders that joined this one."""

    order_id: UUID
    version: int
    enterprise_id: UUID
    premises_id: UUID
    agencies: tuple[UUID, ...]
    shares: tuple[Share, ...]
    inspectors: frozenset[UUID]
    trigger: Trigger
    starts_on: date
    ends_on: date
    profile: Profile
    brought: frozenset[Trigger] = frozenset()

    @property
    def counted(self) -> bool:
        return self.trigger not in self.profile.uncounted_triggers

    @property
    def stops_at_cap(self) -> bool:
        return self.counted and self.trigger in self.profile.blocking_triggers

    def is_quiet(self, day: date) -> bool:
        """Rule F5: 企业安静期 for everything but what the profile exempts."""
        return self.quiet_until is not None and day.day < self.quiet_until

    @property
    def quiet_until(self) -> int | None:
        """The day of the month from which all that it brings may be visited; None where any day will do."""
        exempt = {self.trigger, *self.brought} <= self.profile.quiet_exempt_triggers
        return None if exempt else self.profile.quiet_until_day


@dataclass(frozen=True, kw_only=True)
class FixedVisit:
    """A visit that was made, or that cannot be moved or joined (突发). `counts` are the agencies and domains
    for which it takes a place under the cap."""

    enterprise_id: UUID
    premises_id: UUID
    day: date
    inspectors: frozenset[UUID]
    counts: frozenset[tuple[UUID, str]]


@dataclass(frozen=True, kw_only=True)
class Blackout:
    """Rule F8: dates of peak production, as the enterprise set them."""

    enterprise_id: UUID
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class Party:
    """An agency as the planner needs it. `lead_industries` are sections of GB/T 4754 it is the department of."""

    name: str
    level: Level
    lead_industries: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Problem:
    """All orders of an area whose window touches the period. `counted` are visits that stand in this year
    beside those planned and fixed here, by enterprise, agency, domain and year. `rest_days` are used only by
    orders whose window has no working day. `industries` has the section of each enterprise."""

    starts_on: date
    ends_on: date
    orders: tuple[OpenOrder, ...]
    fixed: tuple[FixedVisit, ...] = ()
    counted: Mapping[tuple[UUID, UUID, str, int], int] = field(default_factory=dict)
    blackouts: tuple[Blackout, ...] = ()
    rest_days: frozenset[date] = frozenset()
    visits_a_day: int = VISITS_A_DAY
    agencies: Mapping[UUID, Party] = field(default_factory=dict)
    industries: Mapping[UUID, str] = field(default_factory=dict)

    @cached_property
    def blacked_out(self) -> frozenset[tuple[UUID, date]]:
        return frozenset(
            (b.enterprise_id, day) for b in self.blackouts for day in _days(b.starts_on, b.ends_on)
        )

    @cached_property
    def days(self) -> Mapping[UUID, tuple[date, ...]]:
        """The days on which each order may be carried out, the first first."""
        return {order.order_id: self._days_of(order) for order in self.orders}

    def window(self, order: OpenOrder) -> tuple[date, ...]:
        return _days(max(order.starts_on, self.starts_on), min(order.ends_on, self.ends_on))

    def _days_of(self, order: OpenOrder) -> tuple[date, ...]:
        allowed = [day for day in self.window(order) if not order.is_quiet(day)]
        working = [day for day in allowed if day not in self.rest_days]
        return tuple(working or allowed)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One premises, one day. `lead` is the industry department of the enterprise where it takes part."""

    enterprise_id: UUID
    premises_id: UUID
    day: date
    orders: tuple[OpenOrder, ...]
    lead: UUID

    @property
    def inspectors(self) -> frozenset[UUID]:
        return frozenset[UUID]().union(*(order.inspectors for order in self.orders))

    @property
    def headcount(self) -> int:
        return len(self.inspectors)

    @property
    def joined(self) -> bool:
        return len(self.orders) > 1


@dataclass(frozen=True, kw_only=True)
class Why:
    """Why an order stands alone, or is not served. `code` is stable, `text` says it, `orders` are those it
    is about and `figures` what it rests on."""

    code: str
    text: Text
    orders: tuple[UUID, ...] = ()
    figures: Mapping[str, int | str] = field(default_factory=dict[str, int | str])


@dataclass(frozen=True, kw_only=True)
class Apart:
    """An order that was not joined; `served` tells whether it has a visit of its own."""

    order: OpenOrder
    served: bool
    why: tuple[Why, ...]


@dataclass(frozen=True, kw_only=True)
class Burden:
    """Visits, and hours that people spend on them (rule O3)."""

    visits: int
    person_hours: float


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`bound`: no plan that serves as many orders makes fewer visits; proven. `parts` are groups of orders
    that share nothing; `decomposed` are those too large to be planned as a whole."""

    visits: tuple[Visit, ...]
    unserved: tuple[OpenOrder, ...]
    bound: int
    apart: tuple[Apart, ...]
    planned: Burden
    without: Burden
    parts: int
    decomposed: int
    seconds: float

    @property
    def gap(self) -> float:
        """How far the number of visits may be above the fewest possible, of that number; 0 is proven."""
        return (len(self.visits) - self.bound) / len(self.visits) if self.visits else 0.0

    @property
    def status(self) -> str:
        return "optimal" if len(self.visits) == self.bound else "feasible"


def _days(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
