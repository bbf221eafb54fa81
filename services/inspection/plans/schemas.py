"""What may be sent and what comes back."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, page_of, words
from services.inspection.plans.model import STATES, PlannedItem


class PlannedItemSchema(Schema):
    item_id = ma.fields.UUID(required=True)
    visits = ma.fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, 1_000_000),
        metadata={"description": "How many visits the plan foresees for this item"},
    )

    @ma.post_load
    def made(self, data: dict[str, object], **_: object) -> PlannedItem:
        return PlannedItem(**data)  # pyright: ignore[reportArgumentType]


def _item_once(items: list[PlannedItem]) -> None:
    if len({item.item_id for item in items}) != len(items):
        raise ma.ValidationError("同一事项不能重复 / the same item is named twice")


class WriteSchema(Schema):
    note = words("What the plan is for, or why it is revised; published with it", longest=2000)
    items = ma.fields.List(
        ma.fields.Nested(PlannedItemSchema),
        required=True,
        validate=[validate.Length(1, 500), _item_once],
        metadata={"description": "Published items of the agency (rules A1, A2)"},
    )


class NamedPlannedItemSchema(ma.Schema):
    item_id = ma.fields.UUID(required=True)
    code = ma.fields.String(allow_none=True)
    name = ma.fields.String(allow_none=True)
    visits = ma.fields.Integer(required=True)


class ChangeSchema(ma.Schema):
    item_id = ma.fields.UUID(required=True)
    code = ma.fields.String(allow_none=True)
    name = ma.fields.String(allow_none=True)
    before = ma.fields.Integer(allow_none=True, metadata={"description": "Visits; null: was not in the plan"})
    after = ma.fields.Integer(allow_none=True, metadata={"description": "Visits; null: left the plan"})


class NoticeSchema(ma.Schema):
    rule = ma.fields.String(required=True)
    zh = ma.fields.String(required=True)
    en = ma.fields.String(required=True)


class PlanSummarySchema(ma.Schema):
    plan_id = ma.fields.UUID(required=True)
    agency_id = ma.fields.UUID(required=True)
    agency = ma.fields.String(allow_none=True)
    year = ma.fields.Integer(required=True)
    revision = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True, validate=validate.OneOf(STATES))
    visits = ma.fields.Integer(required=True)
    published_on = ma.fields.Date(allow_none=True)


class PlanSchema(PlanSummarySchema):
    edition = ma.fields.Integer(required=True, metadata={"description": "Of the draft; also its ETag"})
    note = ma.fields.String(required=True)
    items = ma.fields.List(ma.fields.Nested(NamedPlannedItemSchema), required=True)
    changes = ma.fields.List(
        ma.fields.Nested(ChangeSchema),
        required=True,
        metadata={"description": "Against the revision before; empty for the first"},
    )
    notices = ma.fields.List(ma.fields.Nested(NoticeSchema), required=True)


class PlanDraftsSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(PlanSummarySchema), required=True)


class PlanProgressSchema(ma.Schema):
    item_id = ma.fields.UUID(required=True)
    visited = ma.fields.Integer(
        required=True, metadata={"description": "Visits made in the year of the plan"}
    )
    ahead = ma.fields.Integer(
        required=True, metadata={"description": "Visits that are ordered and still to come"}
    )


class PlanProgressListSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(PlanProgressSchema), required=True)


class PlansQuery(Page):
    agency_id = ma.fields.UUID(load_default=None)
    year = ma.fields.Integer(load_default=None, validate=validate.Range(2000, 2200))


PlanPageSchema = page_of(PlanSummarySchema)
