"""What may be sent and what comes back."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, TextSchema, page_of
from services.inspection.orders.model import TRIGGERS


class ReviewsQuery(Page):
    agency_id = ma.fields.UUID(load_default=None, metadata={"description": "Which leads the order"})
    trigger = ma.fields.String(load_default=None, validate=validate.OneOf(TRIGGERS))


class ReviewSchema(Schema):
    passed = ma.fields.Boolean(required=True)
    reason = ma.fields.String(
        load_default="",
        validate=validate.Length(max=500),
        metadata={"description": "Needed when it does not pass; kept with the order and shown to its agency"},
    )

    @ma.validates_schema
    def says_why_not(self, data: dict[str, Any], **_: Any) -> None:
        if not data["passed"] and not data["reason"].strip():
            raise ma.ValidationError(
                "不予通过须说明理由（A8） / say why it does not pass (A8)", field_name="reason"
            )


class WaitingSchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True, metadata={"description": "Send it as If-Match of the review"})
    state = ma.fields.String(required=True)
    agency_id = ma.fields.UUID(required=True)
    agency = ma.fields.String(allow_none=True)
    enterprise_id = ma.fields.UUID(required=True)
    enterprise = ma.fields.String(allow_none=True)
    trigger = ma.fields.String(required=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    submitted_at = ma.fields.AwareDateTime(allow_none=True)
    why = ma.fields.Nested(TextSchema, required=True)


class ReviewedSchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    revision = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True)


WaitingPageSchema = page_of(WaitingSchema)
