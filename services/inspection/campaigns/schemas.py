"""What may be sent and what comes back."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, page_of, words
from services.inspection.campaigns.model import STATES, Filing
from services.inspection.plans.schemas import NoticeSchema

_COUNT = validate.Range(1, 10_000_000)


class FilingSchema(Schema):
    name = words("Of the campaign", longest=200)
    filing_number = words("备案号 under which the government's approval is filed", longest=100)
    approving_government = words("Who approved it", longest=200)
    approved_on = ma.fields.Date(required=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    quota = ma.fields.Integer(
        required=True, strict=True, validate=_COUNT, metadata={"description": "Orders at most"}
    )
    objects = ma.fields.Integer(
        required=True, strict=True, validate=_COUNT, metadata={"description": "Premises it may choose from"}
    )
    full_coverage_approved = ma.fields.Boolean(
        load_default=False, metadata={"description": "The government approved visiting all, not a sample"}
    )

    @ma.post_load
    def made(self, data: dict[str, Any], **_: Any) -> Any:
        return Filing(**data)


class RevisionSchema(FilingSchema):
    reason = words("Why it is revised; published with it")

    @ma.post_load
    def made(self, data: dict[str, Any], **_: Any) -> Any:
        reason = data.pop("reason")
        return {"filing": Filing(**data), "reason": reason}


class EndSchema(Schema):
    reason = words("Why it ends; published with it")


class VersionSchema(ma.Schema):
    version = ma.fields.Integer(required=True)
    content = ma.fields.Dict(required=True)
    reason = ma.fields.String(allow_none=True)
    changed_at = ma.fields.AwareDateTime(required=True)


class CampaignSummarySchema(ma.Schema):
    campaign_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True, metadata={"description": "Also the ETag"})
    agency_id = ma.fields.UUID(required=True)
    agency = ma.fields.String(allow_none=True)
    state = ma.fields.String(required=True, validate=validate.OneOf(STATES))
    name = ma.fields.String(required=True)
    filing_number = ma.fields.String(required=True)
    approving_government = ma.fields.String(required=True)
    approved_on = ma.fields.Date(required=True)
    published_on = ma.fields.Date(allow_none=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    quota = ma.fields.Integer(required=True)
    objects = ma.fields.Integer(required=True)
    full_coverage_approved = ma.fields.Boolean(required=True)
    active = ma.fields.Boolean(required=True)
    used = ma.fields.Integer(
        required=True, metadata={"description": "Orders that stand or live on in a joint one"}
    )
    left = ma.fields.Integer(required=True)


class CampaignSchema(CampaignSummarySchema):
    allowed = ma.fields.List(ma.fields.String(), required=True)
    notices = ma.fields.List(ma.fields.Nested(NoticeSchema), required=True)
    versions = ma.fields.List(ma.fields.Nested(VersionSchema), required=True)


class CampaignsQuery(Page):
    agency_id = ma.fields.UUID(load_default=None)
    active = ma.fields.Boolean(load_default=None)


class FilingsQuery(Page):
    agency_id = ma.fields.UUID(
        load_default=None, metadata={"description": "Only for who sees those of all agencies"}
    )
    active = ma.fields.Boolean(load_default=None)


CampaignPageSchema = page_of(CampaignSummarySchema)
