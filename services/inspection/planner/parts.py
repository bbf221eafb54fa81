"""Takes a problem apart, so that each model stays small.

A cluster is what shares a place: one premises, or a whole enterprise where a yearly cap or a frequency could
bind. A part is what shares people: clusters whose inspectors could be wanted more often on a day than they
have time for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from services.inspection.planner import limits
from services.inspection.planner.model import OpenOrder, Problem

Cluster = tuple[OpenOrder, ...]


def clusters(problem: Problem) -> list[Cluster]:
    return [
        cluster
        for orders in _grouped(problem.orders, "enterprise_id")
        for cluster in ([tuple(orders)] if tied(problem, orders) else _grouped(orders, "premises_id"))
    ]


def tied(problem: Problem, orders: Sequence[OpenOrder]) -> bool:
    """Whether the visits to one enterprise could get in each other's way."""
    figures = limits.frequency_figures(orders)
    made = limits.made_before(problem, orders[0].enterprise_id, figures)
    busiest = max(made.values(), default=0) + len(orders)
    return busiest > min(figures.values(), default=busiest) or bool(limits.tight_caps(problem, orders))


def _grouped(orders: Iterable[OpenOrder], by: str) -> list[Cluster]:
    found: dict[UUID, list[OpenOrder]] = defaultdict(list)
    for order in orders:
        found[getattr(order, by)].append(order)
    return [tuple(group) for group in found.values()]


def tight_room(problem: Problem) -> limits.Room:
    """The inspectors and days that could be overbooked, with the visits that are left on them."""
    wanted = Counter(
        (inspector, day)
        for order in problem.orders
        for day in problem.days[order.order_id]
        for inspector in order.inspectors
    )
    taken = Counter((inspector, visit.day) for visit in problem.fixed for inspector in visit.inspectors)
    left = {whom: max(0, problem.visits_a_day - taken[whom]) for whom in wanted}
    return {whom: left[whom] for whom in wanted if wanted[whom] > left[whom]}


def parts(problem: Problem, found: Sequence[Cluster], room: limits.Room) -> list[list[int]]:
    """Numbers of the clusters that hang together, the smallest groups first."""
    leader = list(range(len(found)))

    def root(number: int) -> int:
        while leader[number] != number:
            leader[number] = number = leader[leader[number]]
        return number

    first: dict[tuple[UUID, date], int] = {}
    for number, cluster in enumerate(found):
        for whom in wanted(problem, cluster):
            if whom in room:
                leader[root(number)] = root(first.setdefault(whom, number))
    together: dict[int, list[int]] = defaultdict(list)
    for number in range(len(found)):
        together[root(number)].append(number)
    return sorted(together.values(), key=len)


def wanted(problem: Problem, cluster: Cluster) -> set[tuple[UUID, date]]:
    return {
        (inspector, day)
        for order in cluster
        for day in problem.days[order.order_id]
        for inspector in order.inspectors
    }
