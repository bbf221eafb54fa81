"""扫码入企: arriving, leaving, and the refusals that a supervisor reads."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from flask.typing import ResponseReturnValue

from services.chassis import clock
from services.chassis.blueprint import Blueprint
from services.chassis.errors import Forbidden, NotFound, Text
from services.chassis.identity import Permission, principal, requires
from services.chassis.problem import problem
from services.chassis.schema import ProblemSchema
from services.chassis.transaction import current_uow, idempotent, reading, transactional
from services.inspection.codes.signing import keyring, settings
from services.inspection.draws.model import masked
from services.inspection.entries import commands, schemas, store
from services.inspection.entries.commands import Entered, Leave
from services.inspection.entries.model import Arrival, Position
from services.inspection.refusals import queries as refusals
from services.inspection.refusals.asked import Asked
from services.inspection.refusals.queries import EntryRefused

blueprint = Blueprint("entries", __name__, url_prefix="/api/inspection/v1", description="扫码入企")


@blueprint.post("/entries")
@requires(Permission.ENTRY_MAKE)
@idempotent
@blueprint.arguments(schemas.ArrivalSchema)
@blueprint.response(201, schemas.EntrySchema)
@blueprint.alt_response(
    409, schema=ProblemSchema, description="`entry_refused`: stored, with rule, reason and remedy"
)
def enter(body: dict[str, Any]) -> ResponseReturnValue:
    """Enter under an issued order, or under the draft of an urgent one, whose head is asked afterwards (rule A6).
    200 instead of 201: a colleague's phone was faster, this is its entry."""
    outcome = commands.enter(_arrival(body), keyring(), current_uow(), principal())
    if not isinstance(outcome, Entered):
        return problem(outcome)
    return cast("ResponseReturnValue", (outcome.entry, 201 if outcome.fresh else 200))


@blueprint.post("/entries/<uuid:entry_id>/leave")
@requires(Permission.ENTRY_MAKE)
@idempotent
@blueprint.arguments(schemas.LeaveSchema)
@blueprint.response(200, schemas.EntrySchema)
def leave(body: dict[str, Any], entry_id: UUID) -> ResponseReturnValue:
    """Scan out: both sides keep the receipt. Leaving twice is leaving once."""
    command = Leave(entry_id=entry_id, inspector_id=own_inspector_id(), received_at=clock.now(), **body)
    return cast("ResponseReturnValue", commands.leave(command, keyring(), current_uow()))


@blueprint.get("/entries/<uuid:entry_id>")
@requires(Permission.ORDER_READ)
@blueprint.response(200, schemas.EntrySchema)
def show_entry(entry_id: UUID) -> ResponseReturnValue:
    asking = principal()
    with reading() as connection:
        entry = store.visible_entry(
            connection, entry_id, agency_id=asking.agency_id, sees_all=asking.sees_all
        )
    if entry is None:
        raise NotFound("entry", entry_id)
    return cast("ResponseReturnValue", entry)


@blueprint.get("/entry-refusals")
@requires(Permission.OVERSIGHT_READ)
@blueprint.arguments(schemas.EntryRefusalsQuery, location="query", as_kwargs=True)
@blueprint.response(200, schemas.EntryRefusalPageSchema)
@transactional
def list_refusals(limit: int, asked: Asked) -> ResponseReturnValue:
    """拒绝入企 by the system, the oldest first unless asked otherwise: one's own agency's, or all for those who see all."""
    connection = current_uow().connection
    found = refusals.entry_refusals(connection, principal(), asked, settings().timezone, limit + 1)
    following = found[limit - 1].refusal_id if len(found) > limit else None
    items = [_shown(refusal) for refusal in found[:limit]]
    return cast("ResponseReturnValue", {"items": items, "next": following})


def _shown(refusal: EntryRefused) -> dict[str, Any]:
    certificate = refusal.certificate_number
    known = [finding["explanation"] for finding in refusal.findings]
    return asdict(refusal) | {"certificate_number": certificate and masked(certificate), "known": known}


def own_inspector_id() -> UUID:
    """Raises Forbidden for an account that is not an inspector's."""
    inspector_id = principal().inspector_id
    if inspector_id is None:
        raise Forbidden(Text("此账号不是执法人员", "this account is not an inspector's"))
    return inspector_id


def _arrival(body: dict[str, Any]) -> Arrival:
    asking = principal()
    located = body["latitude"] is not None
    names = ("latitude", "longitude", "accuracy")
    return Arrival(
        order_id=body["order_id"],
        premises_code=body["premises_code"] or "",
        premises_id=body["premises_id"],
        searched_reason=body["searched_reason"],
        credentials=tuple(body["inspectors"]),
        made_by=own_inspector_id(),
        account_id=asking.account_id,
        account_name=asking.name,
        device_id=body["device_id"],
        device_time=body["device_time"],
        received_at=clock.now(),
        position=Position(**{name: body[name] for name in names}) if located else None,
        online=body["online"],
        offline_reason=body["offline_reason"] if not body["online"] else None,
    )
