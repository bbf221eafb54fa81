"""What comes back of orders."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import TextSchema, page_of
from services.inspection.gate import RULES, Outcome, Stage
from services.inspection.orders.model import DEADLINES, RATIFICATIONS, RESULTS, TRIGGERS, Action, State


def _doc(description: str) -> dict[str, str]:
    return {"description": description}


class FindingSchema(ma.Schema):
    rule = ma.fields.String(required=True, validate=validate.OneOf(list(RULES)))
    key = ma.fields.String(required=True, metadata=_doc("Give the reason for a `justify` under this key"))
    outcome = ma.fields.String(required=True, validate=validate.OneOf(list(Outcome)))
    explanation = ma.fields.Nested(TextSchema, required=True)
    remedy = ma.fields.Nested(TextSchema, required=True)
    citations = ma.fields.List(ma.fields.Nested(TextSchema), required=True)
    figures = ma.fields.Dict(required=True)
    orders = ma.fields.List(ma.fields.UUID(), required=True)
    items = ma.fields.List(ma.fields.UUID(), required=True)


class StoredFindingSchema(FindingSchema):
    stage = ma.fields.String(required=True, validate=validate.OneOf(list(Stage)))
    judged_at = ma.fields.AwareDateTime(required=True)
    last_at = ma.fields.AwareDateTime(required=True)
    times = ma.fields.Integer(required=True, metadata=_doc("how often within the hour, up to `last_at`"))
    reason = ma.fields.String(allow_none=True)
    reason_by = ma.fields.UUID(allow_none=True)


class CheckSchema(ma.Schema):
    findings = ma.fields.List(ma.fields.Nested(FindingSchema), required=True)
    policy = ma.fields.String(required=True, metadata=_doc("Policy profile and version judged by"))


class PartySchema(ma.Schema):
    agency_id = ma.fields.UUID(required=True)
    name = ma.fields.String(allow_none=True)
    leads = ma.fields.Boolean(required=True)


class SubjectSchema(ma.Schema):
    enterprise_id = ma.fields.UUID(required=True)
    uscc = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    industry = ma.fields.String(required=True)
    grade = ma.fields.String(allow_none=True)


class PlaceSchema(ma.Schema):
    premises_id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    address = ma.fields.String(required=True)
    area_code = ma.fields.String(required=True)
    grid = ma.fields.String(required=True)


class NamedItemSchema(ma.Schema):
    item_id = ma.fields.UUID(required=True)
    agency_id = ma.fields.UUID(required=True)
    code = ma.fields.String(allow_none=True)
    name = ma.fields.String(allow_none=True)
    domain = ma.fields.String(required=True)
    legal_basis = ma.fields.String(allow_none=True)
    checklist_version = ma.fields.Integer(allow_none=True, metadata=_doc("Locked at issue (rule R1)"))


class NamedInspectorSchema(ma.Schema):
    inspector_id = ma.fields.UUID(required=True)
    agency_id = ma.fields.UUID(required=True)
    name = ma.fields.String(allow_none=True)
    certificate_number = ma.fields.String(allow_none=True)
    kind = ma.fields.String(allow_none=True)


class GuestSchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    agency_id = ma.fields.UUID(required=True)
    agency = ma.fields.String(required=True, allow_none=True)
    agencies = ma.fields.List(ma.fields.UUID(), required=True, metadata=_doc("Each of them may split it off"))
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    items = ma.fields.List(ma.fields.String(), required=True)
    inspectors = ma.fields.List(ma.fields.String(), required=True)


class ApprovalSchema(ma.Schema):
    agency_id = ma.fields.UUID(required=True)
    approved_by = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    approved_at = ma.fields.AwareDateTime(required=True)
    carried_from = ma.fields.UUID(allow_none=True)


class StepSchema(ma.Schema):
    version = ma.fields.Integer(required=True)
    action = ma.fields.String(required=True, validate=validate.OneOf(list(Action)))
    by = ma.fields.UUID(allow_none=True)
    name = ma.fields.String(allow_none=True)
    reason = ma.fields.String(allow_none=True)
    at = ma.fields.AwareDateTime(required=True)


class VisitsSchema(ma.Schema):
    agency_id = ma.fields.UUID(
        allow_none=True, metadata=_doc("null: all agencies together, a joint visit once")
    )
    name = ma.fields.String(allow_none=True)
    visited = ma.fields.Integer(required=True)
    planned = ma.fields.Integer(required=True)


class CapSchema(ma.Schema):
    agency_id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    domain = ma.fields.String(required=True)
    visited = ma.fields.Integer(required=True, metadata=_doc("Other visits of that year that were made"))
    planned = ma.fields.Integer(required=True, metadata=_doc("and that are still to come"))
    cap = ma.fields.Integer(required=True, allow_none=True, metadata=_doc("null: nobody sets one"))


class OrderSchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True, metadata=_doc("Also the ETag; send it back as If-Match"))
    revision = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True, validate=validate.OneOf(list(State)))
    allowed = ma.fields.List(
        ma.fields.String(), required=True, metadata=_doc("What may be done in this state")
    )
    agency_id = ma.fields.UUID(required=True)
    enterprise_id = ma.fields.UUID(required=True)
    premises_id = ma.fields.UUID(required=True)
    enterprise = ma.fields.Nested(SubjectSchema, allow_none=True)
    premises = ma.fields.Nested(PlaceSchema, allow_none=True)
    trigger = ma.fields.String(required=True, validate=validate.OneOf(TRIGGERS))
    clue = ma.fields.String(allow_none=True)
    campaign_id = ma.fields.UUID(allow_none=True)
    campaign = ma.fields.String(allow_none=True, metadata={"description": "Its name"})
    draw_id = ma.fields.UUID(allow_none=True)
    draw = ma.fields.String(allow_none=True, metadata={"description": "What it is for"})
    recheck_of = ma.fields.UUID(allow_none=True)
    assistance_letter = ma.fields.String(allow_none=True)
    on_site_reason = ma.fields.String(required=True)
    considered = ma.fields.List(ma.fields.String(), required=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    drafted_by = ma.fields.UUID(required=True)
    drafted_at = ma.fields.AwareDateTime(required=True)
    submitted_by = ma.fields.UUID(allow_none=True)
    submitted_at = ma.fields.AwareDateTime(allow_none=True)
    issued_at = ma.fields.AwareDateTime(allow_none=True)
    notice_read_at = ma.fields.AwareDateTime(
        allow_none=True,
        metadata=_doc("When whoever was shown the order code first confirmed that the notice was read"),
    )
    entered_at = ma.fields.AwareDateTime(allow_none=True)
    recorded_at = ma.fields.AwareDateTime(allow_none=True)
    concluded_at = ma.fields.AwareDateTime(allow_none=True)
    closed_at = ma.fields.AwareDateTime(allow_none=True)
    result = ma.fields.String(allow_none=True, validate=validate.OneOf(RESULTS))
    rectification_due_on = ma.fields.Date(allow_none=True)
    absorbed_into = ma.fields.UUID(allow_none=True)
    policy = ma.fields.String(allow_none=True)
    ratification = ma.fields.String(allow_none=True, validate=validate.OneOf(RATIFICATIONS))
    ratify_by = ma.fields.AwareDateTime(
        allow_none=True, metadata=_doc("Until when the head must say yes or no to an urgent order (rule A6)")
    )
    conclude_by = ma.fields.AwareDateTime(
        allow_none=True, metadata=_doc("Until when the result must be told (rule R3)")
    )
    overdue = ma.fields.List(
        ma.fields.String(validate=validate.OneOf(DEADLINES)),
        required=True,
        metadata=_doc("Deadlines that have passed and were told to the supervisor"),
    )
    agencies = ma.fields.List(ma.fields.Nested(PartySchema), required=True)
    items = ma.fields.List(ma.fields.Nested(NamedItemSchema), required=True)
    inspectors = ma.fields.List(ma.fields.Nested(NamedInspectorSchema), required=True)
    guests = ma.fields.List(
        ma.fields.Nested(GuestSchema),
        required=True,
        metadata=_doc("Orders that this joint one took in, each as it would leave"),
    )
    approvals = ma.fields.List(ma.fields.Nested(ApprovalSchema), required=True)
    findings = ma.fields.List(
        ma.fields.Nested(StoredFindingSchema),
        required=True,
        metadata=_doc("of the latest look before the visit"),
    )
    case_findings = ma.fields.List(
        ma.fields.Nested(StoredFindingSchema),
        required=True,
        metadata=_doc(
            "what stopped a record, a conclusion or the closing, counted within the hour, the oldest first"
        ),
    )
    visits = ma.fields.List(ma.fields.Nested(VisitsSchema), required=True)
    caps = ma.fields.List(
        ma.fields.Nested(CapSchema),
        required=True,
        metadata=_doc(
            "How much of the yearly caps is used (rule F1); empty for a trigger that takes no place"
        ),
    )
    steps = ma.fields.List(ma.fields.Nested(StepSchema), required=True)


class SummarySchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True)
    agency_id = ma.fields.UUID(required=True)
    agency = ma.fields.String(allow_none=True)
    enterprise_id = ma.fields.UUID(required=True)
    enterprise = ma.fields.String(allow_none=True)
    premises_id = ma.fields.UUID(required=True)
    address = ma.fields.String(allow_none=True)
    trigger = ma.fields.String(required=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    items = ma.fields.List(ma.fields.String(), required=True)
    agencies = ma.fields.Integer(required=True)
    ratification = ma.fields.String(allow_none=True, validate=validate.OneOf(RATIFICATIONS))
    ratify_by = ma.fields.AwareDateTime(allow_none=True)
    overdue = ma.fields.List(ma.fields.String(), required=True)


SummaryPageSchema = page_of(SummarySchema)
