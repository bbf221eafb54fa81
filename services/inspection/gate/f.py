"""F1, F2: how often in a year one agency may visit an enterprise."""

from __future__ import annotations

from collections.abc import Iterator

from services.chassis.errors import Text
from services.inspection.gate.facts import CLUED, Count, Facts
from services.inspection.gate.model import Observation, Outcome
from services.inspection.gate.registry import rule
from services.inspection.gate.sources import CHONGQING_29, STATE_54, SUZHOU_14
from services.inspection.gate.words import domain


@rule(
    "F1",
    Text("年度频次上限：机关 × 企业 × 领域 × 等级", "Yearly cap per agency, enterprise, domain and grade"),
    Outcome.BLOCK,
    STATE_54,
    parameters=("annual_caps", "blocking_triggers", "uncounted_triggers"),
)
def f1(facts: Facts) -> Iterator[Observation]:
    trigger = facts.proposal.trigger
    if trigger in facts.profile.uncounted_triggers:
        return
    for count in facts.counts:
        cap = cap_of(facts, count)
        if not facts.takes_place(count.agency_id, count.domain):
            continue
        if cap is not None and count.visited + count.planned + 1 > cap:
            blocks = trigger in facts.profile.blocking_triggers
            yield _over(facts, count, cap, Outcome.BLOCK if blocks else Outcome.NOTICE)


def cap_of(facts: Facts, count: Count) -> int | None:
    """Visits a year; None where neither an item nor the profile sets a cap."""
    enterprise = facts.registered.enterprise
    published = (i.annual_cap for i in facts.items_of(count.agency_id) if i.domain == count.domain)
    return facts.profile.annual_cap(count.domain, enterprise.grade if enterprise else None, published)


def _over(facts: Facts, count: Count, cap: int, outcome: Outcome) -> Observation:
    name, year = facts.agency_name(count.agency_id), facts.proposal.starts_on.year
    nth = count.visited + count.planned + 1
    aside = (
        Text("", "") if outcome is Outcome.BLOCK else Text("；此类检查只计数", "; this trigger only counts")
    )
    return Observation(
        about=f"{count.agency_id}:{count.domain}:{year}",
        outcome=outcome,
        explanation=Text(
            f"{name} {year} 年对该企业{domain(count.domain)}领域的第 {nth} 次检查，上限 {cap} 次/年"
            f"（已查 {count.visited} 次，待查 {count.planned} 次）{aside.zh}",
            f"visit {nth} of {name} to this enterprise for {count.domain} in {year}, the cap is {cap} a year "
            f"({count.visited} made, {count.planned} planned){aside.en}",
        ),
        remedy=Text(
            "请并入已有检查单，改用非现场方式，或安排到下一年度。",
            "Merge it into an order that exists, check remotely, or plan it for next year.",
        ),
        figures={"nth": nth, "cap": cap, "visited": count.visited, "planned": count.planned, "year": year},
        items=tuple(i.item_id for i in facts.items_of(count.agency_id) if i.domain == count.domain),
    )


@rule(
    "F2",
    Text(
        "线索触发的检查不得明显超过合理频次",
        "What clues lead to must not clearly exceed a reasonable frequency",
    ),
    Outcome.JUSTIFY,
    SUZHOU_14,
    CHONGQING_29,
    parameters=("reasonable_per_year",),
)
def f2(facts: Facts) -> Iterator[Observation]:
    reasonable = facts.profile.reasonable_per_year
    if reasonable is None or facts.proposal.trigger not in CLUED:
        return
    for count in facts.counts:
        if count.clued + 1 > reasonable:
            yield _unreasonable(facts, count, reasonable)


def _unreasonable(facts: Facts, count: Count, reasonable: int) -> Observation:
    name, year, nth = facts.agency_name(count.agency_id), facts.proposal.starts_on.year, count.clued + 1
    return Observation(
        about=f"{count.agency_id}:{count.domain}:{year}",
        explanation=Text(
            f"{name} {year} 年因线索对该企业{domain(count.domain)}领域的第 {nth} 次检查，合理频次为 {reasonable} 次/年",
            f"visit {nth} of {name} to this enterprise for {count.domain} that a clue led to in {year}, "
            f"{reasonable} a year are reasonable",
        ),
        remedy=Text(
            "请核实线索，能以非现场方式办理的不入企；确需再查的，说明理由。",
            "Verify the clue and deal with it remotely if possible, or give the reason to go once more.",
        ),
        figures={"nth": nth, "reasonable_per_year": reasonable, "year": year},
        items=tuple(i.item_id for i in facts.items_of(count.agency_id) if i.domain == count.domain),
    )
