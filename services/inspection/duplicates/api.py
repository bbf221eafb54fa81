"""What people say of two orders, over HTTP."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

import marshmallow as ma
from flask.typing import ResponseReturnValue
from marshmallow import validate

from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import current_uow, idempotent
from services.inspection.duplicates import store
from services.inspection.duplicates.commands import Dismiss, dismiss
from services.inspection.orders.schemas import ReasonSchema

blueprint = Blueprint("verdicts", __name__, url_prefix="/api/inspection/v1", description="重复检查的认定")


class VerdictSchema(ReasonSchema):
    verdict = ma.fields.String(required=True, validate=validate.OneOf(["not_duplicate"]))


class VerdictAnswerSchema(ma.Schema):
    one = ma.fields.UUID(required=True)
    other = ma.fields.UUID(required=True)
    rule = ma.fields.String(required=True, validate=validate.OneOf(["J1", "J2"]))
    found_at = ma.fields.AwareDateTime(required=True)
    reason = ma.fields.String(required=True)
    answered_at = ma.fields.AwareDateTime(required=True)
    said_of = ma.fields.List(
        ma.fields.Dict(),
        required=True,
        metadata={"description": "Revision, window and items of both: when these change, it is forgotten"},
    )


@blueprint.post("/duplicates/<uuid:one>/<uuid:other>/verdict")
@requires(Permission.ORDER_READ)
@idempotent
@blueprint.arguments(VerdictSchema)
@blueprint.response(200, VerdictAnswerSchema)
def dismiss_duplicate(body: dict[str, Any], one: UUID, other: UUID) -> ResponseReturnValue:
    """不是重复: said by an agency on either order or by a coordinator, and remembered until one of them changes.

    It answers rule J2. It does not lift rule J1: one agency's overlapping orders are merged.
    """
    uow = current_uow()
    dismiss(Dismiss(one=one, other=other, reason=body["reason"]), uow, principal())
    return cast("ResponseReturnValue", (store.pair(uow.connection, one, other), 200))
