"""What a plan must heed, as constraints. Each is added only where it could bind: most orders meet none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from services.inspection.gate.headcount import too_many
from services.inspection.planner.model import OpenOrder, Problem

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

    from services.inspection.planner.formulation import Formulation, Slot

Room = Mapping[tuple[UUID, date], int]
"""How many visits an inspector can still make on a day, where that could bind."""
Prices = Mapping[tuple[UUID, date], int]
"""How much others want an inspector on a day."""
Span = tuple[Hashable, ...]


class Place(NamedTuple):
    """What rule F1 counts by."""

    enterprise_id: UUID
    agency_id: UUID
    domain: str
    year: int


def headcount_cap(there: Sequence[OpenOrder]) -> int:
    return min(order.profile.joint_headcount for order in there)


def too_many_people(orders: Sequence[OpenOrder], cap: int) -> bool:
    """Rule J4, as the gate judges it."""
    agencies = {agency for order in orders for agency in order.agencies}
    people = frozenset[UUID]().union(*(order.inspectors for order in orders))
    return too_many(len(agencies), len(people), cap)


def headcounts(model: Formulation) -> None:
    """Rule J4. An order that is over the cap by itself shares its visit with no other."""
    for slot, guests in model.guests.items():
        cap = headcount_cap(model.at[slot.premises_id])
        alone = [order for order in guests if too_many_people([order], cap)]
        sharing = [order for order in guests if not too_many_people([order], cap)]
        for order in alone:
            for other in guests:
                if other is not order:
                    model.model.add_bool_or(~model.x[order.order_id][slot], ~model.x[other.order_id][slot])
        if too_many_people(sharing, cap):
            _within_cap(model, slot, sharing, cap)


def _within_cap(model: Formulation, slot: Slot, orders: Sequence[OpenOrder], cap: int) -> None:
    """As soon as two agencies are there."""
    joint = model.model.new_bool_var("")
    of_agency = [model.any_of(slot, theirs) for theirs in _by_agency(orders).values()]
    for one, other in combinations(of_agency, 2):
        model.model.add_bool_or(~one, ~other, joint)
    people = [model.any_of(slot, theirs) for theirs in _by_inspector(orders).values()]
    model.model.add(sum(people) + (len(people) - cap) * joint <= len(people))


def inspectors(model: Formulation, room: Room) -> None:
    """Nobody is at more places a day than there is time for."""
    made: dict[tuple[UUID, date], list[IntVar]] = defaultdict(list)
    for slot, guests in model.guests.items():
        for inspector, orders in _by_inspector(guests).items():
            if (inspector, slot.day) in room:
                made[inspector, slot.day].append(model.any_of(slot, orders))
    for whom, visits in made.items():
        if len(visits) > room[whom]:
            model.model.add(sum(visits) <= room[whom])


def yearly_caps(model: Formulation) -> None:
    """Rule F1, as the gate would judge the joint orders: one that stops at the cap needs all visits of the year
    under it; a joint visit counts once for each agency (J5), two orders of one agency in it count once."""
    for place, stopping in tight_caps(model.problem, model.orders).items():
        before, orders = counted_before(model.problem, *place), counting(model.problem, model.orders, place)
        visits, most = _visits_of(model, orders, place.year), before + len(orders)
        for order, cap in stopping:
            here = sum(x for slot, x in model.x[order.order_id].items() if slot.day.year == place.year)
            model.model.add(before + sum(visits) + most * here <= cap + most)


def tight_caps(problem: Problem, orders: Sequence[OpenOrder]) -> dict[Place, list[tuple[OpenOrder, int]]]:
    """Caps that these orders could exceed, each with the orders it stops."""
    found: dict[Place, list[tuple[OpenOrder, int]]] = defaultdict(list)
    many = Counter(place for order in orders for place in places(problem, order))
    for order in orders:
        for place in places(problem, order) if order.stops_at_cap else ():
            cap = cap_of(order, place)
            if cap is not None and counted_before(problem, *place) + many[place] > cap:
                found[place].append((order, cap))
    return found


def places(problem: Problem, order: OpenOrder) -> list[Place]:
    """Where a visit for this order would count."""
    years = sorted({day.year for day in problem.days[order.order_id]}) if order.counted else []
    return [Place(order.enterprise_id, s.agency_id, s.domain, year) for s in order.shares for year in years]


def counting(problem: Problem, orders: Sequence[OpenOrder], place: Place) -> list[OpenOrder]:
    return [order for order in orders if place in places(problem, order)]


def _visits_of(model: Formulation, orders: Sequence[OpenOrder], year: int) -> list[IntVar]:
    ids = {order.order_id for order in orders}
    slots = {slot: None for order in orders for slot in model.x[order.order_id] if slot.day.year == year}
    return [model.any_of(slot, [o for o in model.guests[slot] if o.order_id in ids]) for slot in slots]


def cap_of(order: OpenOrder, place: Place) -> int | None:
    own = (place.agency_id, place.domain)
    return next(share.cap for share in order.shares if (share.agency_id, share.domain) == own)


def counted_before(problem: Problem, enterprise_id: UUID, agency_id: UUID, domain: str, year: int) -> int:
    fixed = sum(
        visit.enterprise_id == enterprise_id
        and visit.day.year == year
        and (agency_id, domain) in visit.counts
        for visit in problem.fixed
    )
    return fixed + problem.counted.get((enterprise_id, agency_id, domain, year), 0)


def frequencies(model: Formulation) -> None:
    """Rule F3: visits of anybody to one enterprise, a day, a week and a month."""
    orders: dict[UUID, list[OpenOrder]] = defaultdict(list)
    for order in model.orders:
        orders[order.enterprise_id].append(order)
    slots: dict[UUID, list[Slot]] = defaultdict(list)
    for slot, guests in model.guests.items():
        slots[guests[0].enterprise_id].append(slot)
    for enterprise_id, there in slots.items():
        figures = frequency_figures(orders[enterprise_id])
        if figures:
            made = made_before(model.problem, enterprise_id, figures)
            _limit_spans(model, there, figures, made)


def _limit_spans(
    model: Formulation, slots: Sequence[Slot], figures: Mapping[str, int], made: Counter[Span]
) -> None:
    found: dict[Span, list[Slot]] = defaultdict(list)
    for slot in slots:
        for span in spans(slot.day, figures):
            found[span].append(slot)
    for span, inside in found.items():
        left = max(0, figures[str(span[0])] - made[span])
        if len(inside) > left:
            model.model.add(sum(model.y[slot] for slot in inside) <= left)


def frequency_figures(orders: Sequence[OpenOrder]) -> dict[str, int]:
    """The strictest of the profiles that govern an enterprise's orders."""
    figures: dict[str, int] = {}
    for order in orders:
        for unit in ("day", "week", "month"):
            visits: int | None = getattr(order.profile, f"visits_per_{unit}")
            if visits is not None:
                figures[unit] = min(visits, figures.get(unit, visits))
    return figures


