"""How few visits any plan makes that leaves out no more orders than this one."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from services.inspection.planner.choice import Choice
from services.inspection.planner.relaxation import Relaxed
from services.inspection.planner.solver import Solved


def fewest_apart(solved: Sequence[Solved], visits: int) -> int:
    """What is known of each part by itself.

    Where every part serves as many as can be served, so must any plan that serves as many in all, part by part.
    Else orders left out in one part could be served in another, and only visits and orders left out together
    are known to be no fewer.
    """
    if all(part.least_unserved for part in solved):
        return sum(part.fewest_visits for part in solved)
    together = sum(part.fewest for part in solved) - sum(part.unserved for part in solved)
    return min(visits, max(0, together))


def fewest_crowded(apart: Sequence[Solved], choice: Choice, known: Relaxed, left_out: int) -> int:
    """What is known with the diaries. An order left out costs a price of at least one visit, the same everywhere,
    so that nobody gains by leaving out one here in place of one there; what the plan may leave out is taken off
    at this price. `apart` are the parts that the choice is not about."""
    parts = [*apart, *(part.alone for part in choice.unlisted)]
    least = known.least + sum(_at_price(solved, known.price) for solved in parts)
    return max(0, ceil(least - known.price * left_out - 1e-6))


def _at_price(solved: Solved, price: float) -> float:
    """The least of a part's visits and `price` times its orders left out: as few left out as can be, or more."""
    if not solved.least_unserved:
        return solved.fewest
    fewest_left_out = solved.fewest_visits + price * solved.unserved
    return min(fewest_left_out, solved.fewest + (price - 1) * (solved.unserved + 1))
