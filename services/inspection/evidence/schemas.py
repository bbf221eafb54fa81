from datetime import UTC, datetime
from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema
from services.chassis.upload import File
from services.inspection.evidence.model import KINDS

_HASH = r"^[0-9a-f]{64}$"


class AddEvidenceSchema(Schema):
    kind = ma.fields.String(required=True, validate=validate.OneOf(KINDS))
    taken_at = ma.fields.AwareDateTime(
        required=True,
        validate=validate.Range(datetime(1971, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)),
        metadata={"description": "the phone's clock, with its offset"},
    )
    item_id = ma.fields.UUID(load_default=None, metadata={"description": "the item that it shows"})
    question_id = ma.fields.String(
        load_default=None,
        validate=validate.Length(1, 100),
        metadata={"description": "the question of that item"},
    )
    sha256 = ma.fields.String(
        required=True,
        validate=validate.Regexp(_HASH),
        metadata={"description": "of the file's bytes, in hexadecimal"},
    )
    file = File(
        required=True,
        metadata={"type": "string", "format": "binary", "description": "JPEG or PNG, ≤ 1.5 MB"},
    )

    @ma.validates_schema
    def of_an_item(self, data: dict[str, Any], **_: Any) -> None:
        if data["question_id"] is not None and data["item_id"] is None:
            raise ma.ValidationError("须同时注明检查事项 / name its item as well", "item_id")


class EvidenceSchema(ma.Schema):
    """`sha256` and `size` are of the bytes as they were sent: what the phone computed, and what record and receipt list.
    What is kept is without a camera's notes: where there were any, `stripped` is true and `stored_sha256` differs."""

    evidence_id = ma.fields.UUID(required=True)
    order_id = ma.fields.UUID(required=True)
    kind = ma.fields.String(required=True, validate=validate.OneOf(KINDS))
    media_type = ma.fields.String(required=True)
    item_id = ma.fields.UUID(required=True, allow_none=True)
    question_id = ma.fields.String(required=True, allow_none=True)
    taken_at = ma.fields.AwareDateTime(required=True)
    added_at = ma.fields.AwareDateTime(required=True)
    sha256 = ma.fields.String(required=True)
    stored_sha256 = ma.fields.String(required=True)
    size = ma.fields.Integer(required=True)
    stripped = ma.fields.Boolean(required=True)
    after_record = ma.fields.Boolean(
        required=True, metadata={"description": "the record was signed without it: a supplement"}
    )
    supplement_id = ma.fields.UUID(
        required=True,
        allow_none=True,
        metadata={"description": "it came after the receipt was signed, which lists this supplement"},
    )


class EvidenceListSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(EvidenceSchema), required=True)
