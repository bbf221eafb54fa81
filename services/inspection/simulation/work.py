"""Makes a simulation that was asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.policy import policies
from services.inspection.computations.model import Computation, Told
from services.inspection.simulation.commands import profile_of
from services.inspection.simulation.report import figures
from services.inspection.simulation.simulate import Question, simulate


def make(connection: Connection[DictRow], asked: Computation, told: Told) -> dict[str, Any]:
    question = Question(
        profile=profile_of(asked.request["profile"]),
        starts_on=date.fromisoformat(asked.request["starts_on"]),
        ends_on=date.fromisoformat(asked.request["ends_on"]),
        area=asked.area_code,
    )
    return figures(simulate(connection, question, policies(), told))
