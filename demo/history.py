"""A year of visits, with the repetition that the product is about.

A few enterprises are visited by everybody, most by hardly anyone; several agencies come to the same gate
within weeks; a visit with 责令改正 is followed by its recheck; one visit in twelve was never scanned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from demo.data import read
from demo.offices import Office, item_code, items_of, offices
from services.inspection.orders.history import PastOrder

VISITS = 3000
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_TRIGGERS = {"routine": 50, "random": 24, "complaint": 11, "assigned": 6, "campaign": 6, "requested": 3}
_RESULTS = {"no_problem": 60, "reminder": 22, "order_rectification": 16, "refer": 2}


@dataclass(frozen=True)
class Visited:
    enterprise_id: UUID
    premises_id: UUID
    industry: str


@dataclass(frozen=True)
class Registered:
    """What the registry knows, by the keys of the spreadsheets."""

    agencies: Mapping[str, UUID]
    inspectors: Mapping[str, tuple[UUID, str]]
    items: Mapping[str, UUID]
    enterprises: Sequence[Visited]


def year_before(today: date, chance: Random, known: Registered, visits: int = VISITS) -> Iterator[PastOrder]:
    """In no order. The same seed and day give the same orders with the same ids."""
    writer = _Writer(chance, known, today)
    burdens = [1 / (rank + 4) ** 0.8 for rank in range(len(known.enterprises))]
    shuffled = list(known.enterprises)
    chance.shuffle(shuffled)
    for visited in chance.choices(shuffled, burdens, k=visits):
        starts = today - timedelta(days=chance.randint(8, 365))
        yield from writer.visits(visited, _weekday(starts))


class _Writer:
    def __init__(self, chance: Random, known: Registered, today: date) -> None:
        self._chance = chance
        self._known = known
        self._today = today
        self._offices = {office.slug: office for office in offices()}
        self._likely = {code: likely.split() for code, (_, _, likely) in read("industries").items()}

    def visits(self, visited: Visited, starts: date) -> Iterator[PastOrder]:
        """One visit; sometimes another agency in the same weeks; a recheck where something must be put right."""
        office = self._office(visited.industry)
        first = self._order(office, visited, starts, self._picked(_TRIGGERS))
        yield first
        if self._chance.random() < 0.22:
            other = self._office(visited.industry)
            soon = _weekday(starts + timedelta(days=self._chance.randint(1, 25)))
            if other != office and soon < self._today - timedelta(days=7):
                yield self._order(other, visited, soon, self._picked(_TRIGGERS))
        if first.result == "order_rectification":
            later = _weekday(starts + timedelta(days=self._chance.randint(15, 40)))
            if later < self._today - timedelta(days=7):
                yield self._order(office, visited, later, "recheck", result="no_problem", items=first.items)

    def _order(
        self,
        office: Office,
        visited: Visited,
        starts: date,
        trigger: str,
        result: str | None = None,
        items: tuple[UUID, ...] = (),
    ) -> PastOrder:
        ends = starts + timedelta(days=4)
        arrived = self._office_hours(starts + timedelta(days=self._chance.randint(0, 3)))
        scanned = self._chance.random() > 1 / 12
        return PastOrder(
            order_id=_uuid7(arrived, self._chance),
            agency_id=self._known.agencies[office.name],
            enterprise_id=visited.enterprise_id,
            premises_id=visited.premises_id,
            items=items or self._items(office),
            inspectors=self._inspectors(office),
            trigger=trigger,  # pyright: ignore[reportArgumentType]
            starts_on=starts,
            ends_on=ends,
            entered_at=arrived if scanned else None,
            result=result or self._picked(_RESULTS),  # pyright: ignore[reportArgumentType]
            concluded_at=arrived + timedelta(hours=self._chance.choice((1, 2, 3, 26, 50))),
        )

    def _office(self, industry: str) -> Office:
        """Mostly who has to do with the industry; now and then anyone."""
        if self._chance.random() < 0.85:
            return self._offices[self._chance.choice(self._likely[industry])]
        return self._chance.choice(list(self._offices.values()))

    def _items(self, office: Office) -> tuple[UUID, ...]:
        count = items_of(office)
        wanted = self._chance.sample(range(1, count + 1), min(count, self._chance.choice((1, 1, 2))))
        return tuple(self._known.items[item_code(office, number)] for number in sorted(wanted))

    def _inspectors(self, office: Office) -> tuple[UUID, ...]:
        pair = self._chance.sample(range(1, office.inspectors), 2)
        return tuple(self._known.inspectors[office.certificate(number)][0] for number in pair)

    def _office_hours(self, day: date) -> datetime:
        minutes = self._chance.randint(8 * 60 + 45, 17 * 60)
        return datetime.combine(_weekday(day), time(*divmod(minutes, 60)), _SHANGHAI).astimezone(UTC)

    def _picked(self, shares: Mapping[str, int]) -> str:
        return self._chance.choices(list(shares), list(shares.values()))[0]


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _uuid7(at: datetime, chance: Random) -> UUID:
    """Sorts by its time like every id of ours, and is the same on each load."""
    milliseconds = int(at.timestamp() * 1000)
    return UUID(
        int=milliseconds << 80 | 7 << 76 | chance.getrandbits(12) << 64 | 2 << 62 | chance.getrandbits(62)
    )
