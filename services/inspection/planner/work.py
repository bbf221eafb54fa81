"""Makes a joint plan that was asked for. The solver is loaded with this module: web processes do without it."""

from __future__ import annotations

from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis import clock
from services.chassis.policy import policies
from services.inspection.computations.model import Computation, Told
from services.inspection.planner import store
from services.inspection.planner.model import Plan
from services.inspection.planner.planning import plan
from services.inspection.planner.reader import Asked, read_problem


def make(connection: Connection[DictRow], asked: Computation, told: Told) -> dict[str, Any]:
    """No transaction is open while the solver works."""
    wanted = asked_for(asked)
    problem = read_problem(connection, wanted, policies(), clock.now())
    connection.commit()
    made = plan(problem, seconds=asked.request["time_limit_seconds"], told=told)
    store.keep(connection, asked.computation_id, made)
    return figures(made)


def asked_for(asked: Computation) -> Asked:
    return Asked(
        area=asked.area_code,
        starts_on=date.fromisoformat(asked.request["starts_on"]),
        ends_on=date.fromisoformat(asked.request["ends_on"]),
        visits_a_day=asked.request["visits_a_day"],
    )


def figures(made: Plan) -> dict[str, Any]:
    return {
        "status": made.status,
        "visits": len(made.visits),
        "bound": made.bound,
        "gap": round(made.gap, 6),
        "orders": sum(len(visit.orders) for visit in made.visits) + len(made.unserved),
        "joined_visits": sum(visit.joined for visit in made.visits),
        "unserved": len(made.unserved),
        "visits_saved": made.without.visits - made.planned.visits,
        "person_hours": made.planned.person_hours,
        "person_hours_saved": made.without.person_hours - made.planned.person_hours,
        "parts": made.parts,
        "decomposed": made.decomposed,
        "seconds": round(made.seconds, 3),
    }
