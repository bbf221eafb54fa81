"""What may be sent and what comes back."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, once_each, words
from services.inspection.orders.commands import Draft
from services.inspection.orders.model import CONSIDERED, RATIFICATIONS, TRIGGERS, State


def _doc(description: str) -> dict[str, str]:
    return {"description": description}


class DraftSchema(Schema):
    enterprise_id = ma.fields.UUID(required=True)
    premises_id = ma.fields.UUID(required=True, metadata=_doc("One of the enterprise's premises"))
    items = ma.fields.List(
        ma.fields.UUID(),
        required=True,
        validate=[validate.Length(1, 50), once_each],
        metadata=_doc("Published items 检查事项"),
    )
    inspectors = ma.fields.List(
        ma.fields.UUID(),
        required=True,
        validate=[validate.Length(1, 30), once_each],
        metadata=_doc("At least two must hold a valid credential (rule A3)"),
    )
    starts_on = ma.fields.Date(
        required=True, metadata=_doc("First day of the window, on the city's calendar")
    )
    ends_on = ma.fields.Date(required=True, metadata=_doc("Last day of the window"))
    trigger = ma.fields.String(required=True, validate=validate.OneOf(TRIGGERS))
    clue = words("Reference of the clue, document or campaign, where the trigger needs one", required=False)
    on_site_reason = words("Why it cannot be done by data or remotely (rule A9)")
    considered = ma.fields.List(
        ma.fields.String(validate=validate.OneOf(CONSIDERED)),
        load_default=list,
        validate=once_each,
        metadata=_doc("Ways without a visit that were considered first (rule A9)"),
    )
    campaign_id = ma.fields.UUID(load_default=None, allow_none=True)
    draw_id = ma.fields.UUID(load_default=None, allow_none=True)
    recheck_of = ma.fields.UUID(
        load_default=None, allow_none=True, metadata=_doc("The order being rechecked")
    )
    assistance_letter = words(
        "Number of the letter by which the agency of the place assists (rule A4)", required=False
    )

    @ma.post_load
    def command(self, data: dict[str, Any], **_: Any) -> Draft:
        for name in ("items", "inspectors", "considered"):
            data[name] = tuple(data[name])
        return Draft(**data)


class ReasonsSchema(Schema):
    reasons = ma.fields.Dict(
        keys=ma.fields.String(validate=validate.Length(1, 200)),
        values=words("why it goes on all the same"),
        load_default=dict,
        metadata=_doc("For each `justify` finding, under its `key`, the reason to go on"),
    )


class ReasonSchema(Schema):
    reason = words("Stored with the order and shown to those concerned")


class ReplaceSchema(ReasonsSchema):
    replaced = ma.fields.UUID(required=True, metadata=_doc("Who cannot come"))
    replacement = ma.fields.UUID(required=True, metadata=_doc("Who comes instead, of the same agency"))
    reason = words("Stored with the order and shown to those concerned")


class NothingSchema(Schema):
    pass


class MergeSchema(ReasonsSchema):
    absorb = ma.fields.UUID(required=True, metadata=_doc("The order that is taken in"))


class CheckQuery(Schema):
    order_id = ma.fields.UUID(
        load_default=None, metadata=_doc("The draft that is being revised, left out of the look")
    )


class OrdersQuery(Page):
    state = ma.fields.String(load_default=None, validate=validate.OneOf(list(State)))
    ratification = ma.fields.String(
        load_default=None,
        validate=validate.OneOf(RATIFICATIONS),
        metadata=_doc("`pending`: urgent orders that wait for the head's word"),
    )
    trigger = ma.fields.String(load_default=None, validate=validate.OneOf(TRIGGERS))
    q = ma.fields.String(
        load_default=None,
        validate=validate.Length(2, 100),
        metadata=_doc("Of the enterprise: a part of its name, its pinyin, or the first digits of its USCC"),
    )
    enterprise_id = ma.fields.UUID(load_default=None)
    campaign_id = ma.fields.UUID(load_default=None, metadata=_doc("Drawn from the quota of this campaign"))
    draw_id = ma.fields.UUID(load_default=None, metadata=_doc("Of the premises of this draw"))
    agency_id = ma.fields.UUID(load_default=None, metadata=_doc("Leads it or takes part in it"))
    inspector_id = ma.fields.UUID(load_default=None)
    first = ma.fields.Date(
        data_key="from", load_default=None, metadata=_doc("Only windows that reach this day or later ones")
    )
    last = ma.fields.Date(data_key="to", load_default=None, metadata=_doc("and that begin by this day"))
