"""Wire forms of the map."""

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema
from services.oversight.figures.schemas import FiguresQuery


class AreasQuery(FiguresQuery):
    area = ma.fields.String(
        load_default=None,
        validate=validate.Regexp(r"[0-9]{2,12}\Z"),
        metadata={"description": "an area code, or how it begins"},
    )


class AreaSchema(Schema):
    """One grid. What happened there in the period behind each number: /orders?measure=…&by=cell&value=<cell>."""

    cell = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "area code and grid; null: place not known"}
    )
    area_code = ma.fields.String(required=True, allow_none=True)
    grid = ma.fields.String(required=True, allow_none=True)
    premises = ma.fields.Integer(required=True, metadata={"description": "in use, now"})
    enterprises = ma.fields.Integer(
        required=True,
        metadata={"description": "with premises in use here; one with several may be in more cells"},
    )
    latitude = ma.fields.Float(
        required=True, allow_none=True, metadata={"description": "the middle of the premises that have one"}
    )
    longitude = ma.fields.Float(required=True, allow_none=True)
    inspections = ma.fields.Integer(required=True)
    joint = ma.fields.Integer(required=True)
    unscanned = ma.fields.Integer(required=True)
    with_finding = ma.fields.Integer(required=True)
    refused = ma.fields.Integer(required=True)
    visit_refused = ma.fields.Integer(required=True)
    duplicates = ma.fields.Integer(required=True)
    joined = ma.fields.Integer(required=True)
    entered_today = ma.fields.Integer(required=True, metadata={"description": "whatever the period"})
    over_cap = ma.fields.Integer(
        required=True,
        metadata={"description": "enterprises visited more often in the period's last year than items allow"},
    )


class AreasSchema(Schema):
    first = ma.fields.Date(required=True, data_key="from", attribute="from")
    last = ma.fields.Date(required=True, data_key="to", attribute="to")
    today = ma.fields.Date(required=True)
    items = ma.fields.List(ma.fields.Nested(AreaSchema), required=True)
