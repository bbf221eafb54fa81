"""From any number to the orders behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.blueprint import Blueprint
from services.chassis.errors import Forbidden, Text
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import reading
from services.oversight.figures.api import period_of
from services.oversight.orders import schemas, store
from services.oversight.orders.counted import COMPLAINTS
from services.oversight.orders.cursor import cursor_of, position_of
from services.oversight.scope import agency_scope

orders = Blueprint("orders", __name__, url_prefix="/api/oversight/v1", description="数字背后的检查")


@orders.get("/orders")
@requires(Permission.OVERSIGHT_READ)
@orders.arguments(schemas.OrdersQuery, location="query")
@orders.response(200, schemas.OrderPageSchema)
def list_orders(query: Mapping[str, Any]):
    """With `measure`, exactly what the figure of that name counts, one line for each, with the order behind it.

    Complaints are for those who see all.
    """
    measure, by = query["measure"], query["by"]
    if measure in COMPLAINTS and not principal().sees_all:
        raise Forbidden(Text("投诉只供统筹和审计查看", "complaints are shown to coordinators and auditors"))
    filters = bounded(query) | position_of(query["after"], measure) | {"value": query["value"] or None}
    with reading() as connection:
        found = (
            store.lines_of_measure(connection, measure, by, filters)
            if measure
            else store.orders_in_state(connection, by, filters)
        )
    items = found[: query["limit"]]
    return {"items": items, "next": cursor_of(items[-1], measure) if len(found) > len(items) else None}


@orders.get("/refusals")
@requires(Permission.OVERSIGHT_READ)
@orders.arguments(schemas.PeriodPage, location="query")
@orders.response(200, schemas.RefusalPageSchema)
def list_refusals(query: Mapping[str, Any]):
    """Entries that the gate refused."""
    with reading() as connection:
        found = store.refusals(connection, bounded(query))
    items = found[: query["limit"]]
    return {"items": items, "next": items[-1].refusal_id if len(found) > len(items) else None}


def bounded(query: Mapping[str, Any]) -> dict[str, Any]:
    """The query as the store takes it: within what the caller may see, with one row more than asked for."""
    period = period_of(query)
    return {
        **query,
        "agency_id": agency_scope(principal(), query["agency_id"]),
        "first": period.first,
        "last": period.last,
        "limit": query["limit"] + 1,
    }
