"""Wire forms of visits."""

from typing import get_args

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema, page_of
from services.feedback.visits.model import RightToRate


class OwnVisitSchema(Schema):
    order_id = ma.fields.UUID(required=True)
    agency_id = ma.fields.UUID(required=True)
    agency_name = ma.fields.String(required=True, allow_none=True)
    entered_at = ma.fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "null: concluded although nobody scanned in"}
    )
    concluded_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    rating = ma.fields.String(
        required=True,
        validate=validate.OneOf(get_args(RightToRate)),
        metadata={
            "description": "The right to rate: `not_yet` (not concluded), `open`, `used`, `expired` (used or not)"
        },
    )
    complaint = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "tracking number of the newest complaint about it"},
    )


OwnVisitPageSchema = page_of(OwnVisitSchema)
