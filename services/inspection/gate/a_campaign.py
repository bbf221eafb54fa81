"""A7: a special campaign is a sample with a quota that a government approved, filed and published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from services.chassis.errors import Text
from services.inspection.gate.facts import Facts
from services.inspection.gate.model import Observation, Outcome
from services.inspection.gate.registered import Agency, Campaign
from services.inspection.gate.registry import rule
from services.inspection.gate.sources import SHANGHAI_CAMPAIGNS, STATE_54

_RANK = {"town": 0, "county": 1, "city": 2}
_Faults = Iterator[tuple[str, Text]]


@rule(
    "A7",
    Text("专项检查须经批准、备案、公布，限额抽查", "A campaign is approved, filed, published, and a sample"),
    Outcome.BLOCK,
    STATE_54,
    SHANGHAI_CAMPAIGNS,
    parameters=("publish_days",),
)
def a7(facts: Facts) -> Iterator[Observation]:
    if facts.proposal.trigger != "campaign":
        return
    campaign = facts.registered.campaign
    if campaign is None:
        yield _observed(
            facts, None, "unknown", Text("没有指明已登记的专项检查", "it names no campaign on record")
        )
        return
    for about, said in (*_paper(campaign), *_scope(facts, campaign), *_sample(campaign)):
        yield _observed(facts, campaign, about, said)
    yield from _published_late(facts, campaign)


def _paper(campaign: Campaign) -> _Faults:
    if not campaign.active:
        yield "ended", Text(f"“{campaign.name}”已终止", f"{campaign.name} has ended")
    if not campaign.filing_number.strip():
        yield "unfiled", Text(f"“{campaign.name}”没有备案号", f"{campaign.name} has no filing number")
    if not campaign.approving_government.strip():
        yield "unapproved", Text(f"“{campaign.name}”未经政府批准", f"no government approved {campaign.name}")
    if campaign.published_on is None:
        yield "unpublished", Text(f"“{campaign.name}”尚未公布", f"{campaign.name} is not published")


def _scope(facts: Facts, campaign: Campaign) -> _Faults:
    window = facts.proposal
    if not any(_may_use(agency, campaign) for agency in map(facts.agency, window.agencies) if agency):
        owner = campaign.owner.name if campaign.owner else str(campaign.agency_id)
        yield (
            "of_others",
            Text(
                f"“{campaign.name}”由 {owner} 组织，不是本机关或其上级的专项",
                f"{campaign.name} is run by {owner}, neither this agency nor its superior",
            ),
        )
    if not (campaign.starts_on <= window.starts_on and window.ends_on <= campaign.ends_on):
        yield (
            "outside",
            Text(
                f"检查期限 {window.starts_on} 至 {window.ends_on} 超出专项期限 {campaign.starts_on} 至 {campaign.ends_on}",
                f"{window.starts_on} to {window.ends_on} is not within {campaign.starts_on} to {campaign.ends_on}, "
                "the days of the campaign",
            ),
        )
    if campaign.used + 1 > campaign.quota:
        nth, quota = campaign.used + 1, campaign.quota
        yield (
            "quota",
            Text(
                f"本专项第 {nth} 户次，限额 {quota} 户次",
                f"visit {nth} of this campaign, its quota is {quota}",
            ),
        )


def _may_use(agency: Agency, campaign: Campaign) -> bool:
    """Its own campaign, or one of a higher agency of the same system whose area holds its own."""
    owner = campaign.owner
    if owner is None or agency.agency_id == campaign.agency_id:
        return agency.agency_id == campaign.agency_id
    above = _RANK[owner.level] > _RANK[agency.level]
    return above and owner.domain == agency.domain and agency.area.startswith(owner.area)


def _sample(campaign: Campaign) -> _Faults:
    if campaign.quota >= campaign.objects and not campaign.full_coverage_approved:
        yield (
            "not_a_sample",
            Text(
                f"限额 {campaign.quota} 户次不少于对象总数 {campaign.objects} 户，未经批准不得全覆盖",
                f"the quota of {campaign.quota} covers all {campaign.objects} enterprises, which nobody approved",
            ),
        )


def _published_late(facts: Facts, campaign: Campaign) -> Iterator[Observation]:
    days, published = facts.profile.publish_days, campaign.published_on
    if published is None or published <= campaign.approved_on + timedelta(days):
        return
    took = (published - campaign.approved_on).days
    said = Text(
        f"“{campaign.name}”批准后第 {took} 天才公布，应在 {days} 天内",
        f"{campaign.name} was published {took} days after its approval, {days} are allowed",
    )
    yield _observed(facts, campaign, "published_late", said, Outcome.NOTICE)


def _observed(
    facts: Facts, campaign: Campaign | None, about: str, said: Text, outcome: Outcome | None = None
) -> Observation:
    known = {"used": campaign.used, "quota": campaign.quota, "objects": campaign.objects} if campaign else {}
    return Observation(
        about=about,
        outcome=outcome,
        explanation=said,
        remedy=Text(
            "请先完成专项检查的批准、备案和公布，在其限额和期限内拟单，或改用其他事由。",
            "Have the campaign approved, filed and published, keep within its quota and days, or use another trigger.",
        ),
        figures=known | {"publish_days": facts.profile.publish_days},
    )
