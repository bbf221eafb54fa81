"""A: on what ground. The place, the ways without a visit, what was filed and reviewed before."""

from __future__ import annotations

from collections.abc import Iterator

from services.chassis.errors import Text
from services.inspection.gate.facts import Facts
from services.inspection.gate.model import Observation, Outcome, Stage
from services.inspection.gate.registered import Agency, Item, Premises
from services.inspection.gate.registry import rule, rule_at
from services.inspection.gate.sources import STATE_54, SUQIAN_MEASURES


@rule(
    "A4",
    Text(
        "场所在机关辖区内；异地检查须有协助函",
        "The premises lies in the agency's area, or a letter asks for help",
    ),
    Outcome.BLOCK,
    STATE_54,
)
def a4(facts: Facts) -> Iterator[Observation]:
    place = facts.registered.premises
    for agency_id in facts.proposal.agencies:
        agency = facts.agency(agency_id)
        if place and agency and not place.area_code.startswith(agency.area):
            yield _outside(agency, place, facts.proposal.assistance_letter)


def _outside(agency: Agency, place: Premises, letter: str | None) -> Observation:
    held = Text(f"，协助函：{letter}", f"; letter of assistance {letter}") if letter else Text("", "")
    return Observation(
        about=str(agency.agency_id),
        outcome=Outcome.NOTICE if letter else None,
        explanation=Text(
            f"“{place.name}”位于 {place.area_code}，不在 {agency.name} 的辖区 {agency.area_code} 内{held.zh}",
            f"{place.name} lies in {place.area_code}, outside {agency.area_code} of {agency.name}{held.en}",
        ),
        remedy=Text(
            "请商请场所所在地机关协助，并填写协助函文号。",
            "Ask the agency of the place for assistance, and give the number of its letter.",
        ),
        figures={"premises_area": place.area_code, "agency_area": agency.area_code},
    )


@rule(
    "A8",
    Text("专项和计划外检查须先备案审查", "Special and unplanned orders are reviewed before they happen"),
    Outcome.BLOCK,
    SUQIAN_MEASURES,
    parameters=("reviewed_triggers", "unplanned_reviewed"),
)
def a8(facts: Facts) -> Iterator[Observation]:
    """Until the issue there is time for it: it is told."""
    if needs_review(facts) and not facts.registered.reviewed:
        yield _unreviewed(facts, Outcome.NOTICE)


@rule_at("A8", Stage.ISSUE)
def a8_at_issue(facts: Facts) -> Iterator[Observation]:
    if needs_review(facts) and not facts.registered.reviewed:
        yield _unreviewed(facts)


def needs_review(facts: Facts) -> bool:
    """A campaign where the profile says so, and what no plan foresees: a draw is its own plan, and a campaign;
    urgent visits cannot wait, and a recheck follows from what was reviewed."""
    trigger, profile = facts.proposal.trigger, facts.profile
    if trigger in profile.reviewed_triggers:
        return True
    if not profile.unplanned_reviewed or trigger in ("random", "campaign", "urgent", "recheck"):
        return False
    return trigger != "routine" or bool(unplanned(facts))


def unplanned(facts: Facts) -> list[Item]:
    """Items that are not in their agency's published plan of the year."""
    foreseen = {(planned.item_id, planned.agency_id) for planned in facts.registered.planned}
    outside = {item for item, owner in facts.proposal.items if (item, owner) not in foreseen}
    return [item for item in facts.registered.items if item.item_id in outside]


def _unreviewed(facts: Facts, outcome: Outcome | None = None) -> Observation:
    year, items = facts.proposal.starts_on.year, unplanned(facts)
    planned = facts.proposal.trigger == "routine"
    names = "、".join(f"“{item.name}”" for item in items)
    why = (
        Text(f"{names} 不在 {year} 年度公布计划内", f"{len(items)} items are in no published plan of {year}")
        if planned
        else Text("此类检查须经备案审查", "inspections of this kind are reviewed first")
    )
    said = (
        Text("审查未通过", "the review did not pass it")
        if facts.registered.reviewed is False
        else Text("尚未审查", "it has not been reviewed")
    )
    return Observation(
        about=str(facts.proposal.agency_id),
        outcome=outcome,
        explanation=Text(f"{why.zh}，{said.zh}", f"{why.en}; {said.en}"),
        remedy=Text(
            "请报统筹机构备案审查，通过后再签发；列入年度计划并公布的日常检查无需审查。",
            "Have the coordinator review it before issue; routine visits in a published plan need no review.",
        ),
        figures={"year": year, "unplanned": len(items) if planned else 0},
        items=tuple(item.item_id for item in items) if planned else (),
    )


@rule(
    "A9",
    Text(
        "先考虑书面、数据共享、远程方式，确需入企须说明",
        "Ways without a visit come first; a visit needs a reason",
    ),
    Outcome.JUSTIFY,
    STATE_54,
)
def a9(facts: Facts) -> Iterator[Observation]:
    """Nobody can consider anything else first where people must go at once."""
    wish = facts.proposal
    if wish.trigger == "urgent" or (wish.considered and wish.on_site_reason.strip()):
        return
    missing = (
        Text("", "")
        if wish.on_site_reason.strip()
        else Text("，也未写明入企理由", ", nor does it say why on site")
    )
    yield Observation(
        about="considered",
        explanation=Text(
            f"未写明已考虑书面核查、数据共享或远程检查{missing.zh}",
            f"it does not say which ways without a visit were considered{missing.en}",
        ),
        remedy=Text(
            "请先考虑非现场方式并在检查单中勾选；确需入企的，说明理由。",
            "Consider the ways without a visit and name them in the order, or give the reason to go.",
        ),
        figures={"considered": len(wish.considered)},
    )
