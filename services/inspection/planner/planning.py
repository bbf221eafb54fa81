"""Makes a plan: each cluster by itself, then together where they need the same people."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from services.inspection.planner import burden, parts
from services.inspection.planner.bound import fewest_apart
from services.inspection.planner.coordinate import load_of
from services.inspection.planner.crowd import Crowded, plan_crowd
from services.inspection.planner.explain import explain
from services.inspection.planner.formulation import Assignment, Slot
from services.inspection.planner.limits import Room
from services.inspection.planner.model import OpenOrder, Plan, Problem, Visit
from services.inspection.planner.parts import Cluster
from services.inspection.planner.solver import Part, Solved, solve_alone, solve_together
from services.inspection.planner.watching import Clock, Told, between, untold

_ALONE, _APART = 0.3, 0.5
"""Of the progress that is told: when the clusters are done, and when the parts are that need no other."""
_CLUSTERS = 0.5
"""Of the time: what the clusters by themselves may take at most, so that some is left for whom they share."""
WHOLE = 120
"""Orders of a part that is planned as a whole, if that takes no longer than WHOLE_SECONDS."""
WHOLE_SECONDS = 20.0


@dataclass(frozen=True)
class Planned:
    """`apart` are parts planned each by itself, `crowded` the clusters that were planned together."""

    apart: Sequence[Solved]
    crowded: Sequence[Part]
    crowd: Crowded | None
    decomposed: int

    @property
    def assignment(self) -> dict[UUID, Slot | None]:
        found = {key: slot for solved in self.apart for key, slot in solved.assignment.items()}
        return found | dict(self.crowd.assignment if self.crowd else {})

    def bound(self, visits: int) -> int:
        """The best that is known. Visits that no plan serving as many orders can do without."""
        if self.crowd is None:
            return fewest_apart(self.apart, visits)
        together = _within(self.crowded, self.crowd.assignment)
        return max(fewest_apart([*self.apart, together], visits), self.crowd.bound(self.apart))


def plan(
    problem: Problem,
    *,
    seconds: float = 60,
    workers: int = 2,
    told: Told = untold,
    now: Callable[[], float] = time.monotonic,
) -> Plan:
    """The fewest visits, with the proof as far as time allows. Always a plan, if need be one that leaves orders out. `told`
    hears of the progress at least twice a second while a solver works, and ends the work by raising."""
    begun = now()
    clock = Clock(begun + seconds, workers, now)
    clusters, room = parts.clusters(problem), parts.tight_room(problem)
    first = clock.within(_CLUSTERS * seconds)
    alone = _alone(problem, clusters, first, between(told, 0.0, _ALONE))
    own = [Part(cluster, one, one.assignment) for cluster, one in zip(clusters, alone, strict=True)]
    groups = parts.parts(problem, clusters, room)
    planned = _plan_parts(problem, [[own[n] for n in group] for group in groups], room, clock, told)
    visits = visits_of(problem, planned.assignment)
    return Plan(
        visits=visits,
        unserved=tuple(order for order in problem.orders if planned.assignment[order.order_id] is None),
        bound=planned.bound(len(visits)),
        apart=tuple(explain(problem, visits)),
        planned=burden.of_visits(visits),
        without=burden.of_visits(_each_alone(visits)),
        parts=len(groups),
        decomposed=planned.decomposed,
        seconds=now() - begun,
    )


def _alone(problem: Problem, clusters: Sequence[Cluster], clock: Clock, told: Told) -> list[Solved]:
    """The solver leaves Python to work, so threads are as good as processes."""
    solved: list[Solved] = []
    pool = ThreadPoolExecutor(clock.workers)
    try:
        for one in pool.map(partial(solve_alone, problem, clock=clock), clusters):
            solved.append(one)
            told(len(solved) / len(clusters))
    finally:
        pool.shutdown(cancel_futures=True)
    return solved


def _plan_parts(
    problem: Problem, groups: Sequence[Sequence[Part]], room: Room, clock: Clock, told: Told
) -> Planned:
    """First those that can be planned by themselves with the proof, then all others at once."""
    apart: list[Solved] = []
    crowded: list[Part] = []
    decomposed = 0
    here = between(told, _ALONE, _APART)
    for number, group in enumerate(groups):
        share = between(here, number / len(groups), (number + 1) / len(groups))
        solved = _plan_part(problem, group, room, clock, share)
        if solved is None:
            crowded.extend(group)
            decomposed += 1
        else:
            apart.append(solved)
        share(1.0)
    crowd = None
    if crowded:
        crowd = plan_crowd(problem, crowded, room, clock, between(told, _APART, 1.0))
    return Planned(apart, crowded, crowd, decomposed)


def _plan_part(
    problem: Problem, group: Sequence[Part], room: Room, clock: Clock, told: Told
) -> Solved | None:
    """None where it is too large, or time did not suffice for the proof."""
    if _fits(group, room):
        return _side_by_side(group)
    size = sum(len(part.cluster) for part in group)
    if size > WHOLE:
        return None
    mine = clock.within(min(clock.left * size / len(problem.orders), WHOLE_SECONDS))
    whole = solve_together(problem, group, room, mine, days=True, told=told)
    return whole if whole is not None and whole.proven else None


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
