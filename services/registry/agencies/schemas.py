from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, page_of
from services.registry import fields


class AgencyDraftSchema(Schema):
    name = fields.text(100)
    level = fields.level(required=True)
    domain = fields.domain(required=True)
    area_code = fields.area_code(required=True)
    entrusted_by = ma.fields.UUID(load_default=None, allow_none=True)
    lead_industries = ma.fields.List(
        ma.fields.String(
            validate=validate.Regexp(
                r"[A-T]\Z", error="应为 GB/T 4754 门类字母 A–T / a section of GB/T 4754, A to T"
            )
        ),
        load_default=list,
        validate=validate.Length(max=20),
    )
    active = ma.fields.Boolean(load_default=True, truthy={True}, falsy={False})


class AgencySchema(AgencyDraftSchema):
    agency_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)


class AgencyQuery(Page):
    q = fields.text(100, required=False, load_default=None)


AgencyPage = page_of(AgencySchema)
