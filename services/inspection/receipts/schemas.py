import marshmallow as ma
from marshmallow import validate


class ReceiptSchema(ma.Schema):
    """`token` is the receipt itself: a JWS that any JOSE library verifies with `/code-keys`. `receipt` is what it says,
    `genuine` whether its signature holds under the keys published today."""

    receipt_id = ma.fields.UUID(required=True)
    kind = ma.fields.String(required=True, validate=validate.OneOf(["visit", "refusal"]))
    made_at = ma.fields.AwareDateTime(required=True)
    genuine = ma.fields.Boolean(required=True)
    receipt = ma.fields.Dict(required=True)
    token = ma.fields.String(required=True)
