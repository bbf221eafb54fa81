"""A plausible month of the demo city: what its agencies want to check, before anybody has joined anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from demo.data import read
from demo.enterprises import rows
from demo.offices import Office, offices
from services.chassis.policy import Profile
from services.inspection.planner.model import Blackout, OpenOrder, Party, Problem, Share

_TRIGGERS = {"routine": 50, "random": 24, "complaint": 11, "assigned": 6, "campaign": 6, "requested": 3}
_WINDOWS = (3, 5, 5, 8, 10, 12, 15)


@dataclass(frozen=True)
class _Firm:
    enterprise_id: UUID
    premises_id: UUID
    industry: str


def a_month(
    chance: Random, profile: Profile, first: date, orders: int, visits_a_day: int, staff: int = 1
) -> Problem:
    """`staff` multiplies the inspectors of each office."""
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    firms = [_Firm(_id(chance), _id(chance), row["行业代码"]) for row in rows(chance)]
    writer = _Writer(chance, profile, first, last, staff)
    wanted = tuple(islice(_wanted(chance, writer, firms), orders))
    return Problem(
        starts_on=first,
        ends_on=last,
        orders=wanted,
        blackouts=tuple(_blackouts(chance, firms, first)),
        rest_days=frozenset(day for day in _days(first, last) if day.weekday() > 4),
        visits_a_day=visits_a_day,
        agencies=writer.parties,
        industries={firm.enterprise_id: firm.industry[:1] for firm in firms},
    )


def _wanted(chance: Random, writer: _Writer, firms: Sequence[_Firm]) -> Iterator[OpenOrder]:
    """Most enterprises are wanted by one agency, some by many; now and then one agency wants to come twice."""
    while True:
        for firm in chance.sample(firms, len(firms)):
            for _ in range(chance.choices((1, 2, 3, 4, 6), (52, 26, 13, 6, 3))[0]):
                yield writer.order(firm)


class _Writer:
    def __init__(self, chance: Random, profile: Profile, first: date, last: date, staff: int) -> None:
        self._chance, self._profile, self._first, self._last = chance, profile, first, last
        self._ids = {office.slug: _id(chance) for office in offices()}
        self._offices = {office.slug: office for office in offices()}
        self._people = {
            office.slug: [_id(chance) for _ in range((office.inspectors - 1) * staff)] for office in offices()
        }
        self._busy: Counter[tuple[UUID, int]] = Counter()
        self._likely = {code: likely.split() for code, (_, _, likely) in read("industries").items()}
        self.parties = {
            self._ids[office.slug]: Party(
                name=office.name, level="county", lead_industries=tuple(office.leads.split("、"))
            )
            for office in offices()
        }

    def order(self, firm: _Firm) -> OpenOrder:
        office = self._office(firm.industry)
        trigger: Any = self._chance.choices(list(_TRIGGERS), list(_TRIGGERS.values()))[0]
        starts_on = self._begin(trigger)
        return OpenOrder(
            order_id=_id(self._chance),
            version=1,
            enterprise_id=firm.enterprise_id,
            premises_id=firm.premises_id,
            agencies=(self._ids[office.slug],),
            shares=(self._share(office),),
            inspectors=self._free_pair(office, starts_on),
            trigger=trigger,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=self._chance.choice(_WINDOWS)),
            profile=self._profile,
        )

    def _free_pair(self, office: Office, starts_on: date) -> frozenset[UUID]:
        """Those of a few asked who have the least to do in that week, as a clerk would choose."""
        week, people = starts_on.isocalendar().week, self._people[office.slug]
        asked = self._chance.sample(people, min(6, len(people)))
        pair = sorted(asked, key=lambda inspector: self._busy[inspector, week])[:2]
        self._busy.update((inspector, week) for inspector in pair)
        return frozenset(pair)

    def _share(self, office: Office) -> Share:
        items = self._chance.choice((1, 1, 2))
        return Share(agency_id=self._ids[office.slug], domain=office.domain, items=items, cap=2)

    def _begin(self, trigger: str) -> date:
        """Not so late that the window would end in the next month before it began; after the quiet days."""
        quiet = self._profile.quiet_until_day
        waits = quiet is not None and trigger not in self._profile.quiet_exempt_triggers
        first = self._first.replace(day=quiet) if quiet and waits else self._first
        return first + timedelta(days=self._chance.randint(0, (self._last - first).days - 3))

    def _office(self, industry: str) -> Office:
        """Mostly one that has to do with the industry; larger ones come more often."""
        every = list(self._offices.values())
        fitting = [self._offices[slug] for slug in self._likely[industry]]
        asked = fitting if self._chance.random() < 0.7 else every
        return self._chance.choices(asked, [office.inspectors for office in asked])[0]


def _blackouts(chance: Random, firms: Sequence[_Firm], first: date) -> Iterator[Blackout]:
    """One enterprise in ten has a week of peak production."""
    for firm in chance.sample(firms, len(firms) // 10):
        begin = first + timedelta(days=chance.randint(0, 24))
        yield Blackout(enterprise_id=firm.enterprise_id, starts_on=begin, ends_on=begin + timedelta(days=6))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _id(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
