"""Wire forms of surveys at the coordinators' desk."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, page_of
from services.feedback.surveys.model import MOST_DAYS, Standing, State, Step
from services.feedback.surveys.schemas import ContentSchema, KnownSchema, WordsSchema

AREA = validate.Regexp(
    r"[1-9][0-9]{1,11}\Z", error="请填 2 至 12 位区划代码 / an area code of 2 to 12 digits"
)
STANDING = "`ended`: nobody can answer any more, and the coming night closes it"
INDUSTRY = validate.Regexp(r"[A-T][0-9]{0,4}\Z", error="如 C 或 C26 / such as C or C26 (GB/T 4754)")


class TemplateSchema(ContentSchema):
    name = ma.fields.String(required=True, validate=validate.Regexp(r"[a-z_]+\Z"))
    days = ma.fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, MOST_DAYS),
        metadata={"description": "how long it is open"},
    )


class TemplatesSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(TemplateSchema), required=True)


class SurveyDraftSchema(ContentSchema):
    area_code = ma.fields.String(
        required=True,
        validate=AREA,
        metadata={"description": "what the area codes of those it asks begin with; 321300 is all of 3213"},
    )
    industry = ma.fields.String(
        load_default=None,
        allow_none=True,
        validate=INDUSTRY,
        metadata={"description": "what their GB/T 4754 class begins with; null: any"},
    )
    opens_on = ma.fields.Date(required=True)
    closes_on = ma.fields.Date(required=True, metadata={"description": "the last day, included"})

    @ma.validates_schema
    def days_in_their_order(self, data: dict[str, Any], **_: Any) -> None:
        if not 0 <= (data["closes_on"] - data["opens_on"]).days < MOST_DAYS:
            raise ma.ValidationError(
                f"截止不能早于开始，最长 {MOST_DAYS} 天 / not before it opens, {MOST_DAYS} days at most",
                "closes_on",
            )


class SurveySchema(KnownSchema):
    """What a coordinator sees of one."""

    version = ma.fields.Integer(required=True)
    state = ma.fields.Enum(Standing, by_value=True, required=True, metadata={"description": STANDING})
    area_code = ma.fields.String(required=True)
    industry = ma.fields.String(required=True, allow_none=True)
    audience = ma.fields.Integer(
        required=True, metadata={"description": "enterprises it asks: now, or when it was published"}
    )
    answered = ma.fields.Integer(required=True)
    published_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    closed_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    allowed = ma.fields.List(ma.fields.Enum(Step, by_value=True), required=True)


class SurveyLineSchema(Schema):
    survey_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    state = ma.fields.Enum(Standing, by_value=True, required=True, metadata={"description": STANDING})
    area_code = ma.fields.String(required=True)
    industry = ma.fields.String(required=True, allow_none=True)
    opens_on = ma.fields.Date(required=True)
    closes_on = ma.fields.Date(required=True)
    title = ma.fields.Nested(WordsSchema, required=True)
    audience = ma.fields.Integer(required=True, allow_none=True)
    answered = ma.fields.Integer(required=True)


SurveyLinePageSchema = page_of(SurveyLineSchema)


class SurveyLinesQuery(Page):
    state = ma.fields.List(
        ma.fields.Enum(State, by_value=True),
        load_default=[],
        metadata={"description": "`published` includes those that have ended"},
    )


class QuestionResultSchema(Schema):
    question_id = ma.fields.String(required=True)
    answered = ma.fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "null: too few answered this one to show them"},
    )
    counts = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.Integer(),
        required=True,
        metadata={"description": "how often each option, or grade 5 to 1, was chosen"},
    )
    mean = ma.fields.Float(required=True, allow_none=True, metadata={"description": "of grades"})
    texts = ma.fields.List(ma.fields.String(), required=True, metadata={"description": "in random order"})


class ResultsSchema(Schema):
    answered = ma.fields.Integer(required=True)
    audience = ma.fields.Integer(required=True)
    floor = ma.fields.Integer(
        required=True, metadata={"description": "fewer answers are never shown (V1's k)"}
    )
    hidden = ma.fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf(["open", "ended", "too_few"]),
        metadata={
            "description": "why nothing is shown: it may still be answered, its days are over and it is not closed yet, "
            "or too few have answered"
        },
    )
    questions = ma.fields.List(ma.fields.Nested(QuestionResultSchema), required=True)
