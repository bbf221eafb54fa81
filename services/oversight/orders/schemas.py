"""Wire forms of the orders and refusals behind a number."""

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, page_of
from services.oversight.orders.store import MEASURES


class PeriodPage(Page):
    first = ma.fields.Date(data_key="from", load_default=None)
    last = ma.fields.Date(data_key="to", load_default=None)
    agency_id = ma.fields.UUID(load_default=None)


class OrdersQuery(PeriodPage):
    measure = ma.fields.String(
        load_default=None,
        validate=validate.OneOf(list(MEASURES)),
        metadata={"description": "the figure to look behind, within the period; without it any order"},
    )
    state = ma.fields.String(load_default=None, validate=validate.Regexp(r"[a-z_]{1,20}\Z"))
    enterprise_id = ma.fields.UUID(load_default=None)
    industry = ma.fields.String(load_default=None, validate=validate.Regexp(r"[A-T]\Z"))
    area_code = ma.fields.String(load_default=None, validate=validate.Regexp(r"[0-9]{1,12}\Z"))


class OrderLineSchema(Schema):
    order_id = ma.fields.UUID(required=True)
    state = ma.fields.String(required=True)
    trigger = ma.fields.String(required=True, allow_none=True)
    agency_id = ma.fields.UUID(required=True)
    agency_name = ma.fields.String(required=True, allow_none=True)
    agencies = ma.fields.List(ma.fields.UUID(), required=True)
    enterprise_id = ma.fields.UUID(required=True)
    enterprise_name = ma.fields.String(required=True, allow_none=True)
    uscc = ma.fields.String(required=True, allow_none=True)
    industry = ma.fields.String(required=True, allow_none=True)
    area_code = ma.fields.String(required=True, allow_none=True)
    premises_id = ma.fields.UUID(required=True)
    starts_on = ma.fields.Date(required=True, allow_none=True)
    ends_on = ma.fields.Date(required=True, allow_none=True)
    day = ma.fields.Date(required=True, allow_none=True)
    entered_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    online = ma.fields.Boolean(required=True, allow_none=True)
    flags = ma.fields.List(ma.fields.String(), required=True)
    left_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    concluded_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    result = ma.fields.String(required=True, allow_none=True)
    absorbed_into = ma.fields.UUID(required=True, allow_none=True)
    duplicates = ma.fields.Integer(required=True)
    overrides = ma.fields.Integer(required=True)


class RefusalLineSchema(Schema):
    refusal_id = ma.fields.UUID(required=True)
    rule = ma.fields.String(required=True)
    reason = ma.fields.String(required=True)
    refused_at = ma.fields.AwareDateTime(required=True)
    day = ma.fields.Date(required=True)
    agency_id = ma.fields.UUID(required=True, allow_none=True)
    agency_name = ma.fields.String(required=True, allow_none=True)
    enterprise_id = ma.fields.UUID(required=True)
    enterprise_name = ma.fields.String(required=True, allow_none=True)
    premises_id = ma.fields.UUID(required=True, allow_none=True)
    order_id = ma.fields.UUID(required=True, allow_none=True)
    inspector_id = ma.fields.UUID(required=True, allow_none=True)


OrderPageSchema = page_of(OrderLineSchema)
RefusalPageSchema = page_of(RefusalLineSchema)
