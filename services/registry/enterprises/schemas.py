from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, page_of
from services.registry import fields
from services.registry.enterprises import uscc
from services.registry.imports.reasons import REASONS

PHONE = r"(\+?86)?1[0-9]{10}\Z|0[0-9]{2,3}-?[0-9]{7,8}\Z"


class Uscc(fields.Line):
    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return uscc.parse(super()._deserialize(value, *args, **kwargs))
        except uscc.WrongUscc as error:
            text = REASONS[error.wrong]
            raise ma.ValidationError(f"{text.zh} · {text.en}") from None


def _optional(length: int) -> ma.fields.String:
    return fields.text(length, required=False, load_default="")


def _coordinate(limit: int) -> ma.fields.Float:
    return ma.fields.Float(load_default=None, allow_none=True, validate=validate.Range(-limit, limit))


class PremisesDraftSchema(Schema):
    premises_id = ma.fields.UUID(load_default=None, allow_none=True)
    registered = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})
    name = fields.text(100)
    address = fields.text(300)
    area_code = fields.area_code(required=True)
    grid = _optional(40)
    active = ma.fields.Boolean(load_default=True, truthy={True}, falsy={False})
    latitude = _coordinate(90)
    longitude = _coordinate(180)


class PremisesSchema(PremisesDraftSchema):
    short_code = ma.fields.String(
        required=True, metadata={"description": "in clear only for who makes gate plates (registry:write)"}
    )


class EnterpriseFieldsSchema(Schema):
    uscc = Uscc(required=True, metadata={"description": "统一社会信用代码", "example": "91321391MA1N0A0A0A"})
    name = fields.text(200)
    area_code = fields.area_code(required=True)
    industry = ma.fields.String(
        load_default="",
        validate=validate.Regexp(r"([A-T]\d{0,4})?\Z", error="GB/T 4754 代码，如 C2614 · e.g. C2614"),
    )
    active = ma.fields.Boolean(load_default=True, truthy={True}, falsy={False})
    grade = ma.fields.String(load_default=None, allow_none=True, validate=validate.OneOf("ABCD"))
    registered_on = ma.fields.Date(load_default=None, allow_none=True)
    kind = _optional(100)
    legal_representative = _optional(100)
    registered_capital = _optional(100)
    business_scope = _optional(10_000)
    province = _optional(50)
    region = _optional(100)
    address = _optional(300)
    grid = _optional(40)
    latitude = _coordinate(90)
    longitude = _coordinate(180)


class EnterpriseDraftSchema(EnterpriseFieldsSchema):
    premises = ma.fields.List(
        ma.fields.Nested(PremisesDraftSchema), load_default=list, validate=validate.Length(max=200)
    )
    contact_phone = ma.fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(PHONE, error="电话号码有误 · not a phone number"),
    )


class EnterpriseSchema(EnterpriseFieldsSchema):
    """`contact` is masked; so is the legal representative, except for whoever may read contacts."""

    enterprise_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    contact = ma.fields.String(allow_none=True)
    premises = ma.fields.List(ma.fields.Nested(PremisesSchema))


class ContactSchema(Schema):
    phone = ma.fields.String(required=True)


class EnterpriseQuery(Page):
    q = ma.fields.String(
        load_default=None, validate=validate.Length(2, 100), metadata={"description": "part of the name"}
    )
    uscc = Uscc(load_default=None)
    area_code = ma.fields.String(load_default=None, validate=validate.Regexp(r"\d{2,12}\Z"))


EnterprisePage = page_of(EnterpriseSchema)
