"""The same page in every service: what was done there that an auditor should see."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from flask.typing import ResponseReturnValue
from marshmallow import validate

from services.chassis.audit.act import Tag
from services.chassis.audit.store import Search, search
from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, requires
from services.chassis.schema import Schema
from services.chassis.transaction import reading

_BIGGEST = 2**63 - 1


class AuditQuery(Schema):
    limit = ma.fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = ma.fields.Integer(load_default=None, validate=validate.Range(1, _BIGGEST))
    tag = ma.fields.String(load_default=None, validate=validate.OneOf([tag.value for tag in Tag]))
    account_id = ma.fields.UUID(load_default=None, metadata={"description": "who did it"})
    subject = ma.fields.String(
        load_default=None,
        validate=validate.Regexp(r"[a-z_]+/[A-Za-z0-9._-]*\Z"),
        metadata={"description": "of what, or how that begins", "example": "account/"},
    )
    since = ma.fields.AwareDateTime(load_default=None)
    until = ma.fields.AwareDateTime(load_default=None)


class AuditEntrySchema(Schema):
    position = ma.fields.Integer(required=True)
    at = ma.fields.AwareDateTime(required=True)
    tag = ma.fields.String(required=True)
    subject = ma.fields.String(required=True)
    account_id = ma.fields.UUID(required=True, allow_none=True)
    correlation_id = ma.fields.String(required=True)
    origin = ma.fields.String(required=True)
    details = ma.fields.Dict(ma.fields.String(), ma.fields.Raw(allow_none=True), required=True)


class AuditPageSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(AuditEntrySchema), required=True)
    next = ma.fields.Integer(allow_none=True)


def blueprint(service: str) -> Blueprint:
    audit = Blueprint(
        "audit", __name__, url_prefix=f"/api/{service}/v1", description="审计: who did what, append-only"
    )

    @audit.get("/audit")
    @requires(Permission.AUDIT_READ)
    @audit.arguments(AuditQuery, location="query")
    @audit.response(200, AuditPageSchema)
    def list_acts(query: dict[str, Any]) -> ResponseReturnValue:  # pyright: ignore[reportUnusedFunction]
        """The newest first; `next` goes into `after`."""
        wanted = Search(**(query | {"limit": query["limit"] + 1}))
        with reading() as connection:
            found = search(connection, wanted)
        shown = found[: query["limit"]]
        following = shown[-1].position if len(found) > len(shown) else None
        return {"items": shown, "next": following}  # pyright: ignore[reportReturnType]

    return audit
