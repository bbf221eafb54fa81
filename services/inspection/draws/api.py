"""双随机 over HTTP: every draw is public from its commitment on, whatever becomes of it."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, open_to_all, principal, requires
from services.chassis.transaction import (
    current_uow,
    idempotent,
    reading,
    required_version,
    transactional,
    versioned,
)
from services.inspection.draws import commands, schemas, store, view
from services.inspection.draws.commands import Abandon, Reveal
from services.inspection.draws.commit import Commit, commit
from services.inspection.draws.lists import Lists, pool
from services.inspection.draws.orders import DraftOrders, draft_orders
from services.inspection.draws.store import Draw

blueprint = Blueprint("draws", __name__, url_prefix="/api/inspection/v1", description="双随机抽取")
_PUBLIC = "draws are public by law (rule R5), and nobody need take our word for them"


@blueprint.get("/draws")
@open_to_all(_PUBLIC)
@blueprint.arguments(schemas.DrawsQuery, location="query", as_kwargs=True)
@blueprint.response(200, schemas.DrawPageSchema)
def list_draws(limit: int, **filters: Any) -> ResponseReturnValue:
    """Committed, revealed and abandoned ones, the newest first."""
    with reading() as connection:
        found = store.listed(connection, limit=limit, **filters)
        items = view.rows(connection, found[:limit])
    following = found[limit - 1].draw_id if len(found) > limit else None
    return cast("ResponseReturnValue", {"items": items, "next": following})


@blueprint.get("/draws/<uuid:draw_id>")
@open_to_all(_PUBLIC)
@blueprint.response(200, schemas.DrawSchema)
def show_draw(draw_id: UUID) -> ResponseReturnValue:
    with reading() as connection:
        draw = store.find(connection, draw_id)
        body = view.shown(connection, draw)
    return cast("ResponseReturnValue", (body, 200, {"ETag": f'"{draw.version}"'}))


@blueprint.get("/draws/<uuid:draw_id>/file")
@open_to_all(_PUBLIC)
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/json")
def draw_file(draw_id: UUID) -> ResponseReturnValue:
    """All it takes to draw again: `yicha draw verify FILE`, or a program of your own after docs/draws.md."""
    with reading() as connection:
        draw = store.find(connection, draw_id)
        content = view.file_of(connection, draw)
    response = Response(content, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="draw-{draw_id}.json"'
    response.headers["ETag"] = f'"{draw.version}"'
    return response


@blueprint.post("/draw-checks")
@requires(Permission.ORDER_DRAFT)
@blueprint.arguments(schemas.ListsSchema)
@blueprint.response(200, schemas.PoolSchema)
def check_draw(asked: Lists) -> ResponseReturnValue:
    """How many there would be to draw from, and whom one could send. Stores nothing."""
    with reading() as connection:
        return cast("ResponseReturnValue", pool(asked, connection, principal()))


@blueprint.post("/draws")
@requires(Permission.ORDER_DRAFT)
@idempotent
@blueprint.arguments(schemas.CommitSchema)
@blueprint.response(201, schemas.DrawSchema)
def commit_draw(command: Commit) -> ResponseReturnValue:
    """Fix lists and seed, and publish the commitment. Nothing is drawn yet, and nobody knows what will be."""
    return _answer(commit(command, current_uow(), principal()), 201)


@blueprint.post("/draws/<uuid:draw_id>/reveal")
@requires(Permission.ORDER_APPROVE)
@versioned(required=True)
@transactional
@blueprint.arguments(schemas.RevealSchema)
@blueprint.response(200, schemas.DrawSchema)
@blueprint.alt_response(409, description="`too_early` or `wrong_state`")
def reveal_draw(body: dict[str, Any], draw_id: UUID) -> ResponseReturnValue:
    """揭示 the seed, and draw. The result follows from what was committed to and from the public value."""
    command = Reveal(draw_id=draw_id, version=required_version(), **body)
    return _answer(commands.reveal(command, current_uow(), principal()))


@blueprint.post("/draws/<uuid:draw_id>/abandon")
@requires(Permission.ORDER_APPROVE)
@versioned(required=True)
@transactional
@blueprint.arguments(schemas.AbandonSchema)
@blueprint.response(200, schemas.DrawSchema)
def abandon_draw(body: dict[str, Any], draw_id: UUID) -> ResponseReturnValue:
    """Give it up before it is revealed. It stays public, with its seed and the reason."""
    command = Abandon(draw_id=draw_id, version=required_version(), **body)
    return _answer(commands.abandon(command, current_uow(), principal()))


@blueprint.post("/draws/<uuid:draw_id>/orders")
@requires(Permission.ORDER_DRAFT)
@idempotent
@blueprint.arguments(schemas.DraftOrdersSchema)
@blueprint.response(201, schemas.DraftedOrdersSchema)
def draft_drawn_orders(body: dict[str, Any], draw_id: UUID) -> ResponseReturnValue:
    """A draft order for each of the drawn premises that has none: all, or none and each fault by its rank
    (`/results/3`). They are judged when they are submitted."""
    for name in ("items", "considered", "leave_out"):
        body[name] = tuple(body[name])
    drafted = draft_orders(DraftOrders(draw_id=draw_id, **body), current_uow(), principal())
    return cast("ResponseReturnValue", ({"orders": drafted}, 201))


def _answer(draw: Draw, status: int = 200) -> ResponseReturnValue:
    body = view.shown(current_uow().connection, draw)
    return cast("ResponseReturnValue", (body, status, {"ETag": f'"{draw.version}"'}))
