from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from services.chassis.blueprint import Blueprint
from services.chassis.errors import NotFound
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import current_uow, idempotent, reading, required_version, transactional
from services.registry import answers, scope
from services.registry.inspectors import commands, store
from services.registry.inspectors.model import InspectorDraft
from services.registry.inspectors.schemas import (
    InspectorDraftSchema,
    InspectorPage,
    InspectorQuery,
    InspectorSchema,
)

blueprint = Blueprint(
    "inspectors",
    __name__,
    url_prefix="/api/registry/v1/inspectors",
    description="执法人员: who may inspect, with which credential",
)


@blueprint.get("")
@requires(Permission.REGISTRY_READ)
@blueprint.arguments(InspectorQuery, location="query")
@blueprint.response(200, InspectorPage)
def list_inspectors(query: dict[str, Any]) -> ResponseReturnValue:
    """An agency's account sees its own people; whoever oversees or registers sees all."""
    agency = scope.agency_of(principal()) or query["agency_id"]
    with reading() as connection:
        rows = store.page(connection, query["after"], query["limit"] + 1, agency, query["q"])
    return answers.page(rows, query["limit"], lambda inspector: inspector.inspector_id)


@blueprint.get("/<uuid:inspector_id>")
@requires(Permission.REGISTRY_READ)
@blueprint.response(200, InspectorSchema)
def show_inspector(inspector_id: UUID) -> ResponseReturnValue:
    with reading() as connection:
        inspector = store.get(connection, inspector_id, scope.agency_of(principal()))
    if inspector is None:
        raise NotFound("inspector", inspector_id)
    return answers.resource(inspector)


@blueprint.post("")
@requires(Permission.REGISTRY_WRITE)
@idempotent
@blueprint.arguments(InspectorDraftSchema)
@blueprint.response(201, InspectorSchema)
def register_inspector(data: dict[str, Any]) -> ResponseReturnValue:
    return answers.resource(
        commands.register(InspectorDraft(**data), current_uow(), principal().account_id), 201
    )


@blueprint.put("/<uuid:inspector_id>")
@requires(Permission.REGISTRY_WRITE)
@blueprint.arguments(InspectorDraftSchema)
@blueprint.response(200, InspectorSchema)
@transactional
def change_inspector(data: dict[str, Any], inspector_id: UUID) -> ResponseReturnValue:
    """Replaces the whole inspector. If-Match names the version that was read."""
    draft, by = InspectorDraft(**data), principal().account_id
    return answers.resource(commands.change(inspector_id, draft, required_version(), current_uow(), by))
