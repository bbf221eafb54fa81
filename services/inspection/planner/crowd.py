"""Plans clusters that want the same people more often than these have time.

All visits that could be are weighed at once as fractions; what comes out whole stays, the rest is solved in
whole numbers, and what then still costs too much is mended in turn, as long as there is time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.inspection.planner.bound import fewest_crowded
from services.inspection.planner.choice import Choice
from services.inspection.planner.coordinate import Coordination
from services.inspection.planner.formulation import Assignment
from services.inspection.planner.limits import Room
from services.inspection.planner.model import Problem
from services.inspection.planner.relaxation import Relaxed, relax, relax_within
from services.inspection.planner.rounding import whole
from services.inspection.planner.solver import Part, Solved
from services.inspection.planner.watching import Clock, Told, between

_LEFT_OUT = 10
"""Visits that an order left out weighs as much as: no order spares as many."""
_WEIGHING, _ROUNDING, _MENDING = 0.35, 0.45, 0.7
"""Of the time left when each begins; what mending leaves is for the proof."""


@dataclass(frozen=True)
class Crowded:
    assignment: Assignment
    choice: Choice
    known: Sequence[Relaxed]

    def bound(self, apart: Sequence[Solved]) -> int:
        left_out = [*self.assignment.values()].count(None) + sum(part.unserved for part in apart)
        return max((fewest_crowded(apart, self.choice, known, left_out) for known in self.known), default=0)


def plan_crowd(problem: Problem, parts: Sequence[Part], room: Room, clock: Clock, told: Told) -> Crowded:
    choice = Choice(problem, parts, room)
    weighed = relax(choice, _LEFT_OUT, clock.within(_WEIGHING * clock.left), between(told, 0.0, 0.25))
    rounding = clock.within(_ROUNDING * clock.left)
    start = whole(choice, weighed.values, _LEFT_OUT, rounding, between(told, 0.25, 0.5)) if weighed else None
    mending = Coordination(problem, parts, room, clock.within(_MENDING * clock.left))
    found = mending.run(between(told, 0.5, 0.9), start or {})
    left_out = sum(found[order.order_id] is None for order in choice.orders)
    again = relax_within(choice, left_out, clock, between(told, 0.9, 1.0))
    return Crowded(found, choice, [known for known in (weighed, again) if known])
