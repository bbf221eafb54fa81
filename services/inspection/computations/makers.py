"""Who makes what."""

from __future__ import annotations

from collections.abc import Mapping

from services.inspection.computations.model import Kind
from services.inspection.computations.work import Maker
from services.inspection.planner import work as planner
from services.inspection.simulation import work as simulation

MAKERS: Mapping[Kind, Maker] = {
    Kind.JOINT_PLAN: planner.make,
    Kind.SIMULATION: simulation.make,
}
