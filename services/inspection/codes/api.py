"""Codes to show: an order's, one's own credential, a gate plate's. And the check that is open to all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue
from psycopg import Connection

from services.chassis import clock
from services.chassis.attempts import Limit, counted
from services.chassis.blueprint import Blueprint
from services.chassis.codes import short
from services.chassis.codes.image import Form, image
from services.chassis.codes.link import link
from services.chassis.errors import Conflict, Forbidden, NotFound, Text, WrongState
from services.chassis.identity import Permission, open_to_all, principal, requires
from services.chassis.limits import address, limiter, named_in
from services.chassis.transaction import current_uow, reading, transactional
from services.inspection.codes import queries, schemas, signing, store
from services.inspection.codes.answers import as_json
from services.inspection.codes.commands import short_code_for
from services.inspection.codes.model import PREMISES_PREFIX, CodedOrder, PublicInspector
from services.inspection.codes.signing import SignedCode, keyring, settings

blueprint = Blueprint(
    "codes", __name__, url_prefix="/api/inspection/v1", description="检查码、亮证码、企业码 and their check"
)
_MINUTE = timedelta(minutes=1)
_ASSISTANT = Text("辅助人员没有执法证，不能亮证", "an assistant holds no credential to show")
_NO_CREDENTIAL = Text("您的执法证已失效或未登记", "your credential is not valid, or not registered")


def moment() -> queries.Moment:
    return queries.Moment(at=clock.now(), day=clock.today(settings().timezone))


@blueprint.get("/codes/<code>")
@open_to_all("whoever is inspected may check who is at the door")
@limiter.limit("120/minute")
@blueprint.response(200, schemas.CodeCheckSchema)
def check_code(code: str) -> ResponseReturnValue:
    """What a scanned or typed code is: genuine or not and why, and what it stands for."""
    with reading() as connection:
        return as_json(queries.check(connection, code, keyring(), moment()))


@blueprint.post("/credential-checks")
@open_to_all("whoever is inspected may check who is at the door, with a broken camera too")
@counted(Limit(30, _MINUTE, address), Limit(30, _MINUTE, named_in("certificate_number")))
@blueprint.arguments(schemas.TypedCredentialSchema, as_kwargs=True)
@blueprint.response(200, schemas.CodeCheckSchema)
def check_typed_credential(certificate_number: str, digits: str) -> ResponseReturnValue:
    """亮证 typed instead of scanned: the certificate number and the digits that stand on the inspector's screen. They
    change every half minute and hold for a minute at most."""
    with reading() as connection:
        return as_json(queries.check_typed(connection, certificate_number, digits, keyring(), moment()))


@blueprint.get("/code-keys")
@open_to_all("public keys, so that a phone can check a code without network")
@blueprint.response(200, schemas.CodeKeysSchema)
def show_code_keys() -> ResponseReturnValue:
    """Public keys of all codes in use. The newest signs; a key no longer listed is withdrawn."""
    keys = {"keys": keyring().published()}
    return cast("ResponseReturnValue", (keys, 200, {"Cache-Control": "public, max-age=300"}))


@blueprint.get("/orders/<uuid:order_id>/code")
@requires(Permission.ORDER_READ)
@blueprint.response(200, schemas.OrderCodeSchema)
@transactional
def show_order_code(order_id: UUID) -> ResponseReturnValue:
    """The signed code of an issued order, to be shown on the inspector's screen, and its typed form."""
    connection = current_uow().connection
    code = _code_of(_coded_order(connection, order_id))
    typed = short_code_for(order_id, connection)
    return cast("ResponseReturnValue", _with_short_code(code, typed))


@blueprint.get("/orders/<uuid:order_id>/code.<any(png, svg):form>")
@requires(Permission.ORDER_READ)
@blueprint.arguments(schemas.PictureQuery, location="query", as_kwargs=True)
@blueprint.response(200, content_type="image/png", description="the square; 304 when the ETag is known")
def draw_order_code(order_id: UUID, form: Form, printed: bool) -> Response:
    with reading() as connection:
        order = _coded_order(connection, order_id)
    return image(_code_of(order).url, form, printed=printed)


