"""拒绝检查: by whoever was shown an order code, or stands at a door where nobody showed any."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any, cast

from flask.typing import ResponseReturnValue

from services.chassis.attempts import Limit, counted
from services.chassis.blueprint import Blueprint
from services.chassis.codes import BadCode
from services.chassis.errors import Text, YichaError
from services.chassis.identity import Permission, open_to_all, principal, requires
from services.chassis.limits import address
from services.chassis.transaction import current_uow, idempotent, transactional
from services.inspection.codes import queries as codes
from services.inspection.codes.signing import keyring, settings
from services.inspection.refusals import commands, queries, schemas
from services.inspection.refusals.asked import Asked
from services.inspection.refusals.commands import Refuse, Refused
from services.inspection.refusals.model import GROUNDS, TEMPLATES, VisitRefusal
from services.inspection.refusals.queries import VisitRefused

blueprint = Blueprint("refusals", __name__, url_prefix="/api/inspection/v1", description="企业拒绝检查（E4）")


class NoSuchCode(YichaError):
    status = 404
    code = "code_not_accepted"
    title = Text("没有这个码，或码不可信", "There is no such code, or it cannot be trusted")
    remedy = Text(
        "请拒绝检查，并扫描或输入本企业门牌码，以“未出示检查码”登记；或拨打 12345。",
        "Refuse, and register it with your own gate plate's code as `no_code`; or call 12345.",
    )


@blueprint.get("/refusal-grounds")
@open_to_all("an enterprise chooses one with a tap")
@blueprint.response(200, schemas.GroundsSchema)
def show_grounds() -> ResponseReturnValue:
    """On what grounds one may refuse, in the words that will stand on the receipt."""
    items = [{"ground": ground, "text": TEMPLATES[ground]._asdict()} for ground in GROUNDS]
    return cast("ResponseReturnValue", {"items": items})


@blueprint.post("/codes/<code>/refusal")
@open_to_all("whoever was shown the order code may refuse (rule E4)")
@counted(Limit(20, timedelta(hours=1), address))
@idempotent
@blueprint.arguments(schemas.RefuseSchema)
@blueprint.response(201, schemas.VisitRefusalSchema)
@blueprint.alt_response(409, description="`already_inside`: they have entered already")
def refuse_visit(body: dict[str, Any], code: str) -> ResponseReturnValue:
    """Refuse the inspection whose code was shown. 200 instead of 201: the same was said before."""
    uow = current_uow()
    try:
        order_id = codes.order_behind(uow.connection, code, keyring())
    except BadCode as bad:
        raise NoSuchCode(bad.text, reason=bad.reason) from bad
    return _answer(commands.refuse(Refuse(order_id=order_id, **body), keyring(), uow))


@blueprint.post("/premises-codes/<code>/refusal")
@open_to_all("an enterprise without an account says that nobody showed it a code")
@counted(Limit(6, timedelta(hours=1), address))
@idempotent
@blueprint.arguments(schemas.NoCodeSchema)
@blueprint.response(201, schemas.VisitRefusalSchema)
def refuse_without_code(body: dict[str, Any], code: str) -> ResponseReturnValue:
    """They are at the door and show no code (`no_code`). Once a day and premises; 200 when it was said already."""
    uow = current_uow()
    try:
        premises = codes.premises_behind(uow.connection, code)
    except BadCode as bad:
        raise NoSuchCode(bad.text, reason=bad.reason) from bad
    return _answer(commands.refuse_without_code(premises, keyring(), uow))


@blueprint.get("/visit-refusals")
@requires(Permission.OVERSIGHT_READ)
@blueprint.arguments(schemas.VisitRefusalsQuery, location="query", as_kwargs=True)
@blueprint.response(200, schemas.ListedVisitRefusalPageSchema)
@transactional
def list_visit_refusals(limit: int, asked: Asked) -> ResponseReturnValue:
    """Refusals by enterprises, the oldest first unless asked otherwise: one's own agency's, or all for those who see all."""
    connection = current_uow().connection
    found = queries.visit_refusals(connection, principal(), asked, settings().timezone, limit + 1)
    following = found[limit - 1].refusal_id if len(found) > limit else None
    items = [_shown(refusal) for refusal in found[:limit]]
    return cast("ResponseReturnValue", {"items": items, "next": following})


def _answer(refused: Refused) -> ResponseReturnValue:
    return cast("ResponseReturnValue", (_shown(refused.refusal), 201 if refused.fresh else 200))


def _shown(refusal: VisitRefusal | VisitRefused) -> dict[str, Any]:
    return asdict(refusal) | {
        "text": TEMPLATES[refusal.ground]._asdict(),
        "known": [finding["explanation"] for finding in refusal.findings],
    }
