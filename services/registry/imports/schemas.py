from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema, page_of
from services.chassis.spreadsheets.schemas import ColumnSchema, FaultSchema, FieldSchema, Mapping
from services.chassis.upload import File
from services.registry.imports.kinds import NAMES
from services.registry.imports.model import State


class PreviewedSchema(Schema):
    kind = ma.fields.String(
        load_default=None,
        validate=validate.OneOf(NAMES),
        metadata={"description": "left out: what it looks most like of what the caller may import"},
    )
    mapping = Mapping(load_default=dict, metadata={"type": "string", "example": '{"单位":"name"}'})
    file = File(
        required=True, metadata={"type": "string", "format": "binary", "description": "CSV, xlsx, xls or ods"}
    )


class UploadSchema(PreviewedSchema):
    kind = ma.fields.String(required=True, validate=validate.OneOf(NAMES))
    dry_run = ma.fields.Boolean(load_default=False)


class PreviewSchema(Schema):
    kind = ma.fields.String(required=True, validate=validate.OneOf(NAMES))
    columns = ma.fields.List(ma.fields.Nested(ColumnSchema), required=True)
    missing = ma.fields.List(ma.fields.String(), required=True)
    fields_ = ma.fields.List(
        ma.fields.Nested(FieldSchema), required=True, data_key="fields", attribute="fields"
    )
    rows = ma.fields.List(ma.fields.List(ma.fields.String()), required=True)


class ImportSchema(Schema):
    """rows = accepted + rejected + duplicates; accepted = created + updated + unchanged."""

    import_id = ma.fields.UUID(required=True)
    kind = ma.fields.String(required=True, validate=validate.OneOf(NAMES))
    filename = ma.fields.String(required=True)
    agency = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "that imported its own inspectors; null: a registrar did"},
    )
    dry_run = ma.fields.Boolean(required=True)
    state = ma.fields.Enum(State, by_value=True, required=True)
    progress = ma.fields.Float(required=True, metadata={"description": "0 to 1"})
    rows = ma.fields.Integer(required=True)
    accepted = ma.fields.Integer(required=True)
    created = ma.fields.Integer(required=True)
    updated = ma.fields.Integer(required=True)
    unchanged = ma.fields.Integer(required=True)
    rejected = ma.fields.Integer(required=True)
    duplicates = ma.fields.Integer(required=True)
    columns = ma.fields.Dict(ma.fields.String(), ma.fields.String())
    ignored = ma.fields.List(ma.fields.String())
    problem_zh = ma.fields.String(allow_none=True)
    problem_en = ma.fields.String(allow_none=True)
    created_at = ma.fields.AwareDateTime(required=True)
    finished_at = ma.fields.AwareDateTime(allow_none=True)


ImportPage = page_of(ImportSchema)


class FaultQuery(Schema):
    limit = ma.fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = ma.fields.String(
        load_default=None,
        validate=validate.Regexp(r"\d{1,9}-\d{1,4}\Z"),
        metadata={"description": "`next` of the page before"},
    )


class FaultPageSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(FaultSchema), required=True)
    next = ma.fields.String(allow_none=True)
