"""What is said of any file: its columns, the fields they may be, the faults of its rows."""

from __future__ import annotations

import json
from typing import Any

import marshmallow as ma

from services.chassis.schema import Schema


class Mapping(ma.fields.Field[dict[str, str]]):
    """`{"header in the file": "field"}`, as JSON text in a form field; `""` leaves a column out."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, str]:
        try:
            mapping = json.loads(value or "{}")
        except ValueError:
            mapping = None
        if not isinstance(mapping, dict) or not all(isinstance(field, str) for field in mapping.values()):  # pyright: ignore[reportUnknownVariableType,reportUnknownMemberType]
            raise ma.ValidationError('应为 JSON，如 {"单位":"name"} · JSON like {"header": "field"}')
        return mapping  # pyright: ignore[reportUnknownVariableType]


class ColumnSchema(Schema):
    title = ma.fields.String(required=True, metadata={"description": "as it stands in the file"})
    field = ma.fields.String(required=True, allow_none=True, metadata={"description": "null: ignored"})


class FieldSchema(Schema):
    name = ma.fields.String(required=True)
    title = ma.fields.String(required=True, metadata={"description": "the usual header"})
    required = ma.fields.Boolean(required=True)


class FaultSchema(Schema):
    line = ma.fields.Integer(required=True)
    column = ma.fields.String(required=True, attribute="title", metadata={"description": "empty: the row"})
    value = ma.fields.String(required=True)
    code = ma.fields.String(required=True, attribute="reason")
    zh = ma.fields.String(required=True)
    en = ma.fields.String(required=True)
