"""What may be sent and what comes back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, TextSchema, once_each, page_of, words
from services.inspection.draws.choice import MOST_OBJECTS
from services.inspection.draws.commit import Commit
from services.inspection.draws.file import State
from services.inspection.draws.lists import Lists
from services.inspection.draws.model import Recusal
from services.inspection.orders.model import CONSIDERED

_GRADE = validate.Length(1, 20)


def _part(share: Decimal) -> None:
    """Of a Decimal, a Range would be written into the document as text."""
    if not 0 < share <= 1:
        raise ma.ValidationError("抽取比例应大于 0 且不超过 1 / a share is more than 0 and at most 1")
    exponent = share.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -6:
        raise ma.ValidationError("最多六位小数 / six decimals at most")


class ShareSchema(Schema):
    grade = ma.fields.String(
        required=True,
        allow_none=True,
        validate=_GRADE,
        metadata={"description": "Credit grade; null: enterprises that have none"},
    )
    share = ma.fields.Decimal(
        required=True,
        validate=_part,
        metadata={
            "description": "Of the objects of this grade, rounded up; grade A under rule F6 rounded down",
            "exclusiveMinimum": 0,
            "maximum": 1,
        },
    )


class RecusalSchema(Schema):
    inspector_id = ma.fields.UUID(required=True)
    enterprise_id = ma.fields.UUID(required=True)
    reason = words("Kept with the draw, not published")


def _shares(**how: Any) -> ma.fields.List[Any]:
    return ma.fields.List(ma.fields.Nested(ShareSchema), **how)


def _premises() -> ma.fields.List[Any]:
    return ma.fields.List(
        ma.fields.UUID(),
        load_default=list,
        validate=[validate.Length(max=MOST_OBJECTS), once_each],
        metadata={"description": "The objects one by one; or else `industries`"},
    )


def _industries() -> ma.fields.List[Any]:
    return ma.fields.List(
        ma.fields.String(validate=validate.Regexp(r"^[A-T][0-9]{0,4}$", error="如 C 或 C26 / like C or C26")),
        load_default=list,
        validate=[validate.Length(max=50), once_each],
        metadata={"description": "All premises of the agency's area in these industries of GB/T 4754"},
    )


def _one_kind_of_list(data: dict[str, Any]) -> None:
    if bool(data["premises"]) == bool(data["industries"]):
        raise ma.ValidationError(
            "名单为空或重复指定：请填写 premises 或 industries 之一 / "
            "the list is empty or given twice: name either premises or industries",
            field_name="premises",
        )


class ListsSchema(Schema):
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    premises = _premises()
    industries = _industries()
    shares = _shares(load_default=list, validate=validate.Length(max=20))

    @ma.validates_schema
    def one_kind_of_list(self, data: dict[str, Any], **_: Any) -> None:
        _one_kind_of_list(data)

    @ma.post_load
    def made(self, data: dict[str, Any], **_: Any) -> Lists:
        data["shares"] = {one["grade"]: Fraction(one["share"]) for one in data["shares"]}
        for name in ("premises", "industries"):
            data[name] = tuple(data[name])
        return Lists(**data)


class PoolStratumSchema(ma.Schema):
    grade = ma.fields.String(allow_none=True, required=True)
    industry = ma.fields.String(
        allow_none=True, required=True, metadata={"description": "Section; only under rule F6"}
    )
    objects = ma.fields.Integer(required=True)
    limit = ma.fields.Integer(allow_none=True, required=True, metadata={"description": "Under rule F6"})
    take = ma.fields.Integer(
        allow_none=True, required=True, metadata={"description": "null while its grade has no share"}
    )


class PoolInspectorSchema(ma.Schema):
    inspector_id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    certificate_number = ma.fields.String(required=True)
    unfit = ma.fields.Nested(
        TextSchema, allow_none=True, required=True, metadata={"description": "Why not (rule A3)"}
    )


class PoolSchema(ma.Schema):
    objects = ma.fields.Integer(required=True)
    top_share = ma.fields.Float(
        allow_none=True, required=True, metadata={"description": "The largest share of grade A (rule F6)"}
    )
    strata = ma.fields.List(ma.fields.Nested(PoolStratumSchema), required=True)
    inspectors = ma.fields.List(ma.fields.Nested(PoolInspectorSchema), required=True)


class CommitSchema(Schema):
    purpose = words("What is to be inspected; published with the draw", longest=200)
    starts_on = ma.fields.Date(
        required=True, metadata={"description": "First day of the period in which the visits are made"}
    )
    ends_on = ma.fields.Date(required=True)
    shares = _shares(required=True, validate=validate.Length(1, 20))
    premises = _premises()
    industries = _industries()
    inspectors = ma.fields.List(
        ma.fields.UUID(),
        load_default=None,
        allow_none=True,
        validate=[validate.Length(1, 2000), once_each],
        metadata={"description": "Left out: all of the agency that are fit (rule A3)"},
    )
    per_object = ma.fields.Integer(load_default=2, strict=True, validate=validate.Range(1, 20))
    recusals = ma.fields.List(
        ma.fields.Nested(RecusalSchema), load_default=list, validate=validate.Length(max=10_000)
    )
    public_source = words(
        "A value nobody can know yet that enters the draw, such as the numbers of a named lottery",
        required=False,
    )
    public_on = ma.fields.Date(
        load_default=None, allow_none=True, metadata={"description": "Day on which that value is published"}
    )

    @ma.validates_schema
    def one_kind_of_list(self, data: dict[str, Any], **_: Any) -> None:
        _one_kind_of_list(data)

    @ma.validates_schema
    def each_once(self, data: dict[str, Any], **_: Any) -> None:
        pairs = [(one["inspector_id"], one["enterprise_id"]) for one in data["recusals"]]
        for field, keys in (("shares", [one["grade"] for one in data["shares"]]), ("recusals", pairs)):
            if len(set(keys)) != len(keys):
                raise ma.ValidationError("同一项不能重复 / the same one is named twice", field_name=field)

    @ma.post_load
    def made(self, data: dict[str, Any], **_: Any) -> Commit:
        data["shares"] = {one["grade"]: Fraction(one["share"]) for one in data["shares"]}
        data["recusals"] = tuple(
            (Recusal(inspector_id=one["inspector_id"], enterprise_id=one["enterprise_id"]), one["reason"])
            for one in data["recusals"]
        )
        for name in ("premises", "industries", "inspectors"):
            data[name] = None if data[name] is None else tuple(data[name])
        return Commit(**data)


class RevealSchema(Schema):
    public_value = words("The numbers as published, where a public value was announced", required=False)


class AbandonSchema(Schema):
    reason = words("Published with the draw")


class DraftOrdersSchema(Schema):
    items = ma.fields.List(ma.fields.UUID(), required=True, validate=[validate.Length(1, 50), once_each])
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    on_site_reason = words("Why it cannot be done by data or remotely (rule A9)")
    considered = ma.fields.List(
        ma.fields.String(validate=validate.OneOf(CONSIDERED)), load_default=list, validate=once_each
    )
    leave_out = ma.fields.List(
        ma.fields.UUID(),
        load_default=list,
        validate=[validate.Length(max=MOST_OBJECTS), once_each],
        metadata={"description": "Drawn premises for which no order is wanted now"},
    )


class StratumSchema(ma.Schema):
    grade = ma.fields.String(allow_none=True)
    industry = ma.fields.String(allow_none=True, metadata={"description": "Section; only under rule F6"})
    share = ma.fields.String(required=True)
    objects = ma.fields.Integer(required=True)
    take = ma.fields.Integer(required=True)
    limit = ma.fields.Integer(allow_none=True, metadata={"description": "At most so many (rule F6)"})


class DrawSummarySchema(ma.Schema):
    draw_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True, metadata={"description": "Also the ETag"})
    agency_id = ma.fields.UUID(required=True)
    agency = ma.fields.String(allow_none=True)
    number = ma.fields.Integer(
        required=True, metadata={"description": "Of the agency's draws, without a gap"}
    )
    previous = ma.fields.String(allow_none=True, metadata={"description": "Commitment of the draw before"})
    state = ma.fields.String(required=True, validate=validate.OneOf(get_args(State)))
    purpose = ma.fields.String(required=True)
    domain = ma.fields.String(required=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    per_object = ma.fields.Integer(required=True)
    strata = ma.fields.List(ma.fields.Nested(StratumSchema), required=True)
    sample = ma.fields.Integer(required=True)
    public_source = ma.fields.String(allow_none=True)
    public_on = ma.fields.Date(allow_none=True)
    commitment = ma.fields.String(required=True)
    seed = ma.fields.String(allow_none=True, metadata={"description": "null until revealed or abandoned"})
    public_value = ma.fields.String(allow_none=True)
    reason = ma.fields.String(allow_none=True)
    committed_at = ma.fields.AwareDateTime(required=True)
    ended_at = ma.fields.AwareDateTime(allow_none=True)


class DrawResultSchema(ma.Schema):
    rank = ma.fields.Integer(required=True)
    premises_id = ma.fields.UUID(required=True)
    enterprise_id = ma.fields.UUID(required=True)
    enterprise = ma.fields.String(allow_none=True)
    address = ma.fields.String(allow_none=True)
    grade = ma.fields.String(allow_none=True)
    inspectors = ma.fields.List(ma.fields.UUID(), required=True)


class DrawSchema(DrawSummarySchema):
    objects = ma.fields.Integer(required=True)
    inspectors = ma.fields.Integer(required=True)
    recusals = ma.fields.Integer(required=True)
    results = ma.fields.List(ma.fields.Nested(DrawResultSchema), required=True)


class DraftedOrderSchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    enterprise_id = ma.fields.UUID(required=True)
    premises_id = ma.fields.UUID(required=True)


class DraftedOrdersSchema(ma.Schema):
    orders = ma.fields.List(ma.fields.Nested(DraftedOrderSchema), required=True)


class DrawsQuery(Page):
    agency_id = ma.fields.UUID(load_default=None)
    state = ma.fields.String(load_default=None, validate=validate.OneOf(get_args(State)))


DrawPageSchema = page_of(DrawSummarySchema)
