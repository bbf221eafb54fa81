"""企业码门牌 over HTTP."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask import Response
from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis import audit
from services.chassis.areas import prefix_of
from services.chassis.audit import Act, Tag
from services.chassis.blueprint import Blueprint
from services.chassis.codes import short
from services.chassis.codes.link import link
from services.chassis.errors import Invalid
from services.chassis.identity import Permission, principal, requires
from services.chassis.ids import new_id
from services.chassis.transaction import current_uow, transactional
from services.inspection.codes.model import PREMISES_PREFIX
from services.inspection.codes.signing import settings
from services.inspection.plates import sheet, store
from services.inspection.plates.model import Gate, Plate
from services.inspection.plates.schemas import PlatesSchema

blueprint = Blueprint(
    "plates", __name__, url_prefix="/api/inspection/v1/plates", description="企业码门牌: gate plates to print"
)


@blueprint.post("")
@requires(Permission.REGISTRY_WRITE)
@blueprint.arguments(PlatesSchema, as_kwargs=True)
@blueprint.response(200, content_type="application/pdf", description="ten plates on each sheet of A4")
def print_plates(premises_ids: list[UUID]) -> Response:
    """Ready to print and cut. Who knows a plate's code can scan without going there: the audit says who had which."""
    plates = [_plate(gate) for gate in cast("list[Gate]", _taken(premises_ids))]
    headers = {"Content-Disposition": 'attachment; filename="plates.pdf"', "Cache-Control": "no-store"}
    return Response(sheet.pdf(plates), mimetype="application/pdf", headers=headers)


@transactional
def _taken(premises_ids: list[UUID]) -> Any:
    connection = current_uow().connection
    gates = _gates(connection, premises_ids)
    act = Act(
        tag=Tag.PLATES_PRINTED,
        subject=f"plates/{new_id()}",
        account_id=principal().account_id,
        details={"premises": [str(gate.premises_id) for gate in gates]},
    )
    audit.write(connection, act)
    return gates


def _gates(connection: Connection[DictRow], premises_ids: list[UUID]) -> list[Gate]:
    """Raises Invalid, naming each that there is no plate for."""
    known = {gate.premises_id: gate for gate in store.gates(connection, premises_ids) if _ours(gate)}
    if wrong := {
        f"/premises_ids/{index}": "没有这个经营场所，或已停用 · no such premises, or it is closed"
        for index, premises_id in enumerate(premises_ids)
        if premises_id not in known
    }:
        raise Invalid(wrong)
    return list(known.values())


def _ours(gate: Gate) -> bool:
    area = principal().area_code
    return gate.active and gate.area_code.startswith(prefix_of(area) if area else "")


def _plate(gate: Gate) -> Plate:
    return Plate(
        enterprise=gate.enterprise,
        address=gate.place,
        link=link(settings().public_url, PREMISES_PREFIX + gate.short_code),
        typed=short.shown(gate.short_code),
    )
