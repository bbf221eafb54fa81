"""Wire forms of complaints."""

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, TextSchema, page_of
from services.feedback.complaints.model import Category, State, Step

_COUNTED = {"description": "how the deadline was counted"}
TEXT = validate.Length(5, 4000)
STEPS = [Step.ASSIGN.value, Step.HANDLE.value, Step.ANSWER.value, Step.FOLLOW_UP.value, Step.REOPEN.value]


class FileSchema(Schema):
    category = ma.fields.Enum(Category, by_value=True, required=True)
    text = ma.fields.String(required=True, validate=TEXT)
    order_id = ma.fields.UUID(load_default=None, allow_none=True)
    agency_id = ma.fields.UUID(load_default=None, allow_none=True)


class FiledSchema(Schema):
    tracking_number = ma.fields.String(required=True, metadata={"example": "7KQM-3D9X-AH2B-4"})
    state = ma.fields.Enum(State, by_value=True, required=True)
    due_on = ma.fields.Date(required=True)
    due_note = ma.fields.Nested(TextSchema, required=True, metadata=_COUNTED)


class OwnStepSchema(Schema):
    state = ma.fields.Enum(State, by_value=True, required=True)
    at = ma.fields.AwareDateTime(required=True)


class OwnComplaintSchema(FiledSchema):
    """What the enterprise sees: its own words, how far it is, the answer."""

    version = ma.fields.Integer(required=True)
    category = ma.fields.Enum(Category, by_value=True, required=True)
    text = ma.fields.String(required=True)
    order_id = ma.fields.UUID(required=True, allow_none=True)
    agency_id = ma.fields.UUID(required=True, allow_none=True)
    filed_at = ma.fields.AwareDateTime(required=True)
    answer = ma.fields.String(required=True, allow_none=True)
    steps = ma.fields.List(ma.fields.Nested(OwnStepSchema), required=True)


class OwnLineSchema(Schema):
    complaint_id = ma.fields.UUID(required=True)
    tracking_number = ma.fields.String(required=True)
    category = ma.fields.String(required=True)
    state = ma.fields.String(required=True)
    filed_at = ma.fields.AwareDateTime(required=True)
    due_on = ma.fields.Date(required=True)


OwnLinePageSchema = page_of(OwnLineSchema)


class ReopenSchema(Schema):
    text = ma.fields.String(required=True, validate=TEXT)


class CategorySchema(Schema):
    code = ma.fields.String(required=True)
    zh = ma.fields.String(required=True)
    en = ma.fields.String(required=True)


class CategoriesSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(CategorySchema), required=True)


class LinesQuery(Page):
    state = ma.fields.List(ma.fields.Enum(State, by_value=True), load_default=[])


class LineSchema(Schema):
    complaint_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    enterprise_id = ma.fields.UUID(required=True)
    enterprise_name = ma.fields.String(required=True, allow_none=True)
    agency_id = ma.fields.UUID(required=True, allow_none=True)
    agency_name = ma.fields.String(required=True, allow_none=True)
    order_id = ma.fields.UUID(required=True, allow_none=True)
    category = ma.fields.String(required=True)
    state = ma.fields.String(required=True)
    filed_at = ma.fields.AwareDateTime(required=True)
    due_on = ma.fields.Date(required=True)
    reopened = ma.fields.Integer(required=True)


LinePageSchema = page_of(LineSchema)


class StepSchema(OwnStepSchema):
    account_id = ma.fields.UUID(required=True, allow_none=True)
    note = ma.fields.String(required=True, allow_none=True)


class ComplaintSchema(Schema):
    """What a coordinator sees of one complaint."""

    complaint_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    enterprise_id = ma.fields.UUID(required=True)
    enterprise_name = ma.fields.String(required=True, allow_none=True)
    agency_id = ma.fields.UUID(required=True, allow_none=True)
    agency_name = ma.fields.String(required=True, allow_none=True)
    order_id = ma.fields.UUID(required=True, allow_none=True)
    category = ma.fields.Enum(Category, by_value=True, required=True)
    text = ma.fields.String(required=True)
    state = ma.fields.Enum(State, by_value=True, required=True)
    filed_at = ma.fields.AwareDateTime(required=True)
    due_on = ma.fields.Date(required=True)
    due_note = ma.fields.Nested(TextSchema, required=True, metadata=_COUNTED)
    answer = ma.fields.String(required=True, allow_none=True)
    reopened = ma.fields.Integer(required=True)
    steps = ma.fields.List(ma.fields.Nested(StepSchema), required=True)
    allowed = ma.fields.List(ma.fields.String(validate=validate.OneOf(STEPS)), required=True)


class NoteSchema(Schema):
    note = ma.fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 4000))


class AnswerSchema(Schema):
    answer = ma.fields.String(required=True, validate=TEXT)
