"""Makes a plan: each cluster by itself, then together where they need the same people."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from services.inspection.planner import burden, parts
from services.inspection.planner.coordinate import WHOLE, WHOLE_SECONDS, Coordination, Told, load_of
from services.inspection.planner.explain import explain
from services.inspection.planner.formulation import Assignment, Slot
from services.inspection.planner.limits import Room
from services.inspection.planner.model import OpenOrder, Plan, Problem, Visit
from services.inspection.planner.parts import Cluster
from services.inspection.planner.solver import Clock, Part, Solved, solve_alone, solve_together

ALONE = 0.3
"""Of the progress that is told."""


@dataclass(frozen=True)
class Planned:
    """What became of one part."""

    solved: Solved
    decomposed: bool


def plan(problem: Problem, *, seconds: float = 60, workers: int = 2, told: Told = lambda _: None) -> Plan:
    """The fewest visits, with the proof as far as time allows. Always a plan, if need be one that leaves orders out."""
    begun = time.monotonic()
    clock = Clock(begun + seconds, workers)
    clusters, room = parts.clusters(problem), parts.tight_room(problem)
    alone = _alone(problem, clusters, clock, told)
    groups = parts.parts(problem, clusters, room)
    planned: list[Planned] = []
    waiting = len(problem.orders)
    for group in groups:
        own = [Part(clusters[n], alone[n], alone[n].assignment) for n in group]
        size = sum(len(part.cluster) for part in own)
        planned.append(_plan_part(problem, own, room, clock.within(clock.left * size / waiting), told))
        waiting -= size
        told(1 - (1 - ALONE) * waiting / len(problem.orders))
    found = {key: slot for part in planned for key, slot in part.solved.assignment.items()}
    visits = visits_of(problem, found)
    return Plan(
        visits=visits,
        unserved=tuple(order for order in problem.orders if found[order.order_id] is None),
        bound=_bound([part.solved for part in planned], len(visits)),
        apart=tuple(explain(problem, visits)),
        planned=burden.of_visits(visits),
        without=burden.of_visits(_each_alone(visits)),
        parts=len(groups),
        decomposed=sum(part.decomposed for part in planned),
        seconds=time.monotonic() - begun,
    )


def _alone(problem: Problem, clusters: Sequence[Cluster], clock: Clock, told: Told) -> list[Solved]:
    """The solver leaves Python to work, so threads are as good as processes."""
    solved: list[Solved] = []
    pool = ThreadPoolExecutor(clock.workers)
    try:
        for one in pool.map(partial(solve_alone, problem, clock=clock), clusters):
            solved.append(one)
            told(ALONE * len(solved) / len(clusters))
    finally:
        pool.shutdown(cancel_futures=True)
    return solved


def _plan_part(problem: Problem, own: Sequence[Part], room: Room, clock: Clock, told: Told) -> Planned:
    if _fits(own, room):
        return Planned(_side_by_side(own), False)
    if sum(len(part.cluster) for part in own) <= WHOLE:
        whole = solve_together(
            problem, own, room, clock.within(min(clock.left / 2, WHOLE_SECONDS)), days=True
        )
        if whole is not None and whole.proven:
            return Planned(whole, False)
    return Planned(_within(own, Coordination(problem, own, room, clock).run(told)), True)


def _fits(own: Sequence[Part], room: Room) -> bool:
    """Whether nobody is overbooked if all have their way."""
    load = Counter[tuple[UUID, date]]()
    for part in own:
        load.update(load_of(part.cluster, part.found))
    return all(visits <= room.get(whom, visits) for whom, visits in load.items())


def _side_by_side(own: Sequence[Part]) -> Solved:
    return Solved(
        assignment={key: slot for part in own for key, slot in part.found.items()},
        fewest=sum(part.alone.fewest for part in own),
        least_unserved=all(part.alone.least_unserved for part in own),
        fewest_visits=sum(part.alone.fewest_visits for part in own),
    )


def _within(own: Sequence[Part], found: Assignment) -> Solved:
    """What was found cluster by cluster: the bounds of the clusters by themselves still hold."""
    fewest = sum(part.alone.fewest for part in own)
    unserved = sum(slot is None for slot in found.values())
    least = all(part.alone.least_unserved for part in own) and unserved == sum(p.alone.unserved for p in own)
    return Solved(found, fewest, least, sum(part.alone.fewest_visits for part in own) if least else 0)


def _bound(solved: Sequence[Solved], visits: int) -> int:
    """Visits that no plan serving as many orders can do without.

    Where every part serves as many as can be served, so must any plan that serves as many in all, part by part.
    Else orders left out in one part could be served in another, and only visits and orders left out together
    are known to be no fewer.
    """
    if all(part.least_unserved for part in solved):
        return sum(part.fewest_visits for part in solved)
    together = sum(part.fewest for part in solved) - sum(part.unserved for part in solved)
    return min(visits, max(0, together))


def visits_of(problem: Problem, found: Assignment) -> tuple[Visit, ...]:
    """The earliest first."""
    guests: dict[Slot, list[OpenOrder]] = defaultdict(list)
    for order in problem.orders:
        slot = found[order.order_id]
        if slot is not None:
            guests[slot].append(order)
    made = [_visit(problem, slot, orders) for slot, orders in guests.items()]
    return tuple(sorted(made, key=lambda visit: (visit.day, visit.premises_id, visit.orders[0].order_id)))


def _visit(problem: Problem, slot: Slot, orders: Sequence[OpenOrder]) -> Visit:
    return Visit(
        enterprise_id=orders[0].enterprise_id,
        premises_id=slot.premises_id,
        day=slot.day,
        orders=tuple(sorted(orders, key=lambda order: order.order_id)),
        lead=_lead(problem, orders),
    )


def _lead(problem: Problem, orders: Sequence[OpenOrder]) -> UUID:
    """The industry department of the enterprise leads; where it has no order, whose was first (rule J2)."""
    leads = [order.agencies[0] for order in sorted(orders, key=lambda order: order.order_id)]
    section = problem.industries.get(orders[0].enterprise_id, "")
    return next((a for a in leads if section in problem.agencies[a].lead_industries), leads[0])


def _each_alone(visits: Sequence[Visit]) -> list[Visit]:
    """The same orders, each with a visit of its own."""
    return [
        Visit(
            enterprise_id=visit.enterprise_id,
            premises_id=visit.premises_id,
            day=visit.day,
            orders=(order,),
            lead=order.agencies[0],
        )
        for visit in visits
        for order in visit.orders
    ]
