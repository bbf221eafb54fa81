"""Visits as fractions: how few can do where people are short, with the proof, and which visits to try first.

The bound does not trust the solver. Whatever prices one puts on the rows, no choice costs less than the rows'
sides at these prices plus every column that is cheaper than its price; the solver only finds good prices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.linear_solver.python.model_builder import Model, Solver
from ortools.linear_solver.python.model_builder_helper import LinearExpr, SolveStatus

from services.inspection.planner.choice import Choice, Row
from services.inspection.planner.watching import Clock, Told, untold, watched

_QUICKEST = "use_dual_simplex:true perturb_costs_in_dual_simplex:true"
"""Measured: a half to a quarter of what its defaults need."""


@dataclass(frozen=True)
class Relaxed:
    """`values` are of the columns. In any plan, visits and `price` times the orders left out are at least `least`."""

    values: Sequence[float]
    price: float
    least: float


def relax(choice: Choice, price: float, clock: Clock, told: Told = untold) -> Relaxed | None:
    """An order left out costs as much as `price` visits. None where time did not suffice."""
    return _solve(choice, [], price, clock, told)


def relax_within(choice: Choice, left_out: int, clock: Clock, told: Told = untold) -> Relaxed | None:
    """At most so many orders are left out; the price is what one more would spare."""
    few = Row(dict.fromkeys(choice.left_out.values(), 1), None, left_out)
    return _solve(choice, [few], 1, clock, told)


def _solve(choice: Choice, more: Sequence[Row], price: float, clock: Clock, told: Told) -> Relaxed | None:
    if not clock.left:
        return None
    model, solver = Model(), Solver("glop")
    columns = [model.new_num_var(0, 1, None) for _ in range(choice.columns)]
    for row in [*choice.rows, *more]:
        expression = LinearExpr.weighted_sum([columns[c] for c in row.weights], list(row.weights.values()))
        least = float("-inf") if row.least is None else row.least
        most = float("inf") if row.most is None else row.most
        model.add_linear_constraint(expression, least, most)
    costs = [1.0] * len(choice.visits) + [price] * len(choice.orders)
    model.minimize(LinearExpr.weighted_sum(columns, costs))
    solver.set_solver_specific_parameters(_QUICKEST)
    solver.set_time_limit_in_seconds(clock.left)
    if watched(lambda: solver.solve(model), solver.stop_search, clock, told) != SolveStatus.OPTIMAL:
        return None
    prices = [float(value) for value in solver.dual_values(model.get_linear_constraints())]
    # a row that limits what is left out has a price of at most nothing
    spared = price - min(0.0, sum(prices[len(choice.rows) :]))
    values = [float(value) for value in solver.values(model.get_variables())]
    return Relaxed(values, spared, proven(choice, prices[: len(choice.rows)], spared))


def proven(choice: Choice, prices: Sequence[float], left_out: float) -> float:
    """Holds for any `prices` of the rows, one each."""
    cheaper = [1.0] * len(choice.visits) + [left_out] * len(choice.orders)
    total = 0.0
    for row, price in zip(choice.rows, prices, strict=True):
        side = row.least if price > 0 else row.most
        if side is not None:
            total += price * side
            for column, weight in row.weights.items():
                cheaper[column] -= price * weight
    return total + sum(min(0.0, cost) for cost in cheaper)
