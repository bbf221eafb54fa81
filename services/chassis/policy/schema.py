"""A profile is validated when the process starts: a typo names its field and stops it."""

from fractions import Fraction
from typing import Any, get_args
from zoneinfo import available_timezones

import marshmallow as ma
from marshmallow import validate

from events.catalogue.inspection import Trigger
from services.chassis.policy.model import Cap, Profile, Rights
from services.chassis.schema import Schema

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


def _count_or_none(most: int | None = None) -> ma.fields.Integer:
    return ma.fields.Integer(
        required=True, allow_none=True, strict=True, validate=validate.Range(min=1, max=most)
    )


def _triggers() -> ma.fields.List[str]:
    return ma.fields.List(ma.fields.String(validate=validate.OneOf(get_args(Trigger))), required=True)


class ProfileSchema(Schema):
    """Every figure must be given: a city that leaves a rule off says so with `null`."""

    name = ma.fields.String(required=True)
    version = ma.fields.String(required=True)
    in_force_from = ma.fields.Date(required=True)
    areas = ma.fields.List(ma.fields.String(validate=validate.Regexp(r"\d*\Z")), required=True)
    timezone = ma.fields.String(required=True, validate=validate.OneOf(available_timezones()))
    min_inspectors = _count()
    urgent_hours = _count()
    publish_days = _count()
    reviewed_triggers = _triggers()
    unplanned_reviewed = ma.fields.Boolean(required=True)
    blocking_triggers = _triggers()
    uncounted_triggers = _triggers()
    annual_caps = ma.fields.List(ma.fields.Nested(CapSchema), required=True)
    reasonable_per_year = _count_or_none()
    visits_per_day = _count_or_none()
    visits_per_week = _count_or_none()
    visits_per_month = _count_or_none()
    zero_finding_streak = _count_or_none()
    quiet_until_day = _count_or_none(28)
    quiet_exempt_triggers = _triggers()
    top_grade_share = ma.fields.Decimal(required=True, allow_none=True, validate=validate.Range(0, 1))
    join_days = ma.fields.Integer(required=True, strict=True, validate=validate.Range(0, 366))
    joint_headcount = _count()
    entry_radius_m = _count()
    clock_skew_seconds = _count()
    backfill_days = _count()
    conclusion_days = _count()
    publish_workdays = _count()
    k = ma.fields.Integer(required=True, strict=True, validate=validate.Range(min=2))
    release_days = _count()
    complaint_workdays = _count()
    rights = ma.fields.Nested(RightsSchema, required=True)

    @ma.post_load
    def profile(self, data: dict[str, Any], **_: Any) -> Profile:
        for name in ("areas", "annual_caps"):
            data[name] = tuple(data[name])
        for name in [name for name in data if name.endswith("_triggers")]:
            data[name] = frozenset(data[name])
        if data["top_grade_share"] is not None:
            data["top_grade_share"] = Fraction(data["top_grade_share"])
        return Profile(**data)
