"""检查单 over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from flask.typing import ResponseReturnValue
from psycopg import Connection

from services.chassis import clock
from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, principal, requires
from services.chassis.policy import city_day, policies
from services.chassis.problem import problem
from services.chassis.schema import Schema
from services.chassis.transaction import (
    current_uow,
    idempotent,
    offered_version,
    reading,
    required_version,
    transactional,
    versioned,
)
from services.inspection.gate.errors import shown
from services.inspection.joint.commands import Merge, merge
from services.inspection.orders import answers, commands, queries, schemas
from services.inspection.orders.caps import caps_used
from services.inspection.orders.commands import Done, Draft
from services.inspection.orders.commands.check import check
from services.inspection.orders.model import allowed

blueprint = Blueprint(
    "orders", __name__, url_prefix="/api/inspection/v1", description="检查单 and their gate"
)
View = Callable[..., ResponseReturnValue]
_REFUSED = "The rules stop it: `rule_blocked` or `reason_required`, with every finding. Kept with the order."


def _command(body: type[Schema], *, read_first: bool = False) -> Callable[[View], View]:
    """What moves an order: done once however often it is sent, heeding If-Match, which `read_first` demands; it answers
    with the order as it is then."""

    def of(view: View) -> View:
        answering = blueprint.arguments(body)(blueprint.response(200, answers.OrderSchema)(view))
        return versioned(required=read_first)(idempotent(answering))

    return of


@blueprint.post("/gate-checks")
@requires(Permission.ORDER_DRAFT_URGENT)
@blueprint.arguments(schemas.DraftSchema)
@blueprint.arguments(schemas.CheckQuery, location="query", as_kwargs=True)
@blueprint.response(200, answers.CheckSchema)
def check_draft(draft: Draft, order_id: UUID | None) -> ResponseReturnValue:
    """What the rules would say of this draft. Stores nothing."""
    with reading() as connection:
        checked = check(draft, connection, principal(), order_id)
    return {"findings": shown(checked.findings), "policy": checked.policy}


@blueprint.post("/orders")
@requires(Permission.ORDER_DRAFT_URGENT)
@idempotent
@blueprint.arguments(schemas.DraftSchema)
@blueprint.response(201, answers.OrderSchema)
def draft_order(draft: Draft) -> ResponseReturnValue:
    """Draft an order of one's own agency. Findings come with it; a draft may have blocking ones. Without `orders:draft`, as
    an inspector, only an urgent one for today and oneself: it is entered at once, and the head is asked afterwards (A6).
    """
    return _answer(commands.draft(draft, current_uow(), principal()), 201)


@blueprint.get("/orders")
@requires(Permission.ORDER_READ)
@blueprint.arguments(schemas.OrdersQuery, location="query", as_kwargs=True)
@blueprint.response(200, answers.SummaryPageSchema)
def list_orders(limit: int, q: str | None, **filters: Any) -> ResponseReturnValue:
    """Orders that one's agency takes part in, the newest first; a coordinator sees all."""
    with reading() as connection:
        found = queries.list_orders(connection, principal(), filters, asked=q, limit=limit)
    following = found[limit - 1].order_id if len(found) > limit else None
    return cast("ResponseReturnValue", {"items": found[:limit], "next": following})


@blueprint.get("/orders/<uuid:order_id>")
@requires(Permission.ORDER_READ)
@blueprint.response(200, answers.OrderSchema)
def show_order(order_id: UUID) -> ResponseReturnValue:
    """All that whoever decides on it needs: findings of the latest look, approvals, visits this year, steps."""
    with reading() as connection:
        return _shown(connection, order_id, 200)


@blueprint.put("/orders/<uuid:order_id>")
@requires(Permission.ORDER_DRAFT)
@versioned(required=True)
@transactional
@blueprint.arguments(schemas.DraftSchema)
@blueprint.response(200, answers.OrderSchema)
def revise_order(draft: Draft, order_id: UUID) -> ResponseReturnValue:
    """Change a draft. Needs If-Match. Reasons and approvals given before no longer hold."""
    command = commands.Revise(order_id=order_id, version=required_version(), content=draft)
    return _answer(commands.revise(command, current_uow(), principal()))


