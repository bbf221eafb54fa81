from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, page_of, words
from services.inspection.rectification.model import STAGES


class ProveSchema(Schema):
    words = words("what was put right, and how", longest=2000)
    photos = ma.fields.List(
        ma.fields.String(validate=validate.Length(1, 500)),
        load_default=list,
        validate=validate.Length(max=20),
        metadata={"description": "references of pictures: an address, a number, a file name"},
    )

    @ma.post_load
    def fixed(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"photos": tuple(data["photos"])}


class RecheckOrderSchema(Schema):
    mode = ma.fields.String(
        required=True,
        validate=validate.OneOf(["remote"]),
        metadata={"description": "a recheck on site is an order of its own: trigger recheck, `recheck_of`"},
    )
    passed = ma.fields.Boolean(required=True)
    note = words("what was seen, and how", longest=1000)
    due_on = ma.fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"description": "the new deadline; only where not passed"},
    )

    @ma.validates_schema
    def whole(self, data: dict[str, object], **_: object) -> None:
        if data["passed"] and data["due_on"]:
            raise ma.ValidationError("通过的不设新期限 / no new deadline when passed", "due_on")


class ProofSchema(ma.Schema):
    proof_id = ma.fields.UUID(required=True)
    order_id = ma.fields.UUID(required=True)
    words = ma.fields.String(required=True)
    photos = ma.fields.List(ma.fields.String(), required=True)
    sent_at = ma.fields.AwareDateTime(required=True)


class RecheckSchema(ma.Schema):
    recheck_id = ma.fields.UUID(required=True)
    mode = ma.fields.String(required=True)
    passed = ma.fields.Boolean(required=True)
    note = ma.fields.String(required=True)
    due_on = ma.fields.Date(allow_none=True)
    made_under = ma.fields.UUID(allow_none=True)
    name = ma.fields.String(required=True)
    at = ma.fields.AwareDateTime(required=True)


class RectificationSchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True)
    due_on = ma.fields.Date(allow_none=True)
    closed_at = ma.fields.AwareDateTime(allow_none=True)
    proofs = ma.fields.List(ma.fields.Nested(ProofSchema), required=True)
    rechecks = ma.fields.List(ma.fields.Nested(RecheckSchema), required=True)


class RectifyingSchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    agency_id = ma.fields.UUID(required=True)
    agency = ma.fields.String(allow_none=True)
    premises_id = ma.fields.UUID(required=True)
    address = ma.fields.String(allow_none=True)
    due_on = ma.fields.Date(required=True)
    concluded_at = ma.fields.AwareDateTime(required=True)
    overdue = ma.fields.Boolean(required=True)
    proofs = ma.fields.Integer(required=True)


class RectifyingListSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(RectifyingSchema), required=True)


class DueQuery(Page):
    stage = ma.fields.String(
        load_default="rectifying",
        validate=validate.OneOf(STAGES),
        metadata={"description": "`proved`: of those rectifying, with a proof that nobody rechecked yet"},
    )
    overdue = ma.fields.Boolean(
        load_default=None, metadata={"description": "whether the deadline is over, by the day of the city"}
    )
    agency_id = ma.fields.UUID(load_default=None, metadata={"description": "leads the order or takes part"})
    q = ma.fields.String(
        load_default=None,
        validate=validate.Length(2, 100),
        metadata={
            "description": "of the enterprise: a part of its name, its pinyin, or the first digits of its USCC"
        },
    )


class DueSchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True)
    agency_id = ma.fields.UUID(required=True)
    agency = ma.fields.String(allow_none=True)
    enterprise_id = ma.fields.UUID(required=True)
    enterprise = ma.fields.String(allow_none=True)
    premises_id = ma.fields.UUID(required=True)
    address = ma.fields.String(allow_none=True)
    items = ma.fields.List(ma.fields.String(), required=True)
    due_on = ma.fields.Date(required=True)
    concluded_at = ma.fields.AwareDateTime(allow_none=True)
    closed_at = ma.fields.AwareDateTime(allow_none=True)
    proofs = ma.fields.List(ma.fields.Nested(ProofSchema), required=True)
    rechecks = ma.fields.List(ma.fields.Nested(RecheckSchema), required=True)


DuePageSchema = page_of(DueSchema)
