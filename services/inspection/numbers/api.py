"""检查单号 of one's own visits: other services know an order by its id alone."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from flask.typing import ResponseReturnValue

from services.chassis.blueprint import Blueprint
from services.chassis.identity import principal, requires_enterprise
from services.chassis.transaction import current_uow, transactional
from services.inspection.codes.commands import numbers_of
from services.inspection.numbers import schemas, store

blueprint = Blueprint("numbers", __name__, url_prefix="/api/inspection/v1", description="检查单号")


@blueprint.get("/order-numbers")
@requires_enterprise()
@blueprint.arguments(schemas.OrdersQuery, location="query", as_kwargs=True)
@blueprint.response(200, schemas.OrderNumbersSchema)
@transactional
def list_numbers(order_id: list[UUID]) -> ResponseReturnValue:
    """Of those that somebody came for, or was refused under; another order has no number yet as far as its enterprise
    knows."""
    connection = current_uow().connection
    own = store.met(connection, cast("UUID", principal().enterprise_id), order_id)
    numbers = numbers_of(own, connection).items()
    items = [{"order_id": each, "number": number} for each, number in numbers]
    return cast("ResponseReturnValue", {"items": items})
