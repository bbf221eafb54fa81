"""An enterprise reads which visits were made to it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from flask import current_app

from services.chassis import clock
from services.chassis.blueprint import Blueprint
from services.chassis.identity import principal, requires_enterprise
from services.chassis.schema import Page
from services.chassis.transaction import reading
from services.feedback.complaints import tracking
from services.feedback.policy import RATINGS
from services.feedback.ratings.api import OFFICE
from services.feedback.visits import queries, schemas
from services.feedback.visits.queries import OwnVisit

visits = Blueprint("visits", __name__, url_prefix="/api/feedback/v1", description="本企业的检查")


@visits.get("/visits")
@requires_enterprise()
@visits.arguments(Page, location="query", as_kwargs=True)
@visits.response(200, schemas.OwnVisitPageSchema)
def list_own_visits(limit: int, after: UUID | None):
    """Visits that took place at one's own enterprise, the newest first; `after` is the last `order_id` seen."""
    with reading() as connection:
        found = queries.own_visits(
            connection,
            cast("UUID", principal().enterprise_id),
            current_app.extensions[OFFICE],
            RATINGS,
            now=clock.now(),
            limit=limit + 1,
            after=after,
        )
    following = found[limit - 1].order_id if len(found) > limit else None
    return {"items": [_shown(visit) for visit in found[:limit]], "next": following}


def _shown(visit: OwnVisit) -> dict[str, Any]:
    return asdict(visit) | {"complaint": visit.complaint and tracking.shown(visit.complaint)}
