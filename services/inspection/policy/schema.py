"""A profile is validated when the process starts: a typo names its field and stops it."""

from typing import Any
from zoneinfo import available_timezones

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema
from services.inspection.orders.model import TRIGGERS
from services.inspection.policy.model import Cap, Profile, Rights

_COUNT = validate.Range(min=1)


class CapSchema(Schema):
    visits = ma.fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    domain = ma.fields.String(load_default=None)
    grade = ma.fields.String(load_default=None, validate=validate.OneOf("ABCD"))

    @ma.post_load
    def cap(self, data: dict[str, Any], **_: Any) -> Cap:
        return Cap(**data)


class RightsSchema(Schema):
    zh = ma.fields.List(ma.fields.String(), required=True, validate=validate.Length(min=1))
    en = ma.fields.List(ma.fields.String(), required=True, validate=validate.Length(min=1))

    @ma.post_load
    def rights(self, data: dict[str, Any], **_: Any) -> Rights:
        return Rights(zh=tuple(data["zh"]), en=tuple(data["en"]))


def _count() -> ma.fields.Integer:
    return ma.fields.Integer(required=True, strict=True, validate=_COUNT)


def _triggers() -> ma.fields.List[str]:
    return ma.fields.List(ma.fields.String(validate=validate.OneOf(TRIGGERS)), required=True)


class ProfileSchema(Schema):
    name = ma.fields.String(required=True)
    version = ma.fields.String(required=True)
    in_force_from = ma.fields.Date(required=True)
    areas = ma.fields.List(ma.fields.String(validate=validate.Regexp(r"\d*\Z")), required=True)
    timezone = ma.fields.String(required=True, validate=validate.OneOf(available_timezones()))
    min_inspectors = _count()
    blocking_triggers = _triggers()
    uncounted_triggers = _triggers()
    annual_caps = ma.fields.List(ma.fields.Nested(CapSchema), required=True)
    join_days = ma.fields.Integer(required=True, strict=True, validate=validate.Range(0, 366))
    entry_radius_m = _count()
    clock_skew_seconds = _count()
    backfill_days = _count()
    conclusion_days = _count()
    rights = ma.fields.Nested(RightsSchema, required=True)

    @ma.post_load
    def profile(self, data: dict[str, Any], **_: Any) -> Profile:
        for name in ("areas", "annual_caps"):
            data[name] = tuple(data[name])
        for name in ("blocking_triggers", "uncounted_triggers"):
            data[name] = frozenset(data[name])
        return Profile(**data)