@blueprint.post("/orders/<uuid:order_id>/submit")
@requires(Permission.ORDER_DRAFT)
@_command(schemas.ReasonsSchema)
@blueprint.alt_response(409, description=_REFUSED)
def submit_order(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """报批. Blocking findings stop it; each `justify` finding needs its own reason."""
    command = commands.Submit(order_id=order_id, version=offered_version(), **body)
    return _answer(commands.submit(command, current_uow(), principal()))


@blueprint.post("/orders/<uuid:order_id>/return")
@requires(Permission.ORDER_APPROVE)
@_command(schemas.ReasonSchema)
def return_order(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """退回 to the draft, with a reason."""
    command = commands.Return(order_id=order_id, version=offered_version(), **body)
    return _answer(commands.return_order(command, current_uow(), principal()))


@blueprint.post("/orders/<uuid:order_id>/approve")
@requires(Permission.ORDER_APPROVE)
@_command(schemas.ReasonsSchema, read_first=True)
@blueprint.alt_response(409, description=_REFUSED)
def approve_order(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """审批 by the head of the agency. Needs If-Match: a head signs what was read, not what it became since.

    A joint order is approved when the head of each of its agencies has said so. Nobody approves an order
    they drafted or submitted (rule A5).
    """
    command = commands.Approve(order_id=order_id, version=required_version(), **body)
    return _answer(commands.approve(command, current_uow(), principal()))


@blueprint.post("/orders/<uuid:order_id>/issue")
@requires(Permission.ORDER_ISSUE)
@_command(schemas.ReasonsSchema)
@blueprint.alt_response(409, description=_REFUSED)
def issue_order(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """签发: the order code exists from now on and the checklists are fixed."""
    command = commands.Issue(order_id=order_id, version=offered_version(), **body)
    return _answer(commands.issue(command, current_uow(), principal()))


@blueprint.post("/orders/<uuid:order_id>/cancel")
@requires(Permission.ORDER_READ)
@_command(schemas.ReasonSchema)
def cancel_order(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """撤销 before anyone entered: by the agency that leads, or by a coordinator."""
    command = commands.Cancel(order_id=order_id, version=offered_version(), **body)
    return _answer(commands.cancel(command, current_uow(), principal()))


@blueprint.post("/orders/<uuid:order_id>/close")
@requires(Permission.ORDER_APPROVE)
@_command(schemas.NothingSchema)
def close_order(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """办结 of what was concluded: not before the head has spoken on an urgent one (A6), the record is signed (R2) and
    what had to be put right was rechecked (R4)."""
    command = commands.Close(order_id=order_id, version=offered_version())
    return _answer(commands.close(command, current_uow(), principal()))


@blueprint.post("/orders/<uuid:order_id>/ratify")
@requires(Permission.ORDER_APPROVE)
@_command(schemas.NothingSchema)
def ratify_order(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """突发: the head approves afterwards what began at once (rule A6). `GET /orders?ratification=pending` lists what
    waits. Nobody ratifies an order they drafted, or a visit they made."""
    command = commands.Ratify(order_id=order_id, version=offered_version())
    return _answer(commands.ratify(command, current_uow(), principal()))


@blueprint.post("/orders/<uuid:order_id>/disapprove")
@requires(Permission.ORDER_APPROVE)
@_command(schemas.ReasonSchema)
def disapprove_order(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """突发: the head does not approve. The visit ends; nothing may be ordered or referred on its ground."""
    command = commands.Disapprove(order_id=order_id, version=offered_version(), **body)
    return _answer(commands.disapprove(command, current_uow(), principal()))


@blueprint.post("/orders/<uuid:order_id>/inspectors/replace")
@requires(Permission.ORDER_APPROVE)
@_command(schemas.ReplaceSchema)
@blueprint.alt_response(409, description="The rules on who may go (A3, A5, F4) stop it")
def replace_inspector(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """换人 before entry, on the word of the head of their agency: one inspector for another of the same agency."""
    command = commands.ReplaceInspector(order_id=order_id, version=offered_version(), **body)
    return _answer(commands.replace_inspector(command, current_uow(), principal()))


@blueprint.post("/orders/<uuid:order_id>/merge")
@requires(Permission.ORDER_READ)
@_command(schemas.MergeSchema)
def merge_orders(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """综合查一次: this order takes in `absorb`, of the same premises, and one visit serves both.

    By a coordinator, or by the agency that leads both. The joint order keeps its own window, lead and state;
    what joins an approved or issued order must be approved itself for that window.
    """
    command = Merge(order_id=order_id, version=offered_version(), **body)
    return _answer(merge(command, current_uow(), principal()))


def _answer(done: Done, status: int = 200) -> ResponseReturnValue:
    """The order as it is now; or why the rules stopped the command, which is kept as well."""
    if done.refusal:
        return problem(done.refusal)
    return _shown(current_uow().connection, done.order.order_id, status)


def _shown(connection: Connection[Any], order_id: UUID, status: int) -> ResponseReturnValue:
    order = queries.order_view(connection, order_id, principal())
    now = clock.now()
    profile = policies().governing(order.premises.area_code if order.premises else "", now)
    visits = queries.visits_this_year(connection, order.enterprise_id, profile, city_day(profile, now))
    body = asdict(order) | {
        "allowed": list(allowed(order.state, order.trigger, order.ratification)),  # pyright: ignore[reportArgumentType]
        "visits": visits,
        "caps": caps_used(connection, order, policies(), now),
    }
    return cast("ResponseReturnValue", (body, status, {"ETag": f'"{order.version}"'}))
