"""J: one visit instead of several."""

from __future__ import annotations

from collections.abc import Iterator

from services.chassis.errors import Text
from services.inspection.gate.facts import Facts, Neighbour
from services.inspection.gate.model import Observation, Outcome
from services.inspection.gate.registry import rule
from services.inspection.gate.sources import STATE_54, SUQIAN_8


@rule(
    "J1",
    Text("同一机关对同一企业期限重叠的检查合并为一次", "One agency's overlapping orders become one"),
    Outcome.BLOCK,
    STATE_54,
    SUQIAN_8,
)
def j1(facts: Facts) -> Iterator[Observation]:
    """Two places of one enterprise cannot be one visit, but two trips to it need a reason."""
    window = facts.proposal
    for other in facts.neighbours:
        shared = set(other.agencies) & set(window.agencies)
        if shared and other.starts_on <= window.ends_on and window.starts_on <= other.ends_on:
            yield _overlapping(other, facts)


def _elsewhere(other: Neighbour, facts: Facts) -> Text:
    if other.premises_id == facts.proposal.premises_id:
        return Text("", "")
    return Text("；两次的经营场所不同", "; the two are at different premises")


def _overlapping(other: Neighbour, facts: Facts) -> Observation:
    what, elsewhere = "、".join(other.items), _elsewhere(other, facts)
    return Observation(
        about=other.saying,
        outcome=Outcome.JUSTIFY if elsewhere.zh else None,
        explanation=Text(
            f"{other.agency_name} 对该企业已有检查单（{other.starts_on} 至 {other.ends_on}，{what}），"
            f"与本次期限 {facts.proposal.starts_on} 至 {facts.proposal.ends_on} 重叠{elsewhere.zh}",
            f"{other.agency_name} already has an order for this enterprise from {other.starts_on} to "
            f"{other.ends_on}, overlapping {facts.proposal.starts_on} to {facts.proposal.ends_on}{elsewhere.en}",
        ),
        remedy=Text(
            "请将两张检查单合并为一次检查，或错开期限。",
            "Merge the two into one visit, or move the window.",
        ),
        figures={"starts_on": str(other.starts_on), "ends_on": str(other.ends_on)},
        orders=(other.order_id,),
    )


@rule(
    "J2",
    Text("其他机关近期将检查同一企业，应当联合", "Another agency will visit the same enterprise: join"),
    Outcome.JUSTIFY,
    STATE_54,
    SUQIAN_8,
    parameters=("join_days",),
)
def j2(facts: Facts) -> Iterator[Observation]:
    for other in facts.neighbours:
        if not set(other.agencies) & set(facts.proposal.agencies):
            yield _joinable(other, facts)


def _joinable(other: Neighbour, facts: Facts) -> Observation:
    lead, days, elsewhere = _lead(other, facts), facts.profile.join_days, _elsewhere(other, facts)
    answered = (
        Text(f"；已说明：{other.reason}", f"; answered: {other.reason}") if other.reason else Text("", "")
    )
    return Observation(
        about=other.saying,
        outcome=Outcome.NOTICE if other.reason or elsewhere.zh else None,
        explanation=Text(
            f"{other.agency_name} 拟于 {other.starts_on} 至 {other.ends_on} 检查该企业"
            f"（{'、'.join(other.items)}），与本次相距不超过 {days} 天{elsewhere.zh}{answered.zh}",
            f"{other.agency_name} will visit this enterprise from {other.starts_on} to {other.ends_on}, "
            f"within {days} days of this one{elsewhere.en}{answered.en}",
        ),
        remedy=Text(
            f"建议联合检查，由 {lead} 牵头；不联合的，请说明理由。",
            f"Join the two, led by {lead}; or give the reason why not.",
        ),
        figures={
            "join_days": days,
            "starts_on": str(other.starts_on),
            "ends_on": str(other.ends_on),
            "lead": lead,
        },
        orders=(other.order_id,),
    )


def _lead(other: Neighbour, facts: Facts) -> str:
    """The industry department of the enterprise leads; where neither is, who was first."""
    own = (facts.agency(agency_id) for agency_id in facts.proposal.agencies)
    departments = (
        agency.name for agency in own if agency and facts.registered.section in agency.lead_industries
    )
    return other.industry_lead or next(departments, other.agency_name)
