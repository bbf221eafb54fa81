"""Fields that several schemas of the registry share."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.registry.words import DOMAINS

LEVELS = ("city", "county", "town")


def text(length: int, *, required: bool = True, **options: Any) -> ma.fields.String:
    """Stripped text of 1 to `length` characters."""
    return Line(required=required, validate=validate.Length(1 if required else 0, length), **options)


def area_code(**options: Any) -> ma.fields.String:
    return ma.fields.String(
        validate=validate.Regexp(
            r"\d{6}(\d{3}){0,2}\Z", error="区划代码为 6、9 或 12 位数字 · an area code has 6, 9 or 12 digits"
        ),
        metadata={"description": "GB/T 2260 行政区划代码, 6, 9 or 12 digits", "example": "321371"},
        **options,
    )


def level(**options: Any) -> ma.fields.String:
    return ma.fields.String(validate=validate.OneOf(LEVELS), **options)


def domain(**options: Any) -> ma.fields.String:
    return ma.fields.String(validate=validate.OneOf(sorted(DOMAINS)), **options)


class Line(ma.fields.String):
    """Text without the space around it."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        given = super()._deserialize(value, *args, **kwargs)
        return given.strip()
