"""What may be sent and what comes back."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema
from services.inspection.blackouts.model import LONGEST_DAYS, MOST_DAYS_A_YEAR


class SetBlackoutSchema(Schema):
    starts_on = ma.fields.Date(required=True, metadata={"description": "First day, on the city's calendar"})
    ends_on = ma.fields.Date(
        required=True, metadata={"description": f"Last day; at most {LONGEST_DAYS} days"}
    )
    note = ma.fields.String(
        load_default="",
        validate=validate.Length(max=200),
        metadata={"description": "Shown to whoever approves a visit in these days"},
    )


class BlackoutSchema(ma.Schema):
    blackout_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    note = ma.fields.String(required=True)
    active = ma.fields.Boolean(required=True)


class BlackoutsSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(BlackoutSchema), required=True)
    most_days_a_year = ma.fields.Integer(required=True, dump_default=MOST_DAYS_A_YEAR)
