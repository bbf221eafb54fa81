import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import page_of


class SupplementSchema(ma.Schema):
    """Evidence that came after the receipt was signed. `supplement` names the receipt by its number and by the SHA-256 of
    its `token`, and the evidence by its own; `token` is verified as the receipt's is."""

    supplement_id = ma.fields.UUID(required=True)
    made_at = ma.fields.AwareDateTime(required=True)
    genuine = ma.fields.Boolean(required=True)
    supplement = ma.fields.Dict(required=True)
    token = ma.fields.String(required=True)


class ReceiptSchema(ma.Schema):
    """`token` is the receipt itself: a JWS that any JOSE library verifies with `/code-keys`. `receipt` is what it says,
    `genuine` whether its signature holds under the keys published today."""

    receipt_id = ma.fields.UUID(required=True)
    kind = ma.fields.String(required=True, validate=validate.OneOf(["visit", "refusal"]))
    made_at = ma.fields.AwareDateTime(required=True)
    genuine = ma.fields.Boolean(required=True)
    receipt = ma.fields.Dict(required=True)
    token = ma.fields.String(required=True)
    supplements = ma.fields.List(ma.fields.Nested(SupplementSchema), required=True)


class OwnReceiptSchema(ma.Schema):
    """`happened_at`: when they entered, or were refused. Without an order nobody showed any."""

    receipt_id = ma.fields.UUID(required=True)
    kind = ma.fields.String(required=True, validate=validate.OneOf(["visit", "refusal"]))
    order_id = ma.fields.UUID(required=True, allow_none=True)
    agency_id = ma.fields.UUID(required=True, allow_none=True)
    agency_name = ma.fields.String(required=True, allow_none=True)
    happened_at = ma.fields.AwareDateTime(required=True)


OwnReceiptPageSchema = page_of(OwnReceiptSchema)
