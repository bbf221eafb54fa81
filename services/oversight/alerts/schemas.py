"""Wire forms of the alerts."""

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema, TextSchema, words
from services.oversight.alerts.words import KINDS


class WatchQuery(Schema):
    agency_id = ma.fields.UUID(load_default=None)
    enterprise_id = ma.fields.UUID(load_default=None)
    aside = ma.fields.Boolean(
        load_default=False, metadata={"description": "those that were set aside instead"}
    )
    days = ma.fields.Integer(
        load_default=90,
        validate=validate.Range(1, 366),
        metadata={
            "description": "how far back, for what only happened; what `waits` is shown whatever its age"
        },
    )


class AlertsQuery(WatchQuery):
    kind = ma.fields.String(load_default=None, validate=validate.OneOf(list(KINDS)))
    limit = ma.fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = ma.fields.String(
        load_default=None,
        validate=validate.Regexp(r"[0-9]{1,18}\.[a-z_]{1,40}[0-9a-f.-]{1,120}\Z"),
        metadata={"description": "`next` of the page before"},
    )


class KindSchema(Schema):
    kind = ma.fields.String(required=True, validate=validate.OneOf(list(KINDS)))
    zh = ma.fields.String(required=True)
    en = ma.fields.String(required=True)
    waits = ma.fields.Boolean(
        required=True, metadata={"description": "stays until somebody did something about it"}
    )


class AlertCountSchema(KindSchema):
    count = ma.fields.Integer(required=True)


class AlertCountsSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(AlertCountSchema), required=True)


class AsideSchema(Schema):
    at = ma.fields.AwareDateTime(required=True)
    by = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    reason = ma.fields.String(required=True)


class AlertSchema(Schema):
    alert_id = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, validate=validate.OneOf(list(KINDS)))
    title = ma.fields.Nested(TextSchema, required=True)
    text = ma.fields.Nested(TextSchema, required=True)
    remedy = ma.fields.Nested(TextSchema, required=True, metadata={"description": "who has to do what"})
    waits = ma.fields.Boolean(required=True)
    since = ma.fields.AwareDateTime(required=True)
    due_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    agency_id = ma.fields.UUID(required=True, allow_none=True)
    agency_name = ma.fields.String(required=True, allow_none=True)
    enterprise_id = ma.fields.UUID(required=True)
    enterprise_name = ma.fields.String(required=True, allow_none=True)
    area_code = ma.fields.String(required=True, allow_none=True)
    order_id = ma.fields.UUID(
        required=True, allow_none=True, metadata={"description": "null where nobody showed one"}
    )
    figures = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Raw(allow_none=True), required=True)
    aside = ma.fields.Nested(AsideSchema, required=True, allow_none=True)


class AlertPageSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(AlertSchema), required=True)
    next = ma.fields.String(required=True, allow_none=True)


class SetAsideSchema(Schema):
    reason = words("Why nothing more is to be done; no names of people", longest=200)
