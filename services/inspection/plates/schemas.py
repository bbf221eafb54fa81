from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema, once_each
from services.inspection.plates.model import MOST


class PlatesSchema(Schema):
    premises_ids = ma.fields.List(
        ma.fields.UUID(),
        required=True,
        validate=[validate.Length(1, MOST), once_each],
        metadata={"description": "Printed in this order"},
    )
