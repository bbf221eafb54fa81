from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema
from services.chassis.spreadsheets.schemas import ColumnSchema, FaultSchema, FieldSchema, Mapping
from services.chassis.upload import File
from services.inspection.orders.answers import FindingSchema
from services.inspection.orders.model import TRIGGERS


def _doc(description: str) -> dict[str, str]:
    return {"description": description}


class SheetUploadSchema(Schema):
    dry_run = ma.fields.Boolean(load_default=False, metadata=_doc("Draft nothing, only say what would be"))
    mapping = Mapping(load_default=dict, metadata={"type": "string", "example": '{"单位":"enterprise"}'})
    file = File(
        required=True, metadata={"type": "string", "format": "binary", "description": "CSV, xlsx, xls or ods"}
    )


class SheetFileSchema(Schema):
    columns = ma.fields.List(ma.fields.Nested(ColumnSchema), required=True, metadata=_doc("as in the file"))
    fields_ = ma.fields.List(
        ma.fields.Nested(FieldSchema), required=True, data_key="fields", attribute="fields"
    )
    missing = ma.fields.List(
        ma.fields.String(),
        required=True,
        metadata=_doc("Fields without a column; as long as there are any, no row is read"),
    )
    rows = ma.fields.List(
        ma.fields.List(ma.fields.String()), required=True, metadata=_doc("the first, as they stand")
    )


class WishSchema(Schema):
    enterprise_id = ma.fields.UUID(required=True)
    enterprise = ma.fields.String(required=True)
    uscc = ma.fields.String(required=True)
    premises_id = ma.fields.UUID(required=True)
    premises = ma.fields.String(required=True)
    items = ma.fields.List(ma.fields.String(), required=True)
    inspectors = ma.fields.List(ma.fields.String(), required=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    trigger = ma.fields.String(required=True, validate=validate.OneOf(TRIGGERS))


class SheetFaultSchema(FaultSchema):
    order_id = ma.fields.UUID(
        required=True, allow_none=True, metadata=_doc("The order that is there already")
    )


class SheetRowSchema(Schema):
    line = ma.fields.Integer(required=True, metadata=_doc("in the file, from 1"))
    wish = ma.fields.Nested(
        WishSchema,
        required=True,
        allow_none=True,
        metadata=_doc("What the row asks for, once all is understood"),
    )
    order_id = ma.fields.UUID(
        required=True,
        allow_none=True,
        metadata=_doc("of the draft; null in a dry run, and where there are faults"),
    )
    findings = ma.fields.List(
        ma.fields.Nested(FindingSchema),
        required=True,
        metadata=_doc("What the gate says; none of it stops a draft"),
    )
    faults = ma.fields.List(ma.fields.Nested(SheetFaultSchema), required=True)


class OrderSheetSchema(Schema):
    dry_run = ma.fields.Boolean(required=True)
    file = ma.fields.Nested(SheetFileSchema, required=True)
    good = ma.fields.Integer(required=True, metadata=_doc("Rows that are drafted, or would be"))
    rows = ma.fields.List(ma.fields.Nested(SheetRowSchema), required=True)
