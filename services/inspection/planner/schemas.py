"""What may be sent and what comes back."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, TextSchema, page_of
from services.inspection.computations.model import State
from services.inspection.planner.commands import StartPlan

MOST_SECONDS = 300
MOST_ACCEPTED = 50


def _doc(description: str) -> dict[str, str]:
    return {"description": description}


def area_field() -> ma.fields.String:
    return ma.fields.String(
        required=True,
        validate=validate.Regexp(r"[0-9]{2,12}\Z", error="应为 2 至 12 位数字 / 2 to 12 digits"),
        metadata=_doc("What the area codes of the premises begin with: 3213 is a city, 321391 a county"),
    )


class StartSchema(Schema):
    area_code = area_field()
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    time_limit_seconds = ma.fields.Integer(
        load_default=60, strict=True, validate=validate.Range(1, MOST_SECONDS)
    )
    visits_a_day = ma.fields.Integer(
        load_default=2,
        strict=True,
        validate=validate.Range(1, 8),
        metadata=_doc("How many visits one inspector makes a day"),
    )

    @ma.post_load
    def command(self, data: dict[str, Any], **_: Any) -> StartPlan:
        return StartPlan(**data)


class FiguresSchema(ma.Schema):
    status = ma.fields.String(
        required=True, validate=validate.OneOf(["optimal", "feasible"]), metadata=_doc("optimal: proven")
    )
    visits = ma.fields.Integer(required=True)
    bound = ma.fields.Integer(
        required=True, metadata=_doc("No plan that serves as many orders makes fewer visits; proven")
    )
    gap = ma.fields.Float(required=True, metadata=_doc("(visits - bound) / visits"))
    orders = ma.fields.Integer(required=True)
    joined_visits = ma.fields.Integer(required=True)
    unserved = ma.fields.Integer(required=True)
    visits_saved = ma.fields.Integer(required=True, metadata=_doc("Against a visit for each order"))
    person_hours = ma.fields.Float(required=True)
    person_hours_saved = ma.fields.Float(required=True)
    parts = ma.fields.Integer(required=True, metadata=_doc("Groups of orders that share no inspector's day"))
    decomposed = ma.fields.Integer(
        required=True, metadata=_doc("Parts too large for one model; the bound holds for them too")
    )
    seconds = ma.fields.Float(required=True)


class JointPlanSchema(ma.Schema):
    joint_plan_id = ma.fields.UUID(required=True, attribute="computation_id")
    area_code = ma.fields.String(required=True)
    starts_on = ma.fields.String(required=True, attribute="request.starts_on")
    ends_on = ma.fields.String(required=True, attribute="request.ends_on")
    time_limit_seconds = ma.fields.Integer(required=True, attribute="request.time_limit_seconds")
    visits_a_day = ma.fields.Integer(required=True, attribute="request.visits_a_day")
    state = ma.fields.Enum(State, by_value=True, required=True)
    progress = ma.fields.Float(required=True, metadata=_doc("0 to 1"))
    figures = ma.fields.Nested(FiguresSchema, allow_none=True, attribute="result")
    problem_zh = ma.fields.String(allow_none=True)
    problem_en = ma.fields.String(allow_none=True)
    created_at = ma.fields.AwareDateTime(required=True)
    finished_at = ma.fields.AwareDateTime(allow_none=True)


JointPlanPageSchema = page_of(JointPlanSchema)


class VisitsQuery(Schema):
    limit = ma.fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = ma.fields.Integer(
        load_default=0, validate=validate.Range(0, 10_000_000), metadata=_doc("The last number seen")
    )
    joined = ma.fields.Boolean(
        load_default=None, metadata=_doc("Only visits of several orders, or only others")
    )


class PlannedOrderSchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True, metadata=_doc("That it was planned with"))
    agencies = ma.fields.List(ma.fields.UUID(), required=True)


class PlannedVisitSchema(ma.Schema):
    number = ma.fields.Integer(required=True)
    enterprise_id = ma.fields.UUID(required=True)
    enterprise = ma.fields.String(allow_none=True)
    premises_id = ma.fields.UUID(required=True)
    address = ma.fields.String(allow_none=True)
    day = ma.fields.Date(required=True)
    lead_agency_id = ma.fields.UUID(required=True)
    lead = ma.fields.String(allow_none=True)
    headcount = ma.fields.Integer(required=True)
    orders = ma.fields.List(ma.fields.Nested(PlannedOrderSchema), required=True)
    proposal_id = ma.fields.UUID(allow_none=True, metadata=_doc("What it became when it was accepted"))


class PlannedVisitPageSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(PlannedVisitSchema), required=True)
    next = ma.fields.Integer(allow_none=True)


class WhySchema(ma.Schema):
    code = ma.fields.String(required=True)
    explanation = ma.fields.Nested(TextSchema, required=True)
    orders = ma.fields.List(ma.fields.UUID(), required=True)
    figures = ma.fields.Dict(required=True)


class ApartSchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    agency = ma.fields.String(allow_none=True)
    enterprise = ma.fields.String(allow_none=True)
    served = ma.fields.Boolean(required=True, metadata=_doc("Whether it has a visit of its own"))
    why = ma.fields.List(ma.fields.Nested(WhySchema), required=True)


ApartPageSchema = page_of(ApartSchema)
ApartQuery = Page


class AcceptVisitsSchema(Schema):
    visits = ma.fields.List(
        ma.fields.Integer(strict=True, validate=validate.Range(1, 10_000_000)),
        required=True,
        validate=validate.Length(1, MOST_ACCEPTED),
        metadata=_doc("Numbers of the visits"),
    )


class ChangedSchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    planned_version = ma.fields.Integer(required=True)
    version = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True)


class NotAcceptedSchema(ma.Schema):
    code = ma.fields.String(required=True)
    explanation = ma.fields.Nested(TextSchema, required=True)
    remedy = ma.fields.Nested(TextSchema, required=True)
    changed = ma.fields.List(ma.fields.Nested(ChangedSchema), required=True)


class AcceptedSchema(ma.Schema):
    number = ma.fields.Integer(required=True)
    proposal_id = ma.fields.UUID(allow_none=True)
    refused = ma.fields.Nested(NotAcceptedSchema, allow_none=True)


class AcceptedVisitsSchema(ma.Schema):
    visits = ma.fields.List(ma.fields.Nested(AcceptedSchema), required=True)
