"""年度检查计划 over HTTP: the published ones for everybody, the draft for its agency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from psycopg import Connection

from services.chassis.blueprint import Blueprint
from services.chassis.errors import NotFound, Text
from services.chassis.identity import Permission, open_to_all, principal, requires
from services.chassis.transaction import (
    current_uow,
    reading,
    required_version,
    transactional,
    versioned,
)
from services.inspection.orders.scope import own_agency
from services.inspection.plans import commands, schemas, store, view
from services.inspection.plans.commands import Publish, Write
from services.inspection.plans.model import Plan

blueprint = Blueprint("plans", __name__, url_prefix="/api/inspection/v1", description="年度检查计划")
_PUBLIC = "plans of inspection are public by law (rule R5)"


@blueprint.get("/plans")
@open_to_all(_PUBLIC)
@blueprint.arguments(schemas.PlansQuery, location="query", as_kwargs=True)
@blueprint.response(200, schemas.PlanPageSchema)
def list_plans(limit: int, **filters: Any) -> ResponseReturnValue:
    """What was published, every revision, the newest first."""
    with reading() as connection:
        found = store.list_published(connection, limit=limit, **filters)
        items = view.summary(connection, found[:limit])
    following = found[limit - 1].plan_id if len(found) > limit else None
    return cast("ResponseReturnValue", {"items": items, "next": following})


@blueprint.get("/plans/<uuid:plan_id>")
@open_to_all(_PUBLIC)
@blueprint.response(200, schemas.PlanSchema)
def show_plan(plan_id: UUID) -> ResponseReturnValue:
    """One published revision, and what it changed."""
    with reading() as connection:
        plan = store.published(connection, plan_id)
        if plan is None:
            raise NotFound("plan", plan_id)
        return cast("ResponseReturnValue", view.shown(connection, plan))


@blueprint.get("/plans/<uuid:plan_id>/progress")
@requires(Permission.ORDER_READ)
@blueprint.response(200, schemas.PlanProgressListSchema)
def show_plan_progress(plan_id: UUID) -> ResponseReturnValue:
    """Of each item, how many of its visits were made and are still to come: routine, random and of campaigns. Visits that
    nobody can plan, after a complaint or for a recheck, are not among them."""
    with reading() as connection:
        plan = store.published(connection, plan_id)
        if plan is None:
            raise NotFound("plan", plan_id)
        return cast("ResponseReturnValue", {"items": view.progress(connection, plan)})


@blueprint.get("/plan-drafts")
@requires(Permission.ORDER_READ)
@blueprint.response(200, schemas.PlanDraftsSchema)
def list_plan_drafts() -> ResponseReturnValue:
    """For which years one's own agency is writing a revision, the earliest first."""
    with reading() as connection:
        drafts = store.drafts(connection, own_agency(principal()))
        return cast("ResponseReturnValue", {"items": view.summary(connection, drafts)})


@blueprint.get("/plan-drafts/<int:year>")
@requires(Permission.ORDER_READ)
@blueprint.response(200, schemas.PlanSchema)
def show_plan_draft(year: int) -> ResponseReturnValue:
    """The next revision of one's own agency, as it stands."""
    with reading() as connection:
        draft = store.draft(connection, own_agency(principal()), _sane(year))
        if draft is None:
            raise NotFound("plan draft", year)
        return _answer(connection, draft)


@blueprint.put("/plan-drafts/<int:year>")
@requires(Permission.ORDER_DRAFT)
@versioned()
@transactional
@blueprint.arguments(schemas.WriteSchema)
@blueprint.response(200, schemas.PlanSchema)
def write_plan(body: dict[str, Any], year: int) -> ResponseReturnValue:
    """Write the plan of a year, or its next revision. Needs If-Match where there is a draft already."""
    edition = required_version() if "If-Match" in request.headers else 0
    command = Write(year=year, edition=edition, note=body["note"], items=tuple(body["items"]))
    written = commands.write(command, current_uow(), principal())
    return _answer(current_uow().connection, written)


@blueprint.post("/plan-drafts/<int:year>/publish")
@requires(Permission.ORDER_APPROVE)
@versioned(required=True)
@transactional
@blueprint.response(200, schemas.PlanSchema)
def publish_plan(year: int) -> ResponseReturnValue:
    """公布 by the head of the agency. Needs If-Match: a head signs what was read. `notices` says when it is late."""
    command = Publish(year=_sane(year), edition=required_version())
    plan, notices = commands.publish(command, current_uow(), principal())
    return _answer(current_uow().connection, plan, notices)


def _sane(year: int) -> int:
    """The database knows no year of more than nine digits. Raises NotFound."""
    if year > 9999:
        raise NotFound("plan draft", year)
    return year


def _answer(connection: Connection[Any], plan: Plan, notices: Sequence[Text] = ()) -> ResponseReturnValue:
    body = view.shown(connection, plan, notices)
    return cast("ResponseReturnValue", (body, 200, {"ETag": f'"{plan.edition}"'}))
