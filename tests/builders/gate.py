"""A proposed visit and the facts about it, all in order unless told otherwise."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.chassis.ids import new_id
from services.chassis.policy import Profile, policies
from services.inspection.gate import RULES, Finding, Stage
from services.inspection.gate.facts import (
    Agency,
    Count,
    Enterprise,
    Facts,
    Inspector,
    Item,
    Neighbour,
    Premises,
    Proposal,
    Registered,
)
from services.inspection.gate.registered import Campaign
from services.inspection.orders.model import State

DAY = date(2026, 6, 1)


def the_profile(name: str) -> Profile:
    return next(profile for profile in policies().profiles if profile.name == name)


PROFILE = the_profile("default")


def an_agency(**changes: Any) -> Agency:
    given = {
        "agency_id": new_id(),
        "name": "应急管理局",
        "level": "county",
        "domain": "emergency",
        "area_code": "320102",
        "active": True,
        "entrusted_by": None,
        "lead_industries": (),
    }
    return Agency(**given | changes)


def an_item(**changes: Any) -> Item:
    given = {
        "item_id": new_id(),
        "code": "YJ-001",
        "name": "有限空间",
        "domain": "emergency",
        "levels": ("county",),
        "published": True,
        "in_force_from": date(2020, 1, 1),
        "in_force_until": None,
        "annual_cap": None,
        "checklist_version": 1,
    }
    return Item(**given | changes)


def an_inspector(agency: Agency, **changes: Any) -> Inspector:
    given = {
        "inspector_id": new_id(),
        "agency_id": agency.agency_id,
        "name": "李检",
        "kind": "inspector",
        "scope": (agency.domain,),
        "valid_from": date(2025, 1, 1),
        "valid_until": date(2030, 1, 1),
        "active": True,
    }
    return Inspector(**given | changes)


def facts_of(
    agency: Agency | None = None,
    items: tuple[Item, ...] | None = None,
    inspectors: tuple[Inspector, ...] | None = None,
    grade: str | None = None,
    area: str = "320102",
    others: tuple[Agency, ...] = (),
    **proposal: Any,
) -> Facts:
    """`others` are agencies that are registered but not on the visit, such as an entruster."""
    agency = agency or an_agency()
    items = (an_item(domain=agency.domain),) if items is None else items
    inspectors = (
        (an_inspector(agency), an_inspector(agency, name="王查")) if inspectors is None else inspectors
    )
    enterprise = Enterprise(
        enterprise_id=new_id(),
        name="宏达机械",
        industry="C3411",
        area_code="320102",
        grade=grade,
        active=True,
    )
    premises = Premises(
        premises_id=new_id(),
        enterprise_id=enterprise.enterprise_id,
        name="一厂",
        area_code=area,
        active=True,
    )
    given = {
        "order_id": new_id(),
        "agency_id": agency.agency_id,
        "agencies": (agency.agency_id,),
        "enterprise_id": enterprise.enterprise_id,
        "premises_id": premises.premises_id,
        "items": tuple((item.item_id, agency.agency_id) for item in items),
        "inspectors": tuple(inspector.inspector_id for inspector in inspectors),
        "trigger": "routine",
        "starts_on": date(2026, 6, 8),
        "ends_on": date(2026, 6, 12),
        "on_site_reason": "需现场查看",
        "considered": ("data_sharing",),
    }
    return Facts(
        proposal=Proposal(**given | proposal),
        profile=PROFILE,
        today=DAY,
        registered=Registered(
            agencies=(agency, *others),
            enterprise=enterprise,
            premises=premises,
            items=items,
            inspectors=inspectors,
        ),
        counts=(),
        neighbours=(),
    )


def found(rule: str, facts: Facts, stage: Stage | None = None) -> list[Finding]:
    return list(RULES[rule].findings(facts, stage))


def only(rule: str, facts: Facts, stage: Stage | None = None) -> Finding:
    """The one finding of the rule, which says in both languages what, on what ground, and what to do."""
    (finding,) = found(rule, facts, stage)
    assert finding.explanation.zh
    assert finding.explanation.en
    assert finding.remedy.zh
    assert finding.remedy.en
    assert finding.citations
    return finding


def under(facts: Facts, profile: str | Profile = "default", **figures: Any) -> Facts:
    """The same facts in another city, or where some figures are others."""
    base = the_profile(profile) if isinstance(profile, str) else profile
    return replace(facts, profile=replace(base, **figures))


def with_past(facts: Facts, **past: Any) -> Facts:
    return replace(facts, past=replace(facts.past, **past))


def a_campaign(facts: Facts, **changes: Any) -> Facts:
    """The visit under a campaign of its own agency, in order unless told otherwise."""
    agency = facts.registered.agencies[0]
    given = {
        "campaign_id": new_id(),
        "agency_id": agency.agency_id,
        "name": "有限空间专项",
        "filing_number": "宿备〔2026〕1号",
        "approving_government": "区人民政府",
        "approved_on": date(2026, 3, 1),
        "published_on": date(2026, 3, 20),
        "starts_on": date(2026, 4, 1),
        "ends_on": date(2026, 9, 30),
        "quota": 30,
        "objects": 300,
        "full_coverage_approved": False,
        "active": True,
        "used": 0,
        "owner": agency,
    }
    campaign = Campaign(**given | changes)
    return replace(
        facts,
        proposal=replace(facts.proposal, trigger="campaign", campaign_id=campaign.campaign_id),
        registered=replace(facts.registered, campaign=campaign),
    )


def with_count(facts: Facts, visited: int, planned: int = 0, clued: int = 0) -> Facts:
    agency_id, domain = facts.proposal.agency_id, facts.registered.items[0].domain
    count = Count(agency_id=agency_id, domain=domain, visited=visited, planned=planned, clued=clued)
    return replace(facts, counts=(count,))


def with_neighbour(facts: Facts, **changes: Any) -> Facts:
    """Another agency's order in the same window and place."""
    other = new_id()
    given = {
        "order_id": new_id(),
        "agency_id": other,
        "agency_name": "消防救援大队",
        "agencies": (other,),
        "premises_id": facts.proposal.premises_id,
        "revision": 1,
        "state": State.ISSUED,
        "starts_on": facts.proposal.starts_on,
        "ends_on": facts.proposal.ends_on,
        "items": ("消防设施",),
        "industry_lead": None,
        "reason": None,
    }
    return replace(facts, neighbours=(*facts.neighbours, Neighbour(**given | changes)))
