"""marshmallow at the edge: unknown fields are refused in requests."""

from typing import Any

import marshmallow as ma
from marshmallow import validate


class Schema(ma.Schema):
    class Meta:
        unknown = ma.RAISE
        ordered = True


class Page(Schema):
    """Query of a list: `after` is the last id seen."""

    limit = ma.fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = ma.fields.UUID(load_default=None)


def page_of(item: type[ma.Schema]) -> type[ma.Schema]:
    """`{"items": […], "next": id or null}`."""
    name = item.__name__.removesuffix("Schema") + "PageSchema"
    fields = {
        "items": ma.fields.List(ma.fields.Nested(item), required=True),
        "next": ma.fields.UUID(allow_none=True),
    }
    return type(name, (Schema,), fields)


class TextSchema(ma.Schema):
    """Words for people, in both languages (`errors.Text`)."""

    zh = ma.fields.String(required=True)
    en = ma.fields.String(required=True)


class ProblemSchema(ma.Schema):
    """RFC 9457, in the caller's language, with both languages beside."""

    type = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    detail = ma.fields.String(required=True)
    remedy = ma.fields.String(required=True)
    code = ma.fields.String(required=True)
    instance = ma.fields.String(required=True)
    correlation_id = ma.fields.String(required=True)


def words(description: str, *, longest: int = 500, required: bool = True) -> ma.fields.String:
    """Text that says something; null and left out alike where it is not required."""
    said = [
        validate.Length(1, longest),
        validate.Regexp(r"\s*\S", error="不能为空 / must not be blank"),
    ]
    if required:
        return ma.fields.String(required=True, validate=said, metadata={"description": description})
    return ma.fields.String(
        load_default=None, allow_none=True, validate=said, metadata={"description": description}
    )


def once_each(values: list[Any]) -> None:
    if len(set(values)) != len(values):
        raise ma.ValidationError("同一项不能重复 / the same one is named twice")
