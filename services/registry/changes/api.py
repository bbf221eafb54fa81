from __future__ import annotations

from typing import Any
from uuid import UUID

import marshmallow as ma
from flask.typing import ResponseReturnValue
from marshmallow import validate

from services.chassis.blueprint import Blueprint
from services.chassis.errors import NotFound
from services.chassis.identity import Permission, principal, requires
from services.chassis.schema import Schema
from services.chassis.transaction import reading
from services.registry import answers, scope
from services.registry.changes import store
from services.registry.enterprises import store as enterprises

_BIGGEST = 2**63 - 1


class ChangesQuery(Schema):
    limit = ma.fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = ma.fields.Integer(load_default=None, validate=validate.Range(1, _BIGGEST))


class ChangeSchema(Schema):
    """Imports are not among them: they leave gaps between the versions."""

    at = ma.fields.AwareDateTime(required=True)
    tag = ma.fields.String(required=True)
    account = ma.fields.String(required=True, allow_none=True)
    version = ma.fields.Integer(required=True, allow_none=True)
    changed = ma.fields.List(ma.fields.String(), required=True, metadata={"description": "names of fields"})


class ChangePageSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(ChangeSchema), required=True)
    next = ma.fields.Integer(allow_none=True)


blueprint = Blueprint(
    "changes", __name__, url_prefix="/api/registry/v1/changes", description="变更记录: who changed what"
)


@blueprint.get("/<any(enterprise, agency, inspector, item):what>/<uuid:ident>")
@requires(Permission.REGISTRY_WRITE)
@blueprint.arguments(ChangesQuery, location="query")
@blueprint.response(200, ChangePageSchema)
def list_changes(query: dict[str, Any], what: str, ident: UUID) -> ResponseReturnValue:
    """Made by hand, the newest first: who, when, which fields, and the version it made."""
    area = scope.area_prefix(principal())
    with reading() as connection:
        if what == "enterprise" and enterprises.get(connection, ident, area) is None:
            raise NotFound(what, ident)
        found = store.page(connection, f"{what}/{ident}", query["after"], query["limit"] + 1)
    shown = found[: query["limit"]]
    following = shown[-1].position if len(found) > len(shown) else None
    return answers.document({"items": [_shown(change) for change in shown], "next": following})


def _shown(change: store.Change) -> dict[str, Any]:
    details = change.details
    return {
        "at": change.at,
        "tag": change.tag,
        "account": change.account,
        "version": details.get("version"),
        "changed": details.get("fields", []),
    }
