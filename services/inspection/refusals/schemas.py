import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema, TextSchema, page_of
from services.inspection.refusals.model import GROUNDS


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


VisitRefusalPageSchema = page_of(VisitRefusalSchema)
