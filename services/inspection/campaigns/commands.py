"""The clerk files a campaign; the head publishes, revises and ends it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from uuid import UUID

from events.catalogue.planning import CampaignChanged
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid, NotFound, StaleVersion
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.inspection.campaigns import store
from services.inspection.campaigns.model import Campaign, Filing
from services.inspection.replica.agencies import Agency, acting_for


@dataclass(frozen=True, kw_only=True)
class Change:
    """`filing` is what it says from now on; `reason` why, once it is public."""

    campaign_id: UUID
    version: int
    filing: Filing
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    campaign_id: UUID
    version: int | None
    reason: str | None = None


def file_campaign(filing: Filing, uow: UnitOfWork, who: Principal) -> Campaign:
    """Raises Forbidden, Invalid, FilingTaken."""
    agency = acting_for(uow.connection, who)
    if wrong := filing.faults(agency.today):
        raise Invalid(wrong)
    campaign = _tell(uow, Campaign(**asdict(filing), campaign_id=new_id(), agency_id=agency.agency_id))
    store.insert(uow.connection, campaign, who.account_id)
    return campaign


def correct(command: Change, uow: UnitOfWork, who: Principal) -> Campaign:
    """Before it is public. Raises NotFound, StaleVersion, WrongState, Invalid, FilingTaken."""
    return _change(command, "correct", uow, who)


def revise(command: Change, uow: UnitOfWork, who: Principal) -> Campaign:
    """Once it is public, by the head and with a reason; what it was stays readable. The quota cannot fall below
    the orders that stand. Raises as `correct` does."""
    return _change(command, "revise", uow, who)


def _change(command: Change, action: str, uow: UnitOfWork, who: Principal) -> Campaign:
    agency, campaign = _locked(command.campaign_id, command.version, uow, who)
    campaign.may(action)
    wrong = command.filing.faults(agency.today)
    used = store.used(uow.connection, [campaign.campaign_id])[campaign.campaign_id]
    if command.filing.quota < used:
        wrong["/quota"] = (
            f"已有 {used} 张检查单，名额不能更少；请先撤销多余的检查单（A7） / "
            f"{used} orders stand already, cancel some first (A7)"
        )
    if wrong:
        raise Invalid(wrong)
    return _save(uow, replace(campaign, **asdict(command.filing)), who, command.reason)


def publish(command: Step, uow: UnitOfWork, who: Principal) -> Campaign:
    """公布. Raises NotFound, StaleVersion, WrongState."""
    agency, campaign = _locked(command.campaign_id, command.version, uow, who)
    campaign.may("publish")
    return _save(uow, replace(campaign, published_on=agency.today), who, None)


def end(command: Step, uow: UnitOfWork, who: Principal) -> Campaign:
    """No further order is drawn from it. Raises NotFound, StaleVersion, WrongState."""
    _, campaign = _locked(command.campaign_id, command.version, uow, who)
    campaign.may("end")
    return _save(uow, replace(campaign, active=False), who, command.reason)


def _locked(
    campaign_id: UUID, version: int | None, uow: UnitOfWork, who: Principal
) -> tuple[Agency, Campaign]:
    agency = acting_for(uow.connection, who)
    campaign = store.lock(uow.connection, campaign_id)
    if campaign.agency_id != agency.agency_id:
        raise NotFound("campaign", campaign_id)
    if version is not None and version != campaign.version:
        raise StaleVersion(version, campaign.version)
    return agency, campaign


def _save(uow: UnitOfWork, campaign: Campaign, who: Principal, reason: str | None) -> Campaign:
    campaign = _tell(uow, campaign)
    store.save(uow.connection, campaign, who.account_id, reason)
    return campaign


def _tell(uow: UnitOfWork, campaign: Campaign) -> Campaign:
    """The campaign at the version of its next event, which tells all of it."""
    campaign = replace(campaign, version=campaign.version + 1)
    told = asdict(campaign)
    del told["objects"], told["full_coverage_approved"]
    uow.emit(CampaignChanged(**told))
    return campaign
