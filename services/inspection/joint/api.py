"""Leaving a joint order, over HTTP."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

import marshmallow as ma
from flask.typing import ResponseReturnValue
from marshmallow import validate

from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import current_uow, idempotent, offered_version, versioned
from services.inspection.joint.splitting import Split, split
from services.inspection.orders.model import State
from services.inspection.orders.schemas import ReasonSchema

blueprint = Blueprint("joint", __name__, url_prefix="/api/inspection/v1", description="综合查一次")


class SplitSchema(ReasonSchema):
    order_id = ma.fields.UUID(required=True, metadata={"description": "The order that leaves"})


class SplitAnswerSchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True, validate=validate.OneOf(list(State)))
    left = ma.fields.UUID(required=True, metadata={"description": "A draft again, as it was before"})


@blueprint.post("/orders/<uuid:order_id>/split")
@requires(Permission.ORDER_READ)
@versioned()
@idempotent
@blueprint.arguments(SplitSchema)
@blueprint.response(200, SplitAnswerSchema)
@blueprint.alt_response(409, description="Someone has entered, or too few inspectors would remain (rule A3).")
def split_order(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """拆分: an order that lives in this joint order leaves it, before anyone entered.

    By an agency of the order that leaves, or by a coordinator. The joint order keeps its code, window and state.
    """
    leaving: UUID = body.pop("order_id")
    command = Split(order_id=order_id, leaving=leaving, version=offered_version(), **body)
    joint = split(command, current_uow(), principal()).order
    answer = {"order_id": joint.order_id, "version": joint.version, "state": joint.state, "left": leaving}
    return cast("ResponseReturnValue", (answer, 200, {"ETag": f'"{joint.version}"'}))
