"""J3: one level of a system. J4, J5: what a joint visit may be, and how it counts."""

from __future__ import annotations

from collections.abc import Iterator

from services.chassis.errors import Text
from services.inspection.gate.facts import Facts
from services.inspection.gate.headcount import too_many
from services.inspection.gate.model import Observation, Outcome
from services.inspection.gate.past import Neighbour, System
from services.inspection.gate.registry import rule
from services.inspection.gate.sources import JUSTICE_CASE, SHENZHEN_COUNTS, SUZHOU
from services.inspection.gate.words import LEVELS, domain


@rule(
    "J3",
    Text("同一条线的多个层级只由一个层级检查", "Of several levels of one system, one inspects"),
    Outcome.JUSTIFY,
    SUZHOU,
)
def j3(facts: Facts) -> Iterator[Observation]:
    own = _systems(facts)
    for other in facts.neighbours:
        if set(other.agencies) & set(facts.proposal.agencies):
            continue
        pairs = [(mine, theirs) for mine in own for theirs in other.systems if _two_levels(mine, theirs)]
        if pairs:
            yield _many_levels(*pairs[0], other)


def _systems(facts: Facts) -> list[System]:
    agencies = (agency for agency in map(facts.agency, facts.proposal.agencies) if agency)
    acting = (facts.acting(agency) for agency in agencies)
    return [System(level=agency.level, domain=agency.domain) for agency in acting if agency]


def _two_levels(mine: System, theirs: System) -> bool:
    return mine.domain == theirs.domain and mine.level != theirs.level


def _many_levels(mine: System, theirs: System, other: Neighbour) -> Observation:
    return Observation(
        about=other.saying,
        explanation=Text(
            f"{LEVELS[theirs.level]}的 {other.agency_name} 也将于 {other.starts_on} 至 {other.ends_on} 检查该企业"
            f"（{domain(mine.domain)}条线），本次为{LEVELS[mine.level]}",
            f"{other.agency_name} ({theirs.level}) will inspect this enterprise for {theirs.domain} too, from "
            f"{other.starts_on} to {other.ends_on}; this visit is by the {mine.level}",
        ),
        remedy=Text(
            "请由其中一个层级实施，或联合为一次；确需各自检查的，说明理由。",
            "Let one level inspect, or join the two; or give the reason why both must.",
        ),
        figures={"level": mine.level, "other_level": theirs.level, "domain": mine.domain},
        orders=(other.order_id,),
    )


@rule(
    "J4",
    Text("联合检查人数上限", "A joint visit has a headcount cap"),
    Outcome.JUSTIFY,
    JUSTICE_CASE,
    parameters=("joint_headcount",),
)
def j4(facts: Facts) -> Iterator[Observation]:
    """Assistants are people too: it is the room that is small."""
    agencies, people = len(facts.proposal.agencies), len(facts.proposal.inspectors)
    most = facts.profile.joint_headcount
    if not too_many(agencies, people, most):
        return
    yield Observation(
        about="headcount",
        explanation=Text(
            f"联合检查 {agencies} 个机关共 {people} 人，上限 {most} 人",
            f"{people} people of {agencies} agencies on one visit, {most} are allowed",
        ),
        remedy=Text(
            "请减少人员，每个机关保留两名执法人员即可，或说明理由。",
            "Send fewer: two inspectors an agency are enough; or give the reason.",
        ),
        figures={"people": people, "joint_headcount": most, "agencies": agencies},
    )


@rule(
    "J5",
    Text("联合检查对企业只计一次", "A joint visit counts once"),
    Outcome.NOTICE,
    SHENZHEN_COUNTS,
)
def j5(facts: Facts) -> Iterator[Observation]:
    """Nothing to decide: how the others count is said where it matters."""
    agencies = len(facts.proposal.agencies)
    if agencies < 2:
        return
    names = [facts.agency_name(agency_id) for agency_id in facts.proposal.agencies]
    yield Observation(
        about="once",
        explanation=Text(
            f"{'、'.join(names)} {agencies} 个机关联合检查，对该企业计 1 次，各机关按各自的检查事由在本机关频次内各计 1 次",
            f"{agencies} agencies in one visit: it counts once for the enterprise, and once "
            "under each agency's cap, by its own trigger",
        ),
        remedy=Text("无需处理。", "Nothing to do."),
        figures={"agencies": agencies, "counted": 1},
    )
