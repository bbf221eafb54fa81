"""整改: what the enterprise has to put right, its proof, and the recheck."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask.typing import ResponseReturnValue
from psycopg import Connection

from services.chassis import clock
from services.chassis.blueprint import Blueprint
from services.chassis.errors import Forbidden
from services.chassis.identity import Permission, principal, requires, requires_enterprise
from services.chassis.policy import city_day, policies
from services.chassis.problem import problem
from services.chassis.transaction import current_uow, idempotent, offered_version, reading, versioned
from services.inspection.orders import queries
from services.inspection.rectification import commands, schemas, store
from services.inspection.rectification import queries as listing
from services.inspection.rectification.commands import Prove, RecheckRemotely
from services.inspection.rectification.model import Stage

blueprint = Blueprint("rectification", __name__, url_prefix="/api/inspection/v1", description="整改与复查")


@blueprint.get("/rectifications")
@requires_enterprise()
@blueprint.response(200, schemas.RectifyingListSchema)
def list_own_rectifications() -> ResponseReturnValue:
    """What one's own enterprise has to put right, the nearest deadline first."""
    enterprise_id = principal().enterprise_id
    if enterprise_id is None:
        raise Forbidden()
    with reading() as connection:
        return cast("ResponseReturnValue", {"items": store.of_enterprise(connection, enterprise_id)})


@blueprint.get("/desk/rectifications")
@requires(Permission.ORDER_READ)
@blueprint.arguments(schemas.DueQuery, location="query", as_kwargs=True)
@blueprint.response(200, schemas.DuePageSchema)
def list_rectifications(limit: int, stage: Stage, q: str | None, **filters: Any) -> ResponseReturnValue:
    """Of orders that one's agency takes part in, the nearest deadline first; a coordinator sees all."""
    who = principal()
    today = city_day(policies().governing(who.area_code or "", clock.now()), clock.now())
    with reading() as connection:
        found = listing.listed(connection, who, stage, filters, asked=q, today=today, limit=limit)
    following = found[limit - 1].order_id if len(found) > limit else None
    return cast("ResponseReturnValue", {"items": found[:limit], "next": following})


@blueprint.post("/orders/<uuid:order_id>/rectification-proofs")
@requires_enterprise()
@idempotent
@blueprint.arguments(schemas.ProveSchema)
@blueprint.response(201, schemas.ProofSchema)
def send_proof(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """The enterprise says what it has put right, so that nobody need come again."""
    proof = commands.prove(Prove(order_id=order_id, **body), current_uow(), principal())
    return cast("ResponseReturnValue", (proof, 201))


@blueprint.get("/orders/<uuid:order_id>/rectification")
@requires(Permission.ORDER_READ)
@blueprint.response(200, schemas.RectificationSchema)
def show_rectification(order_id: UUID) -> ResponseReturnValue:
    """Proofs and rechecks, the oldest first."""
    with reading() as connection:
        return _shown(connection, order_id)


@blueprint.post("/orders/<uuid:order_id>/recheck")
@requires(Permission.RECORD_MAKE)
@versioned()
@idempotent
@blueprint.arguments(schemas.RecheckOrderSchema)
@blueprint.response(200, schemas.RectificationSchema)
@blueprint.alt_response(409, description="`rule_blocked`: not passed, and no new deadline (R4)")
def recheck_order(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """复查 from the desk, by the agency that leads: passed closes the order, not passed sets a new deadline."""
    body = {name: value for name, value in body.items() if name != "mode"}
    command = RecheckRemotely(order_id=order_id, version=offered_version(), **body)
    uow = current_uow()
    done = commands.recheck(command, uow, principal())
    if done.refusal:
        return problem(done.refusal)
    return _shown(uow.connection, order_id)


def _shown(connection: Connection[Any], order_id: UUID) -> ResponseReturnValue:
    order = queries.order_view(connection, order_id, principal())
    body = {
        "order_id": order_id,
        "version": order.version,
        "state": order.state,
        "due_on": order.rectification_due_on,
        "closed_at": order.closed_at,
        "proofs": store.proofs(connection, order_id),
        "rechecks": store.rechecks(connection, order_id),
    }
    return cast("ResponseReturnValue", (body, 200, {"ETag": f'"{order.version}"'}))
