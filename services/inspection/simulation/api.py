"""规则推演 over HTTP."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from services.chassis.blueprint import Blueprint
from services.chassis.errors import Conflict, Text
from services.chassis.identity import Permission, principal, requires
from services.chassis.schema import Page
from services.chassis.transaction import current_uow, reading, transactional
from services.inspection.computations import store
from services.inspection.computations.asking import found
from services.inspection.computations.model import Kind
from services.inspection.jobs import wake
from services.inspection.simulation import commands, report, schemas
from services.inspection.simulation.commands import StartSimulation

blueprint = Blueprint(
    "simulations",
    __name__,
    url_prefix="/api/inspection/v1/simulations",
    description="规则推演: a profile tried on past orders",
)


class NotFinished(Conflict):
    code = "not_finished"
    title = Text("推演尚未完成", "The simulation is not finished")
    remedy = Text("请稍后再取。", "Ask again later.")


@blueprint.post("")
@requires(Permission.RULE_SIMULATE)
@blueprint.arguments(schemas.StartSimulationSchema)
@blueprint.response(202, schemas.SimulationSchema)
def start_simulation(command: StartSimulation) -> ResponseReturnValue:
    """Judge past orders by the facts of then, under the profile of then and under this one. A worker does it."""
    asked = _started(command)
    wake(current_app.extensions["yicha.settings"])
    return cast("ResponseReturnValue", (asked, 202))


@transactional
def _started(command: StartSimulation) -> Any:
    return commands.start(command, current_uow(), principal())


@blueprint.get("")
@requires(Permission.RULE_SIMULATE)
@blueprint.arguments(Page, location="query", as_kwargs=True)
@blueprint.response(200, schemas.SimulationPageSchema)
def list_simulations(limit: int, after: UUID | None) -> ResponseReturnValue:
    """The newest first."""
    with reading() as connection:
        rows = store.page(connection, Kind.SIMULATION, "", after, limit + 1)
    following = rows[limit - 1].computation_id if len(rows) > limit else None
    return cast("ResponseReturnValue", {"items": rows[:limit], "next": following})


@blueprint.get("/<uuid:simulation_id>")
@requires(Permission.RULE_SIMULATE)
@blueprint.response(200, schemas.SimulationSchema)
def show_simulation(simulation_id: UUID) -> ResponseReturnValue:
    """What would have been blocked, asked and joined, per agency and rule, and the difference."""
    with reading() as connection:
        return cast("ResponseReturnValue", found(connection, simulation_id, Kind.SIMULATION))


@blueprint.get("/<uuid:simulation_id>/table.csv")
@requires(Permission.RULE_SIMULATE)
@blueprint.response(200, content_type="text/csv")
@blueprint.alt_response(409, description="Not finished yet.")
def download_simulation(simulation_id: UUID) -> ResponseReturnValue:
    """A line for each agency, rule and outcome."""
    with reading() as connection:
        simulation = found(connection, simulation_id, Kind.SIMULATION)
    if simulation.result is None:
        raise NotFinished()
    headers = {"Content-Disposition": f'attachment; filename="simulation-{simulation_id}.csv"'}
    return Response("".join(report.lines(simulation.result["rows"])), mimetype="text/csv", headers=headers)
