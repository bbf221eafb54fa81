"""送达确认: by whoever was shown an order code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from flask.typing import ResponseReturnValue

from services.chassis.attempts import Limit, counted
from services.chassis.blueprint import Blueprint
from services.chassis.codes import BadCode
from services.chassis.identity import open_to_all
from services.chassis.limits import address
from services.chassis.transaction import current_uow, idempotent
from services.inspection.codes import queries
from services.inspection.codes.signing import keyring
from services.inspection.notices import commands, schemas
from services.inspection.refusals.api import NoSuchCode

blueprint = Blueprint("notices", __name__, url_prefix="/api/inspection/v1", description="检查通知送达确认")


@blueprint.post("/codes/<code>/notice-reading")
@open_to_all("whoever was shown the order code may say that the notice was read")
@counted(Limit(20, timedelta(hours=1), address))
@idempotent
@blueprint.arguments(schemas.ConfirmSchema)
@blueprint.response(201, schemas.NoticeReadingSchema)
@blueprint.alt_response(409, description="`notice_not_in_force`: not issued, withdrawn, or over")
def confirm_notice(_: dict[str, Any], code: str) -> ResponseReturnValue:
    """The notice of the order whose code was shown was read. It waives no right. 200 instead of 201: said before, with
    the time of then."""
    uow = current_uow()
    try:
        order_id = queries.order_behind(uow.connection, code, keyring())
    except BadCode as bad:
        raise NoSuchCode(bad.text, reason=bad.reason) from bad
    confirmed = commands.confirm_read(order_id, uow)
    return cast("ResponseReturnValue", (confirmed.reading, 201 if confirmed.fresh else 200))
