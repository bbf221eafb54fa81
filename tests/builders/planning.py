"""Orders for the planner, an independent check of what it plans, and a search that looks at every plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.chassis.ids import new_id
from services.chassis.policy import Profile, policies
from services.inspection.planner.model import OpenOrder, Party, Problem, Share, Visit

FIRST = date(2026, 9, 7)  # a Monday
DEFAULT = next(profile for profile in policies().profiles if profile.name == "default")


def day(number: int) -> date:
    """The first day of the period is 0."""
    return FIRST + timedelta(days=number)


def a_profile(**figures: Any) -> Profile:
    return replace(DEFAULT, **figures)


def an_order(
    premises_id: UUID,
    first: int = 0,
    last: int = 4,
    *,
    agency_id: UUID | None = None,
    inspectors: Sequence[UUID] | None = None,
    domain: str = "emergency",
    cap: int | None = None,
    **more: Any,
) -> OpenOrder:
    """Two inspectors of an agency of its own, unless told otherwise."""
    agency = agency_id or new_id()
    given = {
        "order_id": new_id(),
        "version": 1,
        "enterprise_id": premises_id,
        "premises_id": premises_id,
        "agencies": (agency,),
        "shares": (Share(agency_id=agency, domain=domain, items=1, cap=cap),),
        "inspectors": frozenset((new_id(), new_id()) if inspectors is None else inspectors),
        "trigger": "routine",
        "starts_on": day(first),
        "ends_on": day(last),
        "profile": DEFAULT,
    }
    return OpenOrder(**given | more)


def a_problem(*orders: OpenOrder, **more: Any) -> Problem:
    """Of two weeks."""
    agencies = {share.agency_id: Party(name="某局", level="county") for o in orders for share in o.shares}
    given = {"starts_on": FIRST, "ends_on": day(13), "orders": orders, "agencies": agencies}
    return Problem(**given | more)


def broken(problem: Problem, visits: Sequence[Visit]) -> list[str]:
    """Everything about these visits that may not be. Written from the rules, not from the model."""
    return [
        *_wrong_orders(problem, visits),
        *_overbooked(problem, visits),
        *_over_the_caps(problem, visits),
        *_too_often(problem, visits),
    ]


def _wrong_orders(problem: Problem, visits: Sequence[Visit]) -> Iterator[str]:
    served = Counter(order.order_id for visit in visits for order in visit.orders)
    yield from (f"{order_id} is served {times} times" for order_id, times in served.items() if times > 1)
    for visit in visits:
        for order in visit.orders:
            if visit.premises_id != order.premises_id:
                yield f"{order.order_id} is served elsewhere"
            if (
                not max(order.starts_on, problem.starts_on)
                <= visit.day
                <= min(order.ends_on, problem.ends_on)
            ):
                yield f"{order.order_id} is served outside its window"
            until = order.profile.quiet_until_day
            if until and visit.day.day < until and order.trigger not in order.profile.quiet_exempt_triggers:
                yield f"{order.order_id} is served on a quiet day"
            if visit.day in problem.rest_days and not _must_rest(problem, order):
                yield f"{order.order_id} is served on a rest day"
        heads = len({inspector for order in visit.orders for inspector in order.inspectors})
        agencies = {agency for order in visit.orders for agency in order.agencies}
        if (
            len(visit.orders) > 1
            and len(agencies) > 1
            and heads > min(o.profile.joint_headcount for o in visit.orders)
        ):
            yield f"{heads} people at {visit.premises_id}"


def _must_rest(problem: Problem, order: OpenOrder) -> bool:
    return all(day in problem.rest_days for day in problem.days[order.order_id])


def _overbooked(problem: Problem, visits: Sequence[Visit]) -> Iterator[str]:
    load = Counter((i, v.day) for v in visits for i in {i for o in v.orders for i in o.inspectors})
    fixed = Counter((i, visit.day) for visit in problem.fixed for i in visit.inspectors)
    for whom, number in load.items():
        if number + fixed[whom] > problem.visits_a_day:
            yield f"{whom} has {number + fixed[whom]} visits"


def _over_the_caps(problem: Problem, visits: Sequence[Visit]) -> Iterator[str]:
    made: Counter[tuple[Any, ...]] = Counter()
    for visit in visits:
        made.update(
            {
                (order.enterprise_id, share.agency_id, share.domain, visit.day.year)
                for order in visit.orders
                if order.trigger not in order.profile.uncounted_triggers
                for share in order.shares
            }
        )
    for visit in problem.fixed:
        made.update((visit.enterprise_id, *count, visit.day.year) for count in visit.counts)
    made.update(problem.counted)
    for visit in visits:
        for order in visit.orders:
            for share in order.shares if order.trigger in order.profile.blocking_triggers else ():
                key = (order.enterprise_id, share.agency_id, share.domain, visit.day.year)
                if share.cap is not None and made[key] > share.cap:
                    yield f"{made[key]} visits, the cap is {share.cap}"


def _too_often(problem: Problem, visits: Sequence[Visit]) -> Iterator[str]:
    days: dict[UUID, list[date]] = defaultdict(list)
    for visit in (*visits, *problem.fixed):
        days[visit.enterprise_id].append(visit.day)
    planned = {(visit.enterprise_id, visit.day) for visit in visits}
    for enterprise_id, day_ in planned:
        profiles = [o.profile for o in problem.orders if o.enterprise_id == enterprise_id]
        there = days[enterprise_id]
        counts = {
            "visits_per_day": there.count(day_),
            "visits_per_week": sum(other.isocalendar()[:2] == day_.isocalendar()[:2] for other in there),
            "visits_per_month": sum((other.year, other.month) == (day_.year, day_.month) for other in there),
        }
        for figure, number in counts.items():
            most = min((m for p in profiles if (m := getattr(p, figure)) is not None), default=number)
            if number > most:
                yield f"{number} {figure}"


def worth(problem: Problem, visits: Sequence[Visit]) -> tuple[int, int, int, int, int]:
    """Less is better, the first first: not served, visits, systems split, blackout days, lateness."""
    served = {order.order_id for visit in visits for order in visit.orders}
    return (
        sum(order.order_id not in served for order in problem.orders),
        len(visits),
        _split_systems(problem, visits),
        sum(
            any(
                b.enterprise_id == v.enterprise_id and b.starts_on <= v.day <= b.ends_on
                for b in problem.blackouts
            )
            for v in visits
        ),
        sum((visit.day - problem.starts_on).days for visit in visits),
    )


def _split_systems(problem: Problem, visits: Sequence[Visit]) -> int:
    visit_of = {order.order_id: number for number, v in enumerate(visits) for order in v.orders}
    level = {agency_id: party.level for agency_id, party in problem.agencies.items()}
    systems = [{(s.domain, level[s.agency_id]) for s in order.shares} for order in problem.orders]
    split = 0
    for one, order in enumerate(problem.orders):
        for other in range(one):
            mate = problem.orders[other]
            differ = any(d == e and a != b for d, a in systems[one] for e, b in systems[other])
            apart = visit_of.get(order.order_id, -1) != visit_of.get(mate.order_id, -2)
            split += differ and apart and order.premises_id == mate.premises_id
    return split


def best_worth(problem: Problem) -> tuple[int, int, int, int, int]:
    """Of every plan there is. For a handful of orders and days only."""
    return min(worth(problem, visits) for visits in _every_plan(problem, problem.orders, ()))


def least_cost(problem: Problem, left_out: float) -> float:
    """Of every plan there is: its visits, and so much for every order left out."""
    return min(
        len(visits) + left_out * (len(problem.orders) - sum(len(visit.orders) for visit in visits))
        for visits in _every_plan(problem, problem.orders, ())
    )


def _every_plan(
    problem: Problem, waiting: Sequence[OpenOrder], visits: tuple[Visit, ...]
) -> Iterator[tuple[Visit, ...]]:
    """What is broken stays broken however much is added."""
    if broken(problem, visits):
        return
    if not waiting:
        yield visits
        return
    order, rest = waiting[0], waiting[1:]
    yield from _every_plan(problem, rest, visits)
    for number, visit in enumerate(visits):
        if visit.premises_id == order.premises_id:
            joined = replace(visit, orders=(*visit.orders, order))
            yield from _every_plan(problem, rest, (*visits[:number], joined, *visits[number + 1 :]))
    for day_ in problem.days[order.order_id]:
        new = Visit(
            enterprise_id=order.enterprise_id,
            premises_id=order.premises_id,
            day=day_,
            orders=(order,),
            lead=order.agencies[0],
        )
        yield from _every_plan(problem, rest, (*visits, new))
