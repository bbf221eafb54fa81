"""备案审查 over HTTP."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask.typing import ResponseReturnValue

from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import (
    current_uow,
    reading,
    required_version,
    transactional,
    versioned,
)
from services.inspection.reviews import commands, schemas, store
from services.inspection.reviews.commands import Review

blueprint = Blueprint("reviews", __name__, url_prefix="/api/inspection/v1", description="备案审查")


@blueprint.get("/reviews")
@requires(Permission.ORDER_REVIEW)
@blueprint.arguments(schemas.ReviewsQuery, location="query", as_kwargs=True)
@blueprint.response(200, schemas.WaitingPageSchema)
def list_waiting(limit: int, **filters: Any) -> ResponseReturnValue:
    """Orders that wait for a review, of all agencies, the oldest first."""
    with reading() as connection:
        found = store.waiting(connection, limit=limit, **filters)
    following = found[limit - 1].order_id if len(found) > limit else None
    return cast("ResponseReturnValue", {"items": found[:limit], "next": following})


@blueprint.post("/orders/<uuid:order_id>/review")
@requires(Permission.ORDER_REVIEW)
@versioned(required=True)
@transactional
@blueprint.arguments(schemas.ReviewSchema)
@blueprint.response(200, schemas.ReviewedSchema)
@blueprint.alt_response(409, description="`already_reviewed` or `wrong_state`")
def review_order(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """Pass it, or send it back with the reason. Needs If-Match: the word holds for what was read."""
    command = Review(order_id=order_id, version=required_version(), **body)
    order = commands.review(command, current_uow(), principal())
    return cast("ResponseReturnValue", (order, 200, {"ETag": f'"{order.version}"'}))
