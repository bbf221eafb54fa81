"""专项检查 over HTTP: what is published for everybody, what is filed for its agency."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask.typing import ResponseReturnValue
from psycopg import Connection

from services.chassis.blueprint import Blueprint
from services.chassis.errors import NotFound
from services.chassis.identity import Permission, open_to_all, principal, requires
from services.chassis.transaction import (
    current_uow,
    idempotent,
    reading,
    required_version,
    transactional,
    versioned,
)
from services.inspection.campaigns import commands, schemas, store, view
from services.inspection.campaigns.commands import Change, Step
from services.inspection.campaigns.model import Campaign, Filing

blueprint = Blueprint("campaigns", __name__, url_prefix="/api/inspection/v1", description="专项检查")
_PUBLIC = "campaigns are public by law (rules A7, R5)"


@blueprint.get("/campaigns")
@open_to_all(_PUBLIC)
@blueprint.arguments(schemas.CampaignsQuery, location="query", as_kwargs=True)
@blueprint.response(200, schemas.CampaignPageSchema)
def list_campaigns(limit: int, **filters: Any) -> ResponseReturnValue:
    """Published ones, ended or not, the newest first, with what is used of each quota."""
    with reading() as connection:
        return _page(connection, store.listed(connection, only_published=True, limit=limit, **filters), limit)


@blueprint.get("/campaigns/<uuid:campaign_id>")
@open_to_all(_PUBLIC)
@blueprint.response(200, schemas.CampaignSchema)
def show_campaign(campaign_id: UUID) -> ResponseReturnValue:
    """A published one, with every version it had."""
    with reading() as connection:
        campaign = store.find(connection, campaign_id)
        if campaign is None or campaign.published_on is None:
            raise NotFound("campaign", campaign_id)
        return _answer(connection, campaign)


@blueprint.get("/campaign-filings")
@requires(Permission.ORDER_READ)
@blueprint.arguments(schemas.FilingsQuery, location="query", as_kwargs=True)
@blueprint.response(200, schemas.CampaignPageSchema)
def list_filings(limit: int, agency_id: UUID | None, **filters: Any) -> ResponseReturnValue:
    """Those of one's own agency, published or not; a coordinator sees all, or those of one agency."""
    asking = principal()
    if not asking.sees_all and asking.agency_id is None:
        return cast("ResponseReturnValue", {"items": [], "next": None})
    agency = agency_id if asking.sees_all else asking.agency_id
    with reading() as connection:
        found = store.listed(connection, only_published=False, agency_id=agency, limit=limit, **filters)
        return _page(connection, found, limit)


@blueprint.get("/campaign-filings/<uuid:campaign_id>")
@requires(Permission.ORDER_READ)
@blueprint.response(200, schemas.CampaignSchema)
def show_filing(campaign_id: UUID) -> ResponseReturnValue:
    """One of one's own agency, published or not, and of others what is public; a coordinator sees all."""
    asking = principal()
    with reading() as connection:
        campaign = store.find(connection, campaign_id)
        if campaign is None or not (
            campaign.published_on or asking.sees_all or campaign.agency_id == asking.agency_id
        ):
            raise NotFound("campaign", campaign_id)
        return _answer(connection, campaign)


@blueprint.post("/campaigns")
@requires(Permission.ORDER_DRAFT)
@idempotent
@blueprint.arguments(schemas.FilingSchema)
@blueprint.response(201, schemas.CampaignSchema)
@blueprint.alt_response(409, description="`filing_taken`: another campaign is filed under this number")
def file_campaign(filing: Filing) -> ResponseReturnValue:
    """备案: what the government approved. Orders may be drawn from it once the head has published it."""
    campaign = commands.file_campaign(filing, current_uow(), principal())
    return _answer(current_uow().connection, campaign, 201)


@blueprint.put("/campaigns/<uuid:campaign_id>")
@requires(Permission.ORDER_DRAFT)
@versioned(required=True)
@transactional
@blueprint.arguments(schemas.FilingSchema)
@blueprint.response(200, schemas.CampaignSchema)
def correct_campaign(filing: Filing, campaign_id: UUID) -> ResponseReturnValue:
    """Correct what was filed, before it is public."""
    command = Change(campaign_id=campaign_id, version=required_version(), filing=filing)
    return _done(commands.correct(command, current_uow(), principal()))


@blueprint.post("/campaigns/<uuid:campaign_id>/publish")
@requires(Permission.ORDER_APPROVE)
@versioned(required=True)
@transactional
@blueprint.response(200, schemas.CampaignSchema)
def publish_campaign(campaign_id: UUID) -> ResponseReturnValue:
    """公布 by the head of the agency. `notices` says when it is late."""
    command = Step(campaign_id=campaign_id, version=required_version())
    return _done(commands.publish(command, current_uow(), principal()))


@blueprint.post("/campaigns/<uuid:campaign_id>/revise")
@requires(Permission.ORDER_APPROVE)
@versioned(required=True)
@transactional
@blueprint.arguments(schemas.RevisionSchema)
@blueprint.response(200, schemas.CampaignSchema)
def revise_campaign(body: dict[str, Any], campaign_id: UUID) -> ResponseReturnValue:
    """Change a public campaign, as the government approved anew. The quota cannot fall below what is used."""
    command = Change(campaign_id=campaign_id, version=required_version(), **body)
    return _done(commands.revise(command, current_uow(), principal()))


@blueprint.post("/campaigns/<uuid:campaign_id>/end")
@requires(Permission.ORDER_APPROVE)
@versioned(required=True)
@transactional
@blueprint.arguments(schemas.EndSchema)
@blueprint.response(200, schemas.CampaignSchema)
def end_campaign(body: dict[str, Any], campaign_id: UUID) -> ResponseReturnValue:
    """Orders that stand go on; none is added."""
    command = Step(campaign_id=campaign_id, version=required_version(), **body)
    return _done(commands.end(command, current_uow(), principal()))


def _done(campaign: Campaign) -> ResponseReturnValue:
    return _answer(current_uow().connection, campaign)


def _answer(connection: Connection[Any], campaign: Campaign, status: int = 200) -> ResponseReturnValue:
    body = view.shown(connection, campaign)
    return cast("ResponseReturnValue", (body, status, {"ETag": f'"{campaign.version}"'}))


def _page(connection: Connection[Any], found: list[Campaign], limit: int) -> ResponseReturnValue:
    following = found[limit - 1].campaign_id if len(found) > limit else None
    return cast("ResponseReturnValue", {"items": view.rows(connection, found[:limit]), "next": following})
