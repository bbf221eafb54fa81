from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import current_app
from flask.typing import ResponseReturnValue

from services.chassis import audit
from services.chassis.audit import Act, Tag
from services.chassis.blueprint import Blueprint
from services.chassis.errors import NotFound
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import current_uow, idempotent, reading, required_version, transactional
from services.registry import answers, scope
from services.registry.enterprises import commands, queries, store
from services.registry.enterprises.contacts import Vault, masked_name
from services.registry.enterprises.model import Enterprise, EnterpriseDraft, PremisesDraft, masked_code
from services.registry.enterprises.queries import Search
from services.registry.enterprises.schemas import (
    ContactSchema,
    EnterpriseDraftSchema,
    EnterprisePage,
    EnterpriseQuery,
    EnterpriseSchema,
)

blueprint = Blueprint(
    "enterprises",
    __name__,
    url_prefix="/api/registry/v1/enterprises",
    description="企业 with their premises 经营场所: one aggregate, one version",
)


@blueprint.get("")
@requires(Permission.REGISTRY_READ)
@blueprint.arguments(EnterpriseQuery, location="query")
@blueprint.response(200, EnterprisePage)
def list_enterprises(query: dict[str, Any]) -> ResponseReturnValue:
    """An agency sees the enterprises of its area."""
    wanted = Search(area=scope.area_prefix(principal()), **(query | {"limit": query["limit"] + 1}))
    with reading() as connection:
        rows = [_shown(row) for row in queries.search(connection, wanted)]
    return answers.page(rows, query["limit"], lambda enterprise: enterprise.enterprise_id)


@blueprint.get("/<uuid:enterprise_id>")
@requires(Permission.REGISTRY_READ)
@blueprint.response(200, EnterpriseSchema)
def show_enterprise(enterprise_id: UUID) -> ResponseReturnValue:
    with reading() as connection:
        enterprise = store.get(connection, enterprise_id, scope.area_prefix(principal()))
    if enterprise is None:
        raise NotFound("enterprise", enterprise_id)
    return answers.resource(_shown(enterprise))


@blueprint.get("/<uuid:enterprise_id>/contact")
@requires(Permission.CONTACT_READ)
@blueprint.response(200, ContactSchema)
@transactional
def show_contact(enterprise_id: UUID) -> ResponseReturnValue:
    """The registered number in clear; that it was read, and by whom, is in the audit before it is shown."""
    connection = current_uow().connection
    row = queries.contact_cipher(connection, enterprise_id, scope.area_prefix(principal()))
    if row is None or row["contact_cipher"] is None:
        raise NotFound("contact", enterprise_id)
    read = Act(tag=Tag.CONTACT_READ, subject=f"enterprise/{enterprise_id}", account_id=principal().account_id)
    audit.write(connection, read)
    return answers.document({"phone": vault().open(bytes(row["contact_cipher"]), row["uscc"])})


@blueprint.post("")
@requires(Permission.REGISTRY_WRITE)
@idempotent
@blueprint.arguments(EnterpriseDraftSchema)
@blueprint.response(201, EnterpriseSchema)
def register_enterprise(data: dict[str, Any]) -> ResponseReturnValue:
    """Without `premises` the registered address becomes the premises that is visited."""
    draft = _draft(data)
    scope.may_write_in(principal(), draft.area_code)
    return answers.resource(
        _shown(commands.register(draft, vault(), current_uow(), principal().account_id)), 201
    )


@blueprint.put("/<uuid:enterprise_id>")
@requires(Permission.REGISTRY_WRITE)
@blueprint.arguments(EnterpriseDraftSchema)
@blueprint.response(200, EnterpriseSchema)
@transactional
def change_enterprise(data: dict[str, Any], enterprise_id: UUID) -> ResponseReturnValue:
    """Replaces the enterprise and names all its premises. If-Match is required."""
    draft = _draft(data)
    area = scope.area_prefix(principal())
    scope.may_write_in(principal(), draft.area_code)
    version, by = required_version(), principal().account_id
    changed = commands.change(enterprise_id, draft, version, vault(), current_uow(), area, by)
    return answers.resource(_shown(changed))


def vault() -> Vault:
    return current_app.extensions["registry.vault"]


def _draft(data: dict[str, Any]) -> EnterpriseDraft:
    premises = tuple(PremisesDraft(**place) for place in data.pop("premises"))
    return EnterpriseDraft(premises=premises, **data)


def _shown(enterprise: Enterprise) -> Enterprise:
    """The short code of a gate plate is for who makes plates: whoever else knows it can scan without going there."""
    if not principal().may(Permission.REGISTRY_WRITE):
        hidden = (replace(place, short_code=masked_code(place.short_code)) for place in enterprise.premises)
        enterprise = replace(enterprise, premises=tuple(hidden))
    if not principal().may(Permission.CONTACT_READ):
        name = masked_name(enterprise.legal_representative)
        enterprise = replace(enterprise, legal_representative=name)
    return enterprise
