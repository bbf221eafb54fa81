from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, TextSchema, page_of
from services.inspection.refusals.asked import Asked
from services.inspection.refusals.model import GROUNDS


class RefusalsQuery(Page):
    first = ma.fields.Date(
        data_key="from", load_default=None, metadata={"description": "Refused on this day or later"}
    )
    last = ma.fields.Date(data_key="to", load_default=None, metadata={"description": "and by this day"})
    agency_id = ma.fields.UUID(load_default=None, metadata={"description": "Whose inspectors were refused"})
    enterprise_id = ma.fields.UUID(load_default=None)
    sort = ma.fields.String(load_default="oldest", validate=validate.OneOf(("oldest", "newest")))

    @ma.post_load
    def asked(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        newest = data.pop("sort") == "newest"
        return {"limit": data.pop("limit"), "asked": Asked(newest_first=newest, **data)}


class VisitRefusalsQuery(RefusalsQuery):
    ground = ma.fields.String(load_default=None, validate=validate.OneOf(GROUNDS))


class RefuseSchema(Schema):
    ground = ma.fields.String(required=True, validate=validate.OneOf(GROUNDS))
    words = ma.fields.String(
        load_default=None,
        allow_none=True,
        validate=[validate.Length(1, 500), validate.Regexp(r"\s*\S", error="不能为空 / must not be blank")],
        metadata={"description": "in the enterprise's own words, beside the ground's template"},
    )


class NoCodeSchema(Schema):
    """Nothing but that it happened: there is no code to show whose word it is."""


class GroundSchema(ma.Schema):
    ground = ma.fields.String(required=True, validate=validate.OneOf(GROUNDS))
    text = ma.fields.Nested(TextSchema, required=True)


class GroundsSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(GroundSchema), required=True)


class VisitRefusalSchema(ma.Schema):
    """`supported`: what the system itself knows bears the ground out; `known` says what that is."""

    refusal_id = ma.fields.UUID(required=True)
    receipt_id = ma.fields.UUID(allow_none=True)
    order_id = ma.fields.UUID(allow_none=True)
    enterprise_id = ma.fields.UUID(required=True)
    premises_id = ma.fields.UUID(required=True)
    agency_id = ma.fields.UUID(allow_none=True)
    ground = ma.fields.String(required=True, validate=validate.OneOf(GROUNDS))
    text = ma.fields.Nested(TextSchema, required=True)
    words = ma.fields.String(allow_none=True)
    supported = ma.fields.Boolean(required=True)
    known = ma.fields.List(ma.fields.Nested(TextSchema), required=True)
    refused_at = ma.fields.AwareDateTime(required=True)


class NamedRefusalSchema(ma.Schema):
    """Names are null until the registry's word of them has arrived."""

    number = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "检查单号; null without an order", "example": "7KQ-M3D-9XA"},
    )
    enterprise = ma.fields.String(required=True, allow_none=True)
    premises = ma.fields.String(required=True, allow_none=True)
    address = ma.fields.String(required=True, allow_none=True)
    agency = ma.fields.String(required=True, allow_none=True)
    known = ma.fields.List(
        ma.fields.Nested(TextSchema), required=True, metadata={"description": "What the system itself found"}
    )


class ListedVisitRefusalSchema(VisitRefusalSchema, NamedRefusalSchema):
    pass


ListedVisitRefusalPageSchema = page_of(ListedVisitRefusalSchema)
