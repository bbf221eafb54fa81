"""Wire forms of the desk."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema
from services.oversight.duplicates.desk.model import VERDICTS, WHYS

_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class DeskQuery(Schema):
    days = ma.fields.Integer(
        load_default=30,
        validate=validate.Range(0, 366),
        metadata={"description": "How far back, and how many days may lie between two visits of a pair"},
    )
    agency_id = ma.fields.UUID(load_default=None)
    area = ma.fields.String(
        load_default=None,
        validate=validate.Regexp(
            r"^\d{2,6}$", error="应为 2 至 6 位区划代码 / 2 to 6 digits of an area code"
        ),
        metadata={"description": "Area code or its beginning; trailing 00 pairs stand for all beneath"},
    )


class DeskPairsQuery(DeskQuery):
    verdict = ma.fields.String(load_default=None, validate=validate.OneOf(VERDICTS))
    why = ma.fields.String(load_default=None, validate=validate.OneOf(WHYS))
    premises_id = ma.fields.UUID(load_default=None)
    limit = ma.fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = ma.fields.String(
        load_default=None,
        validate=validate.Regexp(
            rf"^{_ID}\.{_ID}$", error="应为 next 给出的值 / must be what `next` gave: two order ids and a dot"
        ),
        metadata={"description": "`next` of the page before"},
    )


class ClustersQuery(DeskQuery):
    """A cluster has no id of its own: this list goes on by `offset`."""

    limit = ma.fields.Integer(load_default=50, validate=validate.Range(1, 200))
    offset = ma.fields.Integer(load_default=0, validate=validate.Range(0, 100_000))


class SideSchema(Schema):
    order_id = ma.fields.UUID(required=True)
    agency_id = ma.fields.UUID(required=True)
    agency_name = ma.fields.String(required=True, allow_none=True)
    state = ma.fields.String(required=True)
    trigger = ma.fields.String(required=True, allow_none=True)
    items = ma.fields.List(ma.fields.String(), required=True)
    inspectors = ma.fields.Integer(required=True)
    starts_on = ma.fields.Date(required=True, allow_none=True)
    ends_on = ma.fields.Date(required=True, allow_none=True)
    day = ma.fields.Date(
        required=True, allow_none=True, metadata={"description": "Of the visit; null: not yet"}
    )


class DeskPairSchema(Schema):
    later = ma.fields.Nested(SideSchema, required=True)
    earlier = ma.fields.Nested(SideSchema, required=True)
    enterprise_id = ma.fields.UUID(required=True)
    enterprise_name = ma.fields.String(required=True, allow_none=True)
    premises_id = ma.fields.UUID(required=True)
    area_code = ma.fields.String(required=True, allow_none=True)
    why = ma.fields.List(ma.fields.String(validate=validate.OneOf(WHYS)), required=True)
    gap_days = ma.fields.Integer(required=True)
    verdict = ma.fields.String(required=True, validate=validate.OneOf(VERDICTS))
    reason = ma.fields.String(required=True, allow_none=True)
    said_by = ma.fields.UUID(required=True, allow_none=True)


class DeskPairsSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(DeskPairSchema), required=True)
    next = ma.fields.String(required=True, allow_none=True)


class ClusterSchema(Schema):
    enterprise_id = ma.fields.UUID(required=True)
    enterprise_name = ma.fields.String(required=True, allow_none=True)
    premises_id = ma.fields.UUID(required=True)
    first_day = ma.fields.Date(required=True)
    last_day = ma.fields.Date(required=True)
    agencies = ma.fields.Integer(required=True)
    could_have_been_one = ma.fields.Integer(
        required=True, metadata={"description": "Visits more than the one that would have done"}
    )
    visits = ma.fields.List(ma.fields.Nested(SideSchema), required=True)


class ClustersSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(ClusterSchema), required=True)
    next_offset = ma.fields.Integer(required=True, allow_none=True)


class RateSchema(Schema):
    """Counts of pairs; the rates are shares of `found`, null where nothing was found."""

    agency_id = ma.fields.UUID(required=True)
    agency_name = ma.fields.String(required=True, allow_none=True)
    found = ma.fields.Integer(required=True)
    open = ma.fields.Integer(required=True)
    joined = ma.fields.Integer(required=True)
    dismissed = ma.fields.Integer(required=True)
    overridden = ma.fields.Integer(required=True)
    ignored = ma.fields.Integer(required=True)
    joined_rate = ma.fields.Float(required=True, allow_none=True)
    overridden_rate = ma.fields.Float(required=True, allow_none=True)
    dismissed_rate = ma.fields.Float(required=True, allow_none=True)
    ignored_rate = ma.fields.Float(required=True, allow_none=True)


class RatesSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(RateSchema), required=True)
