"""综合查一次计划 over HTTP."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask import current_app
from flask.typing import ResponseReturnValue

from services.chassis.blueprint import Blueprint
from services.chassis.database import UnitOfWork
from services.chassis.errors import YichaError
from services.chassis.identity import Permission, principal, requires
from services.chassis.schema import Page
from services.chassis.transaction import current_uow, pool, reading, transactional
from services.inspection.computations import store as computations
from services.inspection.computations.asking import found
from services.inspection.computations.model import Kind
from services.inspection.gate.errors import text
from services.inspection.jobs import SOURCE, wake
from services.inspection.planner import commands, schemas, store
from services.inspection.planner.commands import StartPlan

blueprint = Blueprint(
    "joint_plans",
    __name__,
    url_prefix="/api/inspection/v1/joint-plans",
    description="综合查一次: joint plans",
)


@blueprint.post("")
@requires(Permission.ORDER_JOIN)
@blueprint.arguments(schemas.StartSchema)
@blueprint.response(202, schemas.JointPlanSchema)
def start_joint_plan(command: StartPlan) -> ResponseReturnValue:
    """Plan the fewest visits for all open orders of an area and a period. A worker does it: follow it with GET.

    Nothing is joined by it.
    """
    asked = _started(command)
    wake(current_app.extensions["yicha.settings"])
    return cast("ResponseReturnValue", (asked, 202))


@transactional
def _started(command: StartPlan) -> Any:
    return commands.start(command, current_uow(), principal())


@blueprint.get("")
@requires(Permission.ORDER_JOIN)
@blueprint.arguments(Page, location="query", as_kwargs=True)
@blueprint.response(200, schemas.JointPlanPageSchema)
def list_joint_plans(limit: int, after: UUID | None) -> ResponseReturnValue:
    """The newest first."""
    with reading() as connection:
        rows = computations.page(connection, Kind.JOINT_PLAN, "", after, limit + 1)
    following = rows[limit - 1].computation_id if len(rows) > limit else None
    return cast("ResponseReturnValue", {"items": rows[:limit], "next": following})


@blueprint.get("/<uuid:joint_plan_id>")
@requires(Permission.ORDER_JOIN)
@blueprint.response(200, schemas.JointPlanSchema)
def show_joint_plan(joint_plan_id: UUID) -> ResponseReturnValue:
    """How far it is; when it is done, its figures with the proven bound."""
    with reading() as connection:
        return cast("ResponseReturnValue", found(connection, joint_plan_id, Kind.JOINT_PLAN))


@blueprint.get("/<uuid:joint_plan_id>/visits")
@requires(Permission.ORDER_JOIN)
@blueprint.arguments(schemas.VisitsQuery, location="query", as_kwargs=True)
@blueprint.response(200, schemas.PlannedVisitPageSchema)
def list_planned_visits(
    joint_plan_id: UUID, limit: int, after: int, joined: bool | None
) -> ResponseReturnValue:
    """By day."""
    with reading() as connection:
        found(connection, joint_plan_id, Kind.JOINT_PLAN)
        rows = store.visits(connection, joint_plan_id, joined=joined, after=after, limit=limit + 1)
    following = rows[limit - 1].number if len(rows) > limit else None
    return cast("ResponseReturnValue", {"items": rows[:limit], "next": following})


@blueprint.get("/<uuid:joint_plan_id>/apart")
@requires(Permission.ORDER_JOIN)
@blueprint.arguments(schemas.ApartQuery, location="query", as_kwargs=True)
@blueprint.response(200, schemas.ApartPageSchema)
def list_orders_apart(joint_plan_id: UUID, limit: int, after: UUID | None) -> ResponseReturnValue:
    """Orders that were not joined, each with why."""
    with reading() as connection:
        found(connection, joint_plan_id, Kind.JOINT_PLAN)
        rows = store.apart(connection, joint_plan_id, after=after, limit=limit + 1)
    following = rows[limit - 1].order_id if len(rows) > limit else None
    return cast("ResponseReturnValue", {"items": rows[:limit], "next": following})


@blueprint.post("/<uuid:joint_plan_id>/accept")
@requires(Permission.ORDER_JOIN)
@blueprint.arguments(schemas.AcceptVisitsSchema)
@blueprint.response(200, schemas.AcceptedVisitsSchema)
def accept_visits(body: dict[str, Any], joint_plan_id: UUID) -> ResponseReturnValue:
    """Turn visits into join proposals. Each stands for itself: one whose orders changed is refused and says what
    changed, the others go on. Accepting a visit again gives the same proposal."""
    with reading() as connection:
        found(connection, joint_plan_id, Kind.JOINT_PLAN)
    answers = [_accepted(joint_plan_id, number) for number in dict.fromkeys(body["visits"])]
    return cast("ResponseReturnValue", {"visits": answers})


def _accepted(joint_plan_id: UUID, number: int) -> dict[str, Any]:
    """A transaction of its own: locks on several enterprises in one could close a circle."""
    try:
        with UnitOfWork(pool(), SOURCE) as uow:
            proposal_id = commands.accept(joint_plan_id, number, uow, principal())
            uow.commit()
    except YichaError as error:
        return {"number": number, "proposal_id": None, "refused": _refused(error)}
    return {"number": number, "proposal_id": proposal_id, "refused": None}


def _refused(error: YichaError) -> dict[str, Any]:
    return {
        "code": error.code,
        "explanation": text(error.detail),
        "remedy": text(error.remedy),
        "changed": error.extra.get("changed", []),
    }
