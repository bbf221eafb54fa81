"""The duplicates desk: what was found, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, requires
from services.chassis.transaction import reading
from services.oversight.duplicates import schemas, store
from services.oversight.orders.api import bounded

duplicates = Blueprint("duplicates", __name__, url_prefix="/api/oversight/v1", description="重复检查")


@duplicates.get("/duplicates")
@requires(Permission.OVERSIGHT_READ)
@duplicates.arguments(schemas.PairsQuery, location="query")
@duplicates.response(200, schemas.PairsSchema)
def list_duplicates(query: Mapping[str, Any]):
    """Newest first. An agency sees the pairs that its own orders ran into."""
    with reading() as connection:
        found = store.pairs(connection, bounded(query))
    items = found[: query["limit"]]
    following = query["offset"] + len(items) if len(found) > len(items) else None
    return {"items": items, "next_offset": following}
