"""生产高峰日: an enterprise says on which days it would rather not be visited."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask.typing import ResponseReturnValue

from services.chassis.blueprint import Blueprint
from services.chassis.errors import Forbidden
from services.chassis.identity import principal, requires_enterprise
from services.chassis.transaction import current_uow, idempotent, reading, transactional
from services.inspection.blackouts import commands, schemas, store
from services.inspection.blackouts.commands import SetBlackout

blueprint = Blueprint(
    "blackouts", __name__, url_prefix="/api/inspection/v1", description="生产高峰日 of an enterprise"
)


@blueprint.get("/blackouts")
@requires_enterprise()
@blueprint.response(200, schemas.BlackoutsSchema)
def list_blackouts() -> ResponseReturnValue:
    """One's own that are not over, in their order."""
    enterprise_id = _own()
    with reading() as connection:
        today = commands.today_of(connection, enterprise_id)
        return cast("ResponseReturnValue", {"items": store.standing(connection, enterprise_id, today)})


@blueprint.post("/blackouts")
@requires_enterprise()
@idempotent
@blueprint.arguments(schemas.SetBlackoutSchema)
@blueprint.response(201, schemas.BlackoutSchema)
def set_blackout(body: dict[str, Any]) -> ResponseReturnValue:
    """Ask to be spared on these days. Agencies see them when they draft and approve; they forbid nothing."""
    command = SetBlackout(enterprise_id=_own(), **body)
    return cast("ResponseReturnValue", commands.set_blackout(command, current_uow()))


@blueprint.post("/blackouts/<uuid:blackout_id>/take-back")
@requires_enterprise()
@transactional
@blueprint.response(200, schemas.BlackoutSchema)
def take_back(blackout_id: UUID) -> ResponseReturnValue:
    """The days are free again. A second time changes nothing."""
    return cast("ResponseReturnValue", commands.take_back(blackout_id, _own(), current_uow()))


def _own() -> UUID:
    enterprise_id = principal().enterprise_id
    if enterprise_id is None:
        raise Forbidden()
    return enterprise_id
