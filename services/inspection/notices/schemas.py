import marshmallow as ma

from services.chassis.schema import Schema


class ConfirmSchema(Schema):
    """That it was read is all there is to say; who read it is nobody's business."""


class NoticeReadingSchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    read_at = ma.fields.AwareDateTime(required=True)
