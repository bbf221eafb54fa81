"""The planner's benchmark serves the orders that its baseline serves. How fast is not asked."""

from benchmarks.planner import Month, a_problem
from services.inspection.planner.planning import plan
from tests.builders.planning import broken


def test_planned_and_unplanned_serve_the_same_orders():
    problem = a_problem(Month("default", 24, 1))
    made = plan(problem, seconds=2, workers=1)
    assert not broken(problem, made.visits)
    served = {order.order_id for visit in made.visits for order in visit.orders}
    assert len(problem.orders) == 24
    assert len(served) + len(made.unserved) == 24
    assert made.bound <= made.planned.visits <= made.without.visits == len(served)
