"""Wire forms of the duplicates desk."""

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema


class PairsQuery(Schema):
    """A pair has no id of its own: this list goes on by `offset`."""

    first = ma.fields.Date(data_key="from", load_default=None)
    last = ma.fields.Date(data_key="to", load_default=None)
    agency_id = ma.fields.UUID(load_default=None)
    state = ma.fields.String(
        load_default=None, validate=validate.OneOf(["open", "joined", "overridden", "dismissed"])
    )
    limit = ma.fields.Integer(load_default=50, validate=validate.Range(1, 200))
    offset = ma.fields.Integer(load_default=0, validate=validate.Range(0, 100_000))


class PairSchema(Schema):
    order_id = ma.fields.UUID(required=True)
    other_id = ma.fields.UUID(required=True)
    rule = ma.fields.String(required=True, metadata={"example": "J2"})
    outcome = ma.fields.String(required=True)
    state = ma.fields.String(required=True)
    found_at = ma.fields.AwareDateTime(required=True)
    overridden_by = ma.fields.UUID(required=True, allow_none=True)
    reason = ma.fields.String(required=True, allow_none=True)
    enterprise_id = ma.fields.UUID(required=True)
    enterprise_name = ma.fields.String(required=True, allow_none=True)
    agency_id = ma.fields.UUID(required=True)
    agency_name = ma.fields.String(required=True, allow_none=True)
    order_state = ma.fields.String(required=True, allow_none=True)
    order_starts_on = ma.fields.Date(required=True, allow_none=True)
    order_ends_on = ma.fields.Date(required=True, allow_none=True)
    other_agency_id = ma.fields.UUID(required=True, allow_none=True)
    other_agency_name = ma.fields.String(required=True, allow_none=True)
    other_state = ma.fields.String(required=True, allow_none=True)
    other_starts_on = ma.fields.Date(required=True, allow_none=True)
    other_ends_on = ma.fields.Date(required=True, allow_none=True)


class PairsSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(PairSchema), required=True)
    next_offset = ma.fields.Integer(required=True, allow_none=True)
