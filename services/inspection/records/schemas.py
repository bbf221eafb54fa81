import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema
from services.inspection.orders.model import RESULTS
from services.inspection.records.model import FINDINGS

_NAME = validate.Length(1, 100)


class RecordAnswerSchema(Schema):
    item_id = ma.fields.UUID(required=True)
    question_id = ma.fields.String(required=True, validate=validate.Length(1, 100))
    finding = ma.fields.String(required=True, validate=validate.OneOf(FINDINGS))
    note = ma.fields.String(load_default="", validate=validate.Length(max=2000))


class SignatureRefusalSchema(Schema):
    """拒签: why, and who witnessed it."""

    reason = ma.fields.String(required=True, validate=validate.Length(2, 500))
    witness = ma.fields.String(required=True, validate=_NAME)


class MakeRecordSchema(Schema):
    answers = ma.fields.List(
        ma.fields.Nested(RecordAnswerSchema), required=True, validate=validate.Length(max=2000)
    )
    statement = ma.fields.String(
        load_default="",
        validate=validate.Length(max=4000),
        metadata={"description": "what the enterprise says to it"},
    )
    signed_by = ma.fields.String(load_default=None, allow_none=True, validate=_NAME)
    refusal = ma.fields.Nested(SignatureRefusalSchema, load_default=None, allow_none=True)

    @ma.validates_schema
    def signed_or_refused(self, data: dict[str, object], **_: object) -> None:
        """Not both. That it is one of them is for rule R2 to say, with its source, and to be kept with the order."""
        if data["signed_by"] is not None and data["refusal"] is not None:
            raise ma.ValidationError("签名与拒签只能有其一 / either signed or refused, not both", "signed_by")


class RecordSchema(Schema):
    order_id = ma.fields.UUID(required=True)
    made_by = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    made_at = ma.fields.AwareDateTime(required=True)
    statement = ma.fields.String(required=True)
    signed_by = ma.fields.String(allow_none=True, attribute="signature.signed_by")
    refusal_reason = ma.fields.String(allow_none=True, attribute="signature.refusal_reason")
    witness = ma.fields.String(allow_none=True, attribute="signature.witness")
    problems = ma.fields.Integer(required=True)
    answers = ma.fields.List(ma.fields.Nested(RecordAnswerSchema), required=True)
    evidence = ma.fields.List(
        ma.fields.String(),
        required=True,
        metadata={"description": "sha256 of the photos and signatures that were there when it was signed"},
    )


class LockedQuestionSchema(Schema):
    item_id = ma.fields.UUID(required=True)
    question_id = ma.fields.String(required=True)
    text = ma.fields.String(required=True)
    basis = ma.fields.String(required=True)


class LockedChecklistSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(LockedQuestionSchema), required=True)


class ConcludeSchema(Schema):
    result = ma.fields.String(required=True, validate=validate.OneOf(RESULTS))
    deadline = ma.fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"description": "until when it must be put right; only for order_rectification"},
    )


class ConclusionSchema(Schema):
    order_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True)
    result = ma.fields.String(required=True)
    deadline = ma.fields.Date(allow_none=True, attribute="rectification_due_on")
    concluded_at = ma.fields.AwareDateTime(required=True)
    closed_at = ma.fields.AwareDateTime(allow_none=True)
