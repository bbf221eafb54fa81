"""From fractions to a plan: visits that the relaxation makes wholly are made, the rest is solved in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python.cp_model import FEASIBLE, OPTIMAL, CpModel, CpSolver, LinearExpr

from services.inspection.planner.choice import Choice
from services.inspection.planner.formulation import Assignment
from services.inspection.planner.solver import SEED
from services.inspection.planner.watching import Clock, Told, untold, watched

_WHOLE = 1 - 1e-6


def whole(
    choice: Choice, values: Sequence[float], price: int, clock: Clock, told: Told = untold
) -> Assignment | None:
    """An order left out costs as much as `price` visits. None where time did not suffice."""
    model = CpModel()
    columns = [model.new_bool_var("") for _ in range(choice.columns)]
    for row in choice.rows:
        total = LinearExpr.weighted_sum([columns[c] for c in row.weights], list(row.weights.values()))
        if row.least == row.most == 1:
            model.add_exactly_one(columns[c] for c in row.weights)
        elif row.most is not None:
            model.add(total <= row.most)
        # the fewest of a cluster go without saying in whole numbers, and cost the search time
    for column in range(len(choice.visits)):
        model.add_hint(columns[column], values[column] > 0.5)
        if values[column] > _WHOLE:
            model.add(columns[column] == 1)
    costs = [1] * len(choice.visits) + [price] * len(choice.orders)
    model.minimize(LinearExpr.weighted_sum(columns, costs))
    solver = CpSolver()
    solver.parameters.max_time_in_seconds = clock.left
    solver.parameters.num_workers = clock.workers
    solver.parameters.random_seed = SEED
    if watched(lambda: solver.solve(model), solver.stop_search, clock, told) not in (OPTIMAL, FEASIBLE):
        return None
    return choice.assignment([c for c in range(len(choice.visits)) if solver.boolean_value(columns[c])])
