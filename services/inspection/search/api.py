"""找企业: by what can be read of a worn plate, or by ear."""

from __future__ import annotations

from typing import Any, cast

from flask import request
from flask.typing import ResponseReturnValue
from psycopg import Connection

from services.chassis.areas import prefix_of
from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, Principal, principal, requires
from services.chassis.limits import limiter
from services.chassis.transaction import reading
from services.inspection.replica.agencies import acting_for
from services.inspection.search import schemas, store
from services.inspection.search.asked import ways_to_find
from services.inspection.search.text import folded

blueprint = Blueprint("search", __name__, url_prefix="/api/inspection/v1/enterprises", description="找企业")


def _bearer() -> str:
    """A whole office is one address to us."""
    return request.headers.get("Authorization", "")


@blueprint.get("")
@requires(Permission.REGISTRY_READ)
@limiter.limit("120/minute", key_func=_bearer)
@blueprint.arguments(schemas.SearchQuery, location="query", as_kwargs=True)
@blueprint.response(200, schemas.FoundListSchema)
def search_enterprises(q: str, limit: int) -> ResponseReturnValue:
    """Enterprises with premises in the area of one's agency, and those premises. Short codes of gate plates are not
    told: they are read at the gate. Nothing is found by less than two letters or characters."""
    with reading() as connection:
        area = _area(connection, principal())
        ways = ways_to_find(q, area)
        found = store.find(connection, ways, asked=folded(q), area=area, limit=limit + 1) if ways else []
    return cast("ResponseReturnValue", {"items": found[:limit], "more": len(found) > limit})


def _area(connection: Connection[Any], who: Principal) -> str:
    """What the area codes of what one may find begin with."""
    if who.agency_id is not None:
        return acting_for(connection, who).area
    return prefix_of(who.area_code) if who.area_code else ""