def spans(day: date, figures: Mapping[str, int]) -> Iterator[Span]:
    """The day, the calendar week and the calendar month, where there is a figure for it."""
    if "day" in figures:
        yield "day", day
    if "week" in figures:
        yield "week", *day.isocalendar()[:2]
    if "month" in figures:
        yield "month", day.year, day.month


def made_before(problem: Problem, enterprise_id: UUID, figures: Mapping[str, int]) -> Counter[Span]:
    days = (visit.day for visit in problem.fixed if visit.enterprise_id == enterprise_id)
    return Counter(span for day in days for span in spans(day, figures))


def same_system(problem: Problem, orders: Sequence[OpenOrder]) -> Iterator[tuple[OpenOrder, OpenOrder]]:
    """Rule J3: pairs that check one domain at different levels."""
    for one, other in combinations(orders, 2):
        if any(
            mine.domain == theirs.domain
            and problem.agencies[mine.agency_id].level != problem.agencies[theirs.agency_id].level
            for mine in one.shares
            for theirs in other.shares
        ):
            yield one, other


def _by_agency(orders: Sequence[OpenOrder]) -> dict[UUID, list[OpenOrder]]:
    found: dict[UUID, list[OpenOrder]] = defaultdict(list)
    for order in orders:
        for agency in order.agencies:
            found[agency].append(order)
    return found


def _by_inspector(orders: Sequence[OpenOrder]) -> dict[UUID, list[OpenOrder]]:
    found: dict[UUID, list[OpenOrder]] = defaultdict(list)
    for order in orders:
        for inspector in sorted(order.inspectors):
            found[inspector].append(order)
    return found
