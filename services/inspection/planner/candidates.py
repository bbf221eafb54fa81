"""Every visit that could be: some orders of one premises on one day.

Headcount and short windows keep them few: thousands of orders have some ten visits each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.inspection.planner import limits
from services.inspection.planner.model import OpenOrder, Problem
from services.inspection.planner.parts import Cluster

MOST = 2000
"""Of one cluster."""


class Candidate(NamedTuple):
    premises_id: UUID
    day: date
    orders: tuple[OpenOrder, ...]

    @property
    def inspectors(self) -> frozenset[UUID]:
        return frozenset[UUID]().union(*(order.inspectors for order in self.orders))


def candidates(problem: Problem, cluster: Cluster) -> list[Candidate] | None:
    """None where they are too many to be listed."""
    found: list[Candidate] = []
    for one in _every(problem, cluster):
        found.append(one)
        if len(found) > MOST:
            return None
    return found


def _every(problem: Problem, cluster: Cluster) -> Iterator[Candidate]:
    there: dict[tuple[UUID, date], list[OpenOrder]] = defaultdict(list)
    at: dict[UUID, list[OpenOrder]] = defaultdict(list)
    for order in cluster:
        at[order.premises_id].append(order)
        for day in problem.days[order.order_id]:
            there[order.premises_id, day].append(order)
    for (premises_id, day), guests in there.items():
        cap = limits.headcount_cap(at[premises_id])
        for orders in _together(guests, (), cap):
            yield Candidate(premises_id, day, orders)


def _together(
    guests: Sequence[OpenOrder], chosen: tuple[OpenOrder, ...], cap: int
) -> Iterator[tuple[OpenOrder, ...]]:
    """Who is too many stays so whoever else comes."""
    for number, order in enumerate(guests):
        orders = (*chosen, order)
        if len(orders) == 1 or not limits.too_many_people(orders, cap):
            yield orders
            yield from _together(guests[number + 1 :], orders, cap)
