"""Wire forms of 检查单号."""

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema


class OrdersQuery(Schema):
    order_id = ma.fields.List(ma.fields.UUID(), required=True, validate=validate.Length(1, 50))


class OrderNumberSchema(Schema):
    order_id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True, metadata={"example": "7KQ-M3D-9XA"})


class OrderNumbersSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(OrderNumberSchema), required=True)
