from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, page_of
from services.registry import fields


class QuestionSchema(Schema):
    question_id = fields.text(20)
    text = fields.text(500)
    basis = fields.text(500, required=False, load_default="")


class ItemDraftSchema(Schema):
    code = fields.text(60)
    name = fields.text(200)
    domain = fields.domain(required=True)
    levels = ma.fields.List(fields.level(), required=True, validate=validate.Length(1, 3))
    legal_basis = fields.text(2000)
    checklist = ma.fields.List(
        ma.fields.Nested(QuestionSchema), required=True, validate=validate.Length(1, 200)
    )
    in_force_from = ma.fields.Date(required=True)
    in_force_until = ma.fields.Date(load_default=None, allow_none=True)
    annual_cap = ma.fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 366)
    )
    min_interval_days = ma.fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 3660)
    )
    published = ma.fields.Boolean(load_default=True, truthy={True}, falsy={False})

    @ma.validates_schema
    def _consistent(self, data: dict[str, Any], **_: Any) -> None:
        until = data["in_force_until"]
        if until and until < data["in_force_from"]:
            raise ma.ValidationError("失效早于生效 · ends before it begins", field_name="in_force_until")
        ids = [question["question_id"] for question in data["checklist"]]
        if len(set(ids)) < len(ids):
            raise ma.ValidationError("问题编号重复 · a question id is repeated", field_name="checklist")


class ItemSchema(ItemDraftSchema):
    item_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    checklist_version = ma.fields.Integer(required=True)


class ChecklistSchema(Schema):
    item_id = ma.fields.UUID(required=True)
    checklist_version = ma.fields.Integer(required=True)
    questions = ma.fields.List(ma.fields.Nested(QuestionSchema), required=True)
    since = ma.fields.AwareDateTime(required=True)


class ChecklistsSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(ChecklistSchema), required=True)


class ItemQuery(Page):
    domain = fields.domain(load_default=None)
    q = fields.text(100, required=False, load_default=None)


ItemPage = page_of(ItemSchema)
