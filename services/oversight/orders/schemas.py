"""Wire forms of the orders and refusals behind a number."""

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, page_of
from services.oversight.figures.schemas import BYS
from services.oversight.orders.counted import MEASURES


class PeriodPage(Page):
    first = ma.fields.Date(data_key="from", load_default=None)
    last = ma.fields.Date(data_key="to", load_default=None)
    agency_id = ma.fields.UUID(load_default=None)


class OrdersQuery(Schema):
    first = ma.fields.Date(data_key="from", load_default=None)
    last = ma.fields.Date(data_key="to", load_default=None)
    agency_id = ma.fields.UUID(load_default=None)
    measure = ma.fields.String(
        load_default=None,
        validate=validate.OneOf(MEASURES),
        metadata={
            "description": "the figure to look behind, within the period, by its name in /inspections. In /figures:"
            " entries.with_code is `entered`, .without_code `unscanned`, duplicates.found `duplicates`, .open"
            " `unanswered`, refusals `refused`, visit_refusals.total `visit_refused`, .supported"
            " `visit_refused_supported`, ratifications.late `ratified_late`, .pending `unratified`, deadlines_passed.x"
            " `x_overdue`, complaints.x `complaints_x`. Without it: orders in `state` now, of any day"
        },
    )
    by = ma.fields.String(
        load_default=None,
        validate=validate.OneOf(BYS),
        metadata={"description": "one group of /inspections, or of a series: the one of key `value`"},
    )
    value = ma.fields.String(
        load_default=None,
        validate=validate.Regexp(r"[^\x00]{0,100}\Z"),
        metadata={"description": "empty: not known"},
    )
    state = ma.fields.String(
        load_default=None,
        validate=validate.Regexp(r"[a-z_]{1,40}\Z"),
        metadata={"description": "`status` of the lines: an order's state, a pair's, a complaint's"},
    )
    kind = ma.fields.String(
        load_default=None,
        validate=validate.Regexp(r"[A-Za-z0-9_]{1,40}\Z"),
        metadata={"description": "`kind` of the lines: a trigger, rule, ground or category"},
    )
    enterprise_id = ma.fields.UUID(load_default=None)
    industry = ma.fields.String(load_default=None, validate=validate.Regexp(r"[A-T]\Z"))
    area_code = ma.fields.String(load_default=None, validate=validate.Regexp(r"[0-9]{1,12}\Z"))
    cell = ma.fields.String(load_default=None, validate=validate.Regexp(r"[^\x00]{1,100}\Z"))
    limit = ma.fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = ma.fields.String(
        load_default=None,
        validate=validate.Regexp(r"[0-9A-Za-z.-]{1,200}\Z"),
        metadata={"description": "`next` of the page before"},
    )


class OrderLineSchema(Schema):
    """One thing that was counted, and the order behind it. What is said of the order is null where there is none: a
    gate that refused somebody without an order, a complaint about none."""

    line_id = ma.fields.String(required=True)
    day = ma.fields.Date(
        required=True, allow_none=True, metadata={"description": "on which it counts; null: not visited yet"}
    )
    status = ma.fields.String(
        required=True,
        metadata={"description": "the order's, the pair's or the complaint's state; why the gate refused"},
    )
    kind = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "trigger, rule, ground or category"}
    )
    order_id = ma.fields.UUID(required=True, allow_none=True)
    other_order_id = ma.fields.UUID(
        required=True, allow_none=True, metadata={"description": "of a pair: the one that was there before"}
    )
    agency_id = ma.fields.UUID(required=True, allow_none=True)
    agency_name = ma.fields.String(required=True, allow_none=True)
    enterprise_id = ma.fields.UUID(required=True)
    enterprise_name = ma.fields.String(required=True, allow_none=True)
    uscc = ma.fields.String(required=True, allow_none=True)
    industry = ma.fields.String(required=True, allow_none=True)
    area_code = ma.fields.String(required=True, allow_none=True)
    cell = ma.fields.String(required=True, allow_none=True)
    premises_id = ma.fields.UUID(required=True, allow_none=True)
    state = ma.fields.String(required=True, allow_none=True)
    trigger = ma.fields.String(required=True, allow_none=True)
    agencies = ma.fields.List(ma.fields.UUID(), required=True, allow_none=True)
    starts_on = ma.fields.Date(required=True, allow_none=True)
    ends_on = ma.fields.Date(required=True, allow_none=True)
    entered_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    online = ma.fields.Boolean(required=True, allow_none=True)
    flags = ma.fields.List(ma.fields.String(), required=True, allow_none=True)
    left_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    concluded_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    result = ma.fields.String(required=True, allow_none=True)
    absorbed_into = ma.fields.UUID(required=True, allow_none=True)
    duplicates = ma.fields.Integer(required=True, allow_none=True)
    overrides = ma.fields.Integer(required=True, allow_none=True)
    ratification = ma.fields.String(required=True, allow_none=True)
    ratify_by = ma.fields.AwareDateTime(required=True, allow_none=True)
    rectification_due_on = ma.fields.Date(required=True, allow_none=True)
    deadlines = ma.fields.List(ma.fields.String(), required=True, allow_none=True)


class OrderPageSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(OrderLineSchema), required=True)
    next = ma.fields.String(required=True, allow_none=True)


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


RefusalPageSchema = page_of(RefusalLineSchema)
