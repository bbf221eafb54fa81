"""The CP-SAT model of some orders: which day each gets, and which visits follow.

`x` says that an order is served on a day, `y` that a premises is visited on it. Several visits of one day
differ by their turn; more than one is possible only where the headcount cap could split a day. An order that
fits nowhere is left unserved, so that the model always has a solution.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import ceil
from typing import NamedTuple
from uuid import UUID

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

from services.inspection.planner import limits
from services.inspection.planner.model import OpenOrder, Problem


class Slot(NamedTuple):
    premises_id: UUID
    day: date
    turn: int


Assignment = Mapping[UUID, Slot | None]
"""By order; None: not served."""


class Formulation:
    def __init__(self, problem: Problem, orders: Sequence[OpenOrder], room: limits.Room) -> None:
        self.problem = problem
        self.orders = orders
        self.model = CpModel()
        self.x: dict[UUID, dict[Slot, IntVar]] = {}
        self.y: dict[Slot, IntVar] = {}
        self.guests: dict[Slot, list[OpenOrder]] = defaultdict(list)
        self.at: dict[UUID, list[OpenOrder]] = defaultdict(list)
        for order in orders:
            self.at[order.premises_id].append(order)
        for there in self.at.values():
            self._open_slots(there)
        self._serve_once()
        limits.headcounts(self)
        limits.yearly_caps(self)
        limits.frequencies(self)
        limits.inspectors(self, room)

    def _open_slots(self, there: Sequence[OpenOrder]) -> None:
        turns = turns_a_day(there)
        taken: dict[date, int] = defaultdict(int)
        for order in there:
            self.x[order.order_id] = {}
            for day in self.problem.days[order.order_id]:
                taken[day] += 1
                # the k-th order of a day needs no turn beyond the k-th: which turn is which means nothing
                for turn in range(min(turns, taken[day])):
                    slot = Slot(order.premises_id, day, turn)
                    self.x[order.order_id][slot] = self.model.new_bool_var("")
                    self.guests[slot].append(order)

    def _serve_once(self) -> None:
        for slot, guests in self.guests.items():
            self.y[slot] = self.model.new_bool_var("")
            for order in guests:
                self.model.add_implication(self.x[order.order_id][slot], self.y[slot])
        for slot, visit in self.y.items():
            if slot.turn:
                self.model.add_implication(visit, self.y[slot._replace(turn=slot.turn - 1)])
        for slots in self.x.values():
            self.model.add_at_most_one(slots.values())

    def any_of(self, slot: Slot, orders: Sequence[OpenOrder]) -> IntVar:
        """A literal that holds whenever one of `orders` is served in `slot`."""
        served = [self.x[order.order_id][slot] for order in orders]
        if len(served) == 1:
            return served[0]
        one = self.model.new_bool_var("")
        for literal in served:
            self.model.add_implication(literal, one)
        return one

    def unserved(self) -> LinearExpr:
        served = [literal for slots in self.x.values() for literal in slots.values()]
        return len(self.orders) - total((1, literal) for literal in served)

    def visits(self) -> LinearExpr:
        return total((1, visit) for visit in self.y.values())

    def split_systems(self) -> LinearExpr:
        """Rule J3: pairs of one system at different levels that no one visit serves."""
        pairs = [pair for there in self.at.values() for pair in limits.same_system(self.problem, there)]
        return len(pairs) - total((1, literal) for pair in pairs for literal in self._together(*pair))

    def _together(self, one: OpenOrder, other: OpenOrder) -> Iterable[IntVar]:
        for slot in self.x[one.order_id].keys() & self.x[other.order_id].keys():
            both = self.model.new_bool_var("")
            self.model.add_implication(both, self.x[one.order_id][slot])
            self.model.add_implication(both, self.x[other.order_id][slot])
            yield both

    def on_blackout_days(self) -> LinearExpr:
        dark = self.problem.blacked_out
        return total(
            (1, visit)
            for slot, visit in self.y.items()
            if (self.guests[slot][0].enterprise_id, slot.day) in dark
        )

    def lateness(self) -> LinearExpr:
        """Days from the begin of the period, of all visits."""
        return total(((slot.day - self.problem.starts_on).days, visit) for slot, visit in self.y.items())

    def price(self, prices: limits.Prices) -> tuple[LinearExpr, int]:
        """Of the days that were chosen, and the most it can come to."""
        terms = [
            (sum(prices.get((inspector, slot.day), 0) for inspector in order.inspectors), literal)
            for order in self.orders
            for slot, literal in self.x[order.order_id].items()
        ]
        return total(terms), sum(price for price, _ in terms)

    def most_lateness(self) -> int:
        return len(self.orders) * (self.problem.ends_on - self.problem.starts_on).days

    def most_splits(self) -> int:
        return sum(len(list(combinations(there, 2))) for there in self.at.values())


def total(terms: Iterable[tuple[int, IntVar]]) -> LinearExpr:
    """Of literals times their weights; of none it is nothing."""
    given = list(terms)
    return LinearExpr.weighted_sum([term for _, term in given], [weight for weight, _ in given])


def turns_a_day(there: Sequence[OpenOrder]) -> int:
    """How many visits of one day the fewest could need at one premises.

    Two visits of a day that may go together would be one, so of k visits any two bring more than the cap:
    k < 2 × heads ÷ cap. An order that is over the cap by itself shares with nobody.
    """
    cap = limits.headcount_cap(there)
    alone = [order for order in there if limits.too_many_people([order], cap)]
    sharing = [order for order in there if not limits.too_many_people([order], cap)]
    if not limits.too_many_people(sharing, cap):
        return max(1, len(alone) + bool(sharing))
    heads = sum(len(order.inspectors) for order in sharing)
    return min(len(there), len(alone) + max(1, ceil(2 * heads / cap) - 1))
