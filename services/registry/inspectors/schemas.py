from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, page_of
from services.registry import fields


class InspectorDraftSchema(Schema):
    agency_id = ma.fields.UUID(required=True)
    name = fields.text(50)
    certificate_number = fields.text(40)
    kind = ma.fields.String(load_default="inspector", validate=validate.OneOf(("inspector", "assistant")))
    scope = ma.fields.List(fields.domain(), load_default=list, validate=validate.Length(max=40))
    valid_from = ma.fields.Date(required=True)
    valid_until = ma.fields.Date(required=True)
    active = ma.fields.Boolean(load_default=True, truthy={True}, falsy={False})

    @ma.validates_schema
    def _validity(self, data: dict[str, Any], **_: Any) -> None:
        if data["valid_until"] < data["valid_from"]:
            raise ma.ValidationError("有效期止早于有效期起 · ends before it begins", field_name="valid_until")


class InspectorSchema(InspectorDraftSchema):
    inspector_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    photo = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "SHA-256 of the photo; null: there is none"}
    )


class InspectorQuery(Page):
    agency_id = ma.fields.UUID(load_default=None)
    q = fields.text(50, required=False, load_default=None)


InspectorPage = page_of(InspectorSchema)
