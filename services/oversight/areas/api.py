"""The net as a map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import reading
from services.oversight import calendar
from services.oversight.areas import schemas, store
from services.oversight.figures.api import period_of
from services.oversight.scope import agency_scope

areas = Blueprint("areas", __name__, url_prefix="/api/oversight/v1", description="网格地图")


@areas.get("/areas")
@requires(Permission.OVERSIGHT_READ)
@areas.arguments(schemas.AreasQuery, location="query")
@areas.response(200, schemas.AreasSchema)
def list_areas(query: Mapping[str, Any]):
    """Every grid with premises or visits. An agency sees what it did; premises are all there are."""
    scope, period, today = agency_scope(principal(), query["agency_id"]), period_of(query), calendar.today()
    with reading() as connection:
        found = store.areas(connection, scope, period, today, query["area"])
    return {"from": period.first, "to": period.last, "today": today, "items": found}