@blueprint.get("/credential-code")
@requires(Permission.ENTRY_MAKE)
@blueprint.arguments(schemas.SlotQuery, location="query", as_kwargs=True)
@blueprint.response(200, schemas.CredentialCodeSchema)
def show_credential_code(minutes: int) -> ResponseReturnValue:
    """One's own credential code, new every 30 seconds, signed ahead for `minutes` without signal.

    Show the slot that the clock is in: an older one is refused a minute later, so a screenshot is worthless.
    """
    own = _own_credential()
    now = clock.now()
    body = {
        "inspector_id": own.inspector_id,
        "name": own.name,
        "certificate_number": own.certificate_number,
        "agency": own.agency,
        "server_time": now,
        "slots": list(signing.credential_slots(own.inspector_id, now, minutes)),
    }
    return cast("ResponseReturnValue", (body, 200, {"Cache-Control": "no-store"}))


@blueprint.get("/credential-code.<any(png, svg):form>")
@requires(Permission.ENTRY_MAKE)
@blueprint.response(200, content_type="image/png", description="the square of the slot under way")
def draw_credential_code(form: Form) -> Response:
    now = clock.now()
    slot = next(signing.credential_slots(_own_credential().inspector_id, now, 1))
    remaining = int((slot.valid_until - now).total_seconds())
    return image(slot.url, form, cache=f"private, max-age={remaining}")


@blueprint.get("/premises/<uuid:premises_id>/code")
@requires(Permission.REGISTRY_WRITE)
@blueprint.response(200, schemas.PremisesCodeSchema)
def show_premises_code(premises_id: UUID) -> ResponseReturnValue:
    """What the gate plate carries. For those who make plates: an inspector reads it at the gate."""
    code = _premises_code(premises_id)
    return cast(
        "ResponseReturnValue",
        {"premises_id": premises_id, "url": _plate(code), "short_code": short.shown(code)},
    )


@blueprint.get("/premises/<uuid:premises_id>/code.<any(png, svg):form>")
@requires(Permission.REGISTRY_WRITE)
@blueprint.response(200, content_type="image/png", description="the square for the gate plate")
def draw_premises_code(premises_id: UUID, form: Form) -> Response:
    return image(_plate(_premises_code(premises_id)), form, printed=True)


def _coded_order(connection: Connection[Any], order_id: UUID) -> CodedOrder:
    """Raises NotFound outside the caller's agency, WrongState before issue and after withdrawal."""
    asking = principal()
    order = store.visible_order(connection, order_id, agency_id=asking.agency_id, sees_all=asking.sees_all)
    if order is None:
        raise NotFound("order", order_id)
    if not order.coded:
        raise WrongState("show the code", order.state, [])
    return order


def _code_of(order: CodedOrder) -> SignedCode:
    return signing.order_code(order.order_id, order.starts_on, order.ends_on)


def _own_credential() -> PublicInspector:
    inspector_id = principal().inspector_id
    if inspector_id is None:
        raise Forbidden(Text("此账号不是执法人员", "this account is not an inspector's"))
    with reading() as connection:
        own = store.inspector(connection, inspector_id, moment().day)
    if own is None or not own.valid:
        raise Conflict(_NO_CREDENTIAL)
    if own.kind != "inspector":
        raise Conflict(_ASSISTANT)
    return own


def _premises_code(premises_id: UUID) -> str:
    with reading() as connection:
        premises = store.premises(connection, premises_id)
    if premises is None:
        raise NotFound("premises", premises_id)
    return premises.short_code


def _plate(short_code: str) -> str:
    return link(settings().public_url, PREMISES_PREFIX + short_code)


def _with_short_code(code: SignedCode, typed: str) -> dict[str, Any]:
    return {
        "token": code.token,
        "url": code.url,
        "short_code": short.shown(typed),
        "valid_from": code.valid_from,
        "valid_until": code.valid_until,
    }
