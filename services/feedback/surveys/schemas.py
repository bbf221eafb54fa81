"""Wire forms of surveys."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema, once_each, words
from services.feedback.surveys.model import TEXT_LENGTH, Kind

_CHOICE = {Kind.SINGLE, Kind.SEVERAL}
_ENGLISH = {"description": "blank: the Chinese is shown"}


class WordsSchema(Schema):
    zh = words("Chinese")
    en = ma.fields.String(load_default="", validate=validate.Length(max=1000), metadata=_ENGLISH)


class OptionSchema(Schema):
    code = ma.fields.String(required=True, validate=validate.Regexp(r"[a-z0-9_]{1,40}\Z"))
    words = ma.fields.Nested(WordsSchema, required=True)


class QuestionSchema(Schema):
    question_id = ma.fields.String(required=True, validate=validate.Regexp(r"q[0-9]{1,3}\Z"))
    kind = ma.fields.String(required=True, validate=validate.OneOf([kind.value for kind in Kind]))
    required = ma.fields.Boolean(required=True)
    words = ma.fields.Nested(WordsSchema, required=True)
    options = ma.fields.List(
        ma.fields.Nested(OptionSchema),
        load_default=[],
        validate=validate.Length(max=20),
        metadata={"description": "of single and several choice; a grade has those of 好差评"},
    )

    @ma.validates_schema
    def options_of_their_kind(self, data: dict[str, Any], **_: Any) -> None:
        codes = [option["code"] for option in data["options"]]
        if (data["kind"] in _CHOICE) != bool(codes) or len(codes) == 1:
            raise ma.ValidationError(
                "选择题需要 2 至 20 个选项，其他题没有选项 / 2 to 20 options for a choice, none otherwise",
                "options",
            )
        try:
            once_each(codes)
        except ma.ValidationError as error:
            raise ma.ValidationError(error.messages, "options") from None


def _each_question_once(questions: list[dict[str, Any]]) -> None:
    once_each([question["question_id"] for question in questions])


class ContentSchema(Schema):
    title = ma.fields.Nested(WordsSchema, required=True)
    purpose = ma.fields.Nested(WordsSchema, required=True)
    questions = ma.fields.List(
        ma.fields.Nested(QuestionSchema),
        required=True,
        validate=[validate.Length(1, 40), _each_question_once],
    )


class KnownSchema(ContentSchema):
    survey_id = ma.fields.UUID(required=True)
    opens_on = ma.fields.Date(required=True)
    closes_on = ma.fields.Date(required=True)


class AskedSurveySchema(KnownSchema):
    """What an enterprise sees of one it may answer."""

    answered = ma.fields.Boolean(required=True)


class AskedSurveysSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(AskedSurveySchema), required=True)


class AskForSurveyTicketSchema(Schema):
    survey_id = ma.fields.UUID(required=True)


class SurveyTicketSchema(Schema):
    ticket = ma.fields.String(required=True, metadata={"description": "valid for one hour, spent once"})


class SurveyAnswerSchema(Schema):
    """The one member that the question's kind asks for."""

    choices = ma.fields.List(ma.fields.String(), validate=validate.Length(1, 20))
    grade = ma.fields.Integer(strict=True, validate=validate.Range(1, 5))
    text = ma.fields.String(validate=[validate.Length(1, TEXT_LENGTH), validate.Regexp(r"\s*\S")])


class SurveyAnswersSchema(Schema):
    ticket = ma.fields.String(required=True, validate=validate.Length(1, 400))
    answers = ma.fields.Dict(
        keys=ma.fields.String(validate=validate.Length(1, 4)),
        values=ma.fields.Nested(SurveyAnswerSchema),
        required=True,
        validate=validate.Length(max=40),
        metadata={"description": "by question_id"},
    )


class AnsweredSchema(Schema):
    counted_on = ma.fields.Date(required=True)
