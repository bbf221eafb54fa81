from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from services.chassis.blueprint import Blueprint
from services.chassis.errors import NotFound
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import current_uow, idempotent, reading, required_version, transactional
from services.registry import answers, scope
from services.registry.agencies import commands, store
from services.registry.agencies.model import AgencyDraft
from services.registry.agencies.schemas import AgencyDraftSchema, AgencyPage, AgencyQuery, AgencySchema

blueprint = Blueprint(
    "agencies", __name__, url_prefix="/api/registry/v1/agencies", description="检查主体: who may inspect"
)


@blueprint.get("")
@requires(Permission.REGISTRY_READ)
@blueprint.arguments(AgencyQuery, location="query")
@blueprint.response(200, AgencyPage)
def list_agencies(query: dict[str, Any]) -> ResponseReturnValue:
    """All announced agencies: joint inspections need each other's names."""
    with reading() as connection:
        rows = store.page(connection, query["after"], query["limit"] + 1, query["q"])
    return answers.page(rows, query["limit"], lambda agency: agency.agency_id)


@blueprint.get("/<uuid:agency_id>")
@requires(Permission.REGISTRY_READ)
@blueprint.response(200, AgencySchema)
def show_agency(agency_id: UUID) -> ResponseReturnValue:
    with reading() as connection:
        agency = store.get(connection, agency_id)
    if agency is None:
        raise NotFound("agency", agency_id)
    return answers.resource(agency)


@blueprint.post("")
@requires(Permission.REGISTRY_WRITE)
@idempotent
@blueprint.arguments(AgencyDraftSchema)
@blueprint.response(201, AgencySchema)
def register_agency(data: dict[str, Any]) -> ResponseReturnValue:
    scope.may_write_in(principal(), data["area_code"])
    return answers.resource(
        commands.register(AgencyDraft(**data), current_uow(), principal().account_id), 201
    )


@blueprint.put("/<uuid:agency_id>")
@requires(Permission.REGISTRY_WRITE)
@blueprint.arguments(AgencyDraftSchema)
@blueprint.response(200, AgencySchema)
@transactional
def change_agency(data: dict[str, Any], agency_id: UUID) -> ResponseReturnValue:
    """Replaces the whole agency. If-Match names the version that was read."""
    scope.may_write_in(principal(), data["area_code"])
    draft, by = AgencyDraft(**data), principal().account_id
    agency = commands.change(agency_id, draft, required_version(), current_uow(), by)
    return answers.resource(agency)
