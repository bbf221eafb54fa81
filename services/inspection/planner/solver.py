"""Solves models: one of a cluster by itself, or one of clusters that share inspectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from uuid import UUID

from ortools.sat.python.cp_model import (
    FEASIBLE,
    OPTIMAL,
    CpSolver,
    LinearExpr,
)

from services.inspection.planner.formulation import Assignment, Formulation, Slot
from services.inspection.planner.limits import Prices, Room
from services.inspection.planner.model import OpenOrder, Problem
from services.inspection.planner.parts import Cluster, tied
from services.inspection.planner.watching import Clock, Told, untold, watched

_CLUSTER_SECONDS = 5.0
SEED = 1


@dataclass(frozen=True)
class Solved:
    """`assignment` names every order. `fewest`: visits and orders not served are together no fewer in any plan.
    `least_unserved`: it is proven that no plan serves more; then none makes fewer visits than `fewest_visits`."""

    assignment: Assignment
    fewest: int
    least_unserved: bool
    fewest_visits: int

    @property
    def unserved(self) -> int:
        return sum(slot is None for slot in self.assignment.values())

    @property
    def visits(self) -> int:
        return len(set(self.assignment.values()) - {None})

    @property
    def proven(self) -> bool:
        return self.least_unserved and self.visits == self.fewest_visits


@dataclass(frozen=True)
class Part:
    """A cluster, what it came to by itself, and where it stands now."""

    cluster: Cluster
    alone: Solved
    found: Assignment


def solve_alone(problem: Problem, cluster: Cluster, clock: Clock) -> Solved:
    """As if nobody else needed its inspectors: what comes of it bounds every plan from below."""
    if _is_single(problem, cluster):
        found = _single(problem, cluster[0], {}, None)
        return Solved(found, 1, True, sum(slot is not None for slot in found.values()))
    disjoint = fewest_disjoint(problem, cluster)
    if not clock.left:
        return _unsolved(problem, cluster, disjoint)
    model = Formulation(problem, cluster, {})
    model.model.minimize(_fewest_first(model, *_of_days(model)))
    solver, status = _run(model, clock.within(_CLUSTER_SECONDS), 1)
    if status not in (OPTIMAL, FEASIBLE):
        return _unsolved(problem, cluster, disjoint)
    found = _assignment(model, solver)
    if status == FEASIBLE:
        return Solved(found, disjoint, False, 0)
    visits, unserved = len(set(found.values()) - {None}), sum(slot is None for slot in found.values())
    fewest = visits + unserved
    if tied(problem, cluster):
        fewest = max(disjoint, _fewest_together(problem, cluster, clock))
    return Solved(found, fewest, True, visits)


def _unsolved(problem: Problem, cluster: Cluster, fewest: int) -> Solved:
    """What can be done without a model: even making one takes time."""
    nothing: Assignment = {order.order_id: None for order in cluster}
    return Solved(one_by_one(problem, cluster, {}) or nothing, fewest, False, 0)


def refit(
    problem: Problem, cluster: Cluster, room: Room, clock: Clock, prices: Prices | None = None
) -> Assignment | None:
    """The best for one cluster in the room that is left; with `prices`, on the days that others want least."""
    if _is_single(problem, cluster):
        return _single(problem, cluster[0], room, prices)
    if not clock.left:
        return None
    model = Formulation(problem, cluster, room)
    days, most = model.price(prices) if prices else _of_days(model)
    model.model.minimize(_fewest_first(model, days, most))
    solver, status = _run(model, clock.within(_CLUSTER_SECONDS), 1)
    return _assignment(model, solver) if status in (OPTIMAL, FEASIBLE) else None


def _is_single(problem: Problem, cluster: Cluster) -> bool:
    """One order that nothing ties needs no model: it takes its best day."""
    return len(cluster) == 1 and not tied(problem, cluster)


def _single(problem: Problem, order: OpenOrder, room: Room, prices: Prices | None) -> Assignment:
    def worth(day: date) -> tuple[int, date]:
        if prices:
            return sum(prices.get((inspector, day), 0) for inspector in order.inspectors), day
        return (order.enterprise_id, day) in problem.blacked_out, day

    free = (
        day
        for day in problem.days[order.order_id]
        if all(room.get((inspector, day), 1) > 0 for inspector in order.inspectors)
    )
    best = min(free, key=worth, default=None)
    return {order.order_id: Slot(order.premises_id, best, 0) if best else None}


def one_by_one(problem: Problem, cluster: Cluster, room: Room) -> Assignment | None:
    """Where there is no time for a model: each order by itself on its best free day. None where something ties them."""
    if tied(problem, cluster):
        return None
    left, turns = dict(room), Counter[tuple[UUID, date]]()
    found: dict[UUID, Slot | None] = {}
    for order in cluster:
        slot = _single(problem, order, left, None)[order.order_id]
        if slot is not None:
            slot = slot._replace(turn=turns[slot.premises_id, slot.day])
            turns[slot.premises_id, slot.day] += 1
            left |= {(i, slot.day): left[i, slot.day] - 1 for i in order.inspectors if (i, slot.day) in left}
        found[order.order_id] = slot
    return found


def _fewest_together(problem: Problem, cluster: Cluster, clock: Clock) -> int:
    """Where a cap or a frequency binds, one order less may spare more than one visit."""
    if not clock.left:
        return 0
    model = Formulation(problem, cluster, {})
    model.model.minimize(model.visits() + model.unserved())
    solver, status = _run(model, clock.within(_CLUSTER_SECONDS), 1)
    return _ceil(solver.best_objective_bound) if status in (OPTIMAL, FEASIBLE) else 0


def solve_together(
    problem: Problem,
    parts: Sequence[Part],
    room: Room,
    clock: Clock,
    *,
    days: bool,
    told: Told = untold,
) -> Solved | None:
    """First the fewest visits, then with `days` the best days for that many. None where time did not suffice.

    Each cluster's own bound is given to the model: with it, a plan that wastes no visit is known to be optimal
    as soon as it is found.
    """
    if not clock.left:
        return None
    orders = [order for part in parts for order in part.cluster]
    model = Formulation(problem, orders, room)
    for part in parts:
        _bounded(model, part.cluster, part.alone.fewest)
    _hint(model, {key: slot for part in parts for key, slot in part.found.items()})
    model.model.minimize((len(orders) + 1) * model.unserved() + model.visits())
    mine = clock.within((0.75 if days else 1.0) * clock.left)
    solver, status = _run(model, mine, clock.workers, told)
    if status not in (OPTIMAL, FEASIBLE):
        return None
    found = _assignment(model, solver)
    solved = _proven(found, solver.best_objective_bound, sum(part.alone.fewest for part in parts))
    return replace(solved, assignment=_better_days(model, solved, clock)) if days else solved


def _bounded(model: Formulation, cluster: Cluster, fewest: int) -> None:
    places = {order.premises_id for order in cluster}
    visits = [visit for slot, visit in model.y.items() if slot.premises_id in places]
    served = [literal for order in cluster for literal in model.x[order.order_id].values()]
    model.model.add(sum(visits) + len(cluster) - sum(served) >= fewest)


def _proven(found: Assignment, bound: float, fewest: int) -> Solved:
    weight = len(found) + 1
    unserved, least = sum(slot is None for slot in found.values()), _ceil(bound)
    proven = least // weight >= unserved
    visits = least - weight * unserved if proven else 0
    return Solved(found, fewest, proven, max(visits, fewest - unserved, 0))


def _better_days(model: Formulation, solved: Solved, clock: Clock) -> Assignment:
    model.model.add(model.unserved() == solved.unserved)
    model.model.add(model.visits() == solved.visits)
    model.model.clear_hints()
    _hint(model, solved.assignment)
    model.model.minimize(_of_days(model)[0])
    solver, status = _run(model, clock, clock.workers)
    return _assignment(model, solver) if status in (OPTIMAL, FEASIBLE) else solved.assignment


def _fewest_first(model: Formulation, days: LinearExpr, most: int) -> LinearExpr:
    """One objective whose weights keep the order of its parts: no visit is added for any number of fine days."""
    visit = most + 1
    return (visit * (len(model.orders) + 1)) * model.unserved() + visit * model.visits() + days


def _of_days(model: Formulation) -> tuple[LinearExpr, int]:
    """One level per system (J3), then no blackout dates (F8), then early; and the most it can come to."""
    dark = model.most_lateness() + 1
    split = dark * (len(model.orders) + 1)
    most = split * (model.most_splits() + 1)
    return split * model.split_systems() + dark * model.on_blackout_days() + model.lateness(), most


def _hint(model: Formulation, assignment: Assignment) -> None:
    visited = set(assignment.values())
    for order_id, slots in model.x.items():
        for slot, literal in slots.items():
            model.model.add_hint(literal, assignment[order_id] == slot)
    for slot, literal in model.y.items():
        model.model.add_hint(literal, slot in visited)


def _run(model: Formulation, clock: Clock, workers: int, told: Told = untold) -> tuple[CpSolver, object]:
    solver = CpSolver()
    solver.parameters.max_time_in_seconds = clock.left
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = SEED
    return solver, watched(lambda: solver.solve(model.model), solver.stop_search, clock, told)


def _assignment(model: Formulation, solver: CpSolver) -> dict[UUID, Slot | None]:
    return {
        order_id: next((slot for slot, literal in slots.items() if solver.boolean_value(literal)), None)
        for order_id, slots in model.x.items()
    }


def fewest_disjoint(problem: Problem, cluster: Cluster) -> int:
    """Orders with no day in common need a visit each, or are not served; so do those at different places."""
    ends: dict[UUID, date] = {}
    fewest = 0
    for order in sorted(cluster, key=lambda o: (problem.days[o.order_id] or (date.min,))[-1]):
        days = problem.days[order.order_id]
        if not days or days[0] > ends.get(order.premises_id, date.min):
            fewest += 1
            if days:
                ends[order.premises_id] = days[-1]
    return fewest


def _ceil(bound: float) -> int:
    """A bound is a float that stands for a whole number."""
    return ceil(bound - 1e-6)
