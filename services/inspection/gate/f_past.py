"""F4, F7, F9: what the last visits found, and who made them. F6: how many of the best graded were visited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from services.chassis.errors import Text
from services.inspection.gate.facts import ALTERNATING, Facts
from services.inspection.gate.model import Observation, Outcome
from services.inspection.gate.past import Checked, LastVisit, Met
from services.inspection.gate.races import limits_best_graded
from services.inspection.gate.registered import Agency, Item
from services.inspection.gate.registry import rule
from services.inspection.gate.sources import (
    CHENGDU,
    INDIA_CIS,
    ITALY_103,
    ONE_VISIT,
    SUQIAN_MEASURES,
)
from services.inspection.gate.words import spans


@rule(
    "F4",
    Text(
        "同一人员连续多次检查同一企业均未发现问题，须说明",
        "The same inspector found nothing several times in a row",
    ),
    Outcome.JUSTIFY,
    CHENGDU,
    parameters=("zero_finding_streak",),
)
def f4(facts: Facts) -> Iterator[Observation]:
    streak = facts.profile.zero_finding_streak
    if streak is None:
        return
    for inspector_id in facts.proposal.inspectors:
        latest = [met for met in facts.past.met if met.inspector_id == inspector_id][:streak]
        if len(latest) == streak and all(met.result == "no_problem" for met in latest):
            yield _nothing_found(facts.inspector_name(inspector_id), inspector_id, latest)


def _nothing_found(name: str, inspector_id: UUID, latest: list[Met]) -> Observation:
    count, since = len(latest), min(met.day for met in latest)
    return Observation(
        about=str(inspector_id),
        explanation=Text(
            f"{name} 自 {since} 起连续 {count} 次检查该企业均未发现问题，本次为第 {count + 1} 次",
            f"{name} inspected this enterprise {count} times since {since} and found nothing; this is number {count + 1}",
        ),
        remedy=Text(
            "请更换执法人员或改用非现场方式，或说明再次检查的理由。",
            "Send somebody else, check remotely, or give the reason to go again.",
        ),
        figures={"nth": count + 1, "zero_finding_streak": count, "since": str(since)},
        orders=tuple(met.order_id for met in latest),
    )


@rule(
    "F6",
    Text(
        "信用等级为优的企业，同行业受检比例上限",
        "Enterprises graded best: the share of an industry that may be inspected",
    ),
    Outcome.BLOCK,
    SUQIAN_MEASURES,
    parameters=("top_grade_share",),
)
def f6(facts: Facts) -> Iterator[Observation]:
    """Exact: with a share of 1 % and fewer than a hundred enterprises, none may be inspected by plan."""
    share, graded = facts.profile.top_grade_share, facts.past.best_graded
    if share is None or not limits_best_graded(facts.proposal, facts.registered, facts.profile):
        return
    inspected = graded.inspected + 1
    if inspected > share * graded.enterprises:
        yield _too_many_of_the_best(facts, inspected, graded.enterprises, share)


def _too_many_of_the_best(facts: Facts, inspected: int, enterprises: int, share: Fraction) -> Observation:
    year, section, most = facts.proposal.starts_on.year, facts.registered.section, int(share * enterprises)
    percent = f"{float(share * 100):g}%"
    return Observation(
        about=f"{section}:{year}",
        explanation=Text(
            f"本地区本行业（{section} 门类）{year} 年第 {inspected} 家受检的优级企业，上限 {most} 家"
            f"（共 {enterprises} 家，不超过 {percent}）",
            f"enterprise {inspected} graded best in industry {section} to be inspected in {year}, at most {most} may be "
            f"({percent} of {enterprises})",
        ),
        remedy=Text(
            "请从其他等级中抽取对象，或采用非现场方式；投诉举报等线索触发的检查不受此限。",
            "Choose an enterprise of another grade, or check remotely; what follows a clue is not limited.",
        ),
        figures={
            "nth": inspected,
            "most": most,
            "enterprises": enterprises,
            "top_grade_share": str(share),
            "year": year,
        },
    )


@rule(
    "F7",
    Text(
        "同一事项在间隔期内已检查合格，结果互认",
        "The item was passed here within its interval: reuse the result",
    ),
    Outcome.JUSTIFY,
    ONE_VISIT,
    ITALY_103,
)
def f7(facts: Facts) -> Iterator[Observation]:
    """A recheck looks at what was not passed, whatever else was."""
    if facts.proposal.trigger == "recheck":
        return
    for last in facts.past.checked:
        item = facts.item(last.item_id)
        if last.passed and item and item.min_interval_days:
            yield from _passed(last, item, item.min_interval_days, facts)


def _passed(last: Checked, item: Item, interval: int, facts: Facts) -> Iterator[Observation]:
    free_from = last.day + timedelta(interval)
    free = [day for day in facts.days if day >= free_from]
    if len(free) == len(facts.days):
        return
    yield Observation(
        about=str(item.item_id),
        outcome=Outcome.NOTICE if free else None,
        explanation=Text(
            f"“{item.name}”于 {last.day} 在该场所检查合格，间隔期 {interval} 天，{_from(free_from, free).zh}",
            f"{item.code} was passed here on {last.day}, its interval is {interval} days, {_from(free_from, free).en}",
        ),
        remedy=Text(
            "请采用上次检查结果，移除该事项，或说明需要重新检查的理由。",
            "Use the last result and remove the item, or give the reason to check it again.",
        ),
        figures={"min_interval_days": interval, "passed_on": str(last.day), "days_left": len(free)},
        orders=(last.order_id,),
        items=(item.item_id,),
    )


def _from(day: date, free: list[date]) -> Text:
    if not free:
        return Text(f"{day} 起方可再查", f"it may be checked again from {day}")
    left = spans(free)
    return Text(f"可在 {left.zh} 检查", f"days that remain: {left.en}")


@rule(
    "F9",
    Text("日常和随机检查不由同一人员连续实施", "Routine and random visits: nobody twice in a row"),
    Outcome.NOTICE,
    INDIA_CIS,
)
def f9(facts: Facts) -> Iterator[Observation]:
    if facts.proposal.trigger not in ALTERNATING:
        return
    for agency_id in facts.proposal.agencies:
        agency = facts.agency(agency_id)
        visits = [last for last in facts.past.last if last.agency_id == agency_id]
        if visits and agency:
            yield from _again(max(visits, key=lambda last: last.day), agency, facts)


def _again(last: LastVisit, agency: Agency, facts: Facts) -> Iterator[Observation]:
    for inspector_id in last.inspectors:
        name = facts.inspector_name(inspector_id)
        yield Observation(
            about=str(inspector_id),
            explanation=Text(
                f"{agency.name} 上一次（{last.day}）检查该企业的也是 {name}",
                f"{name} also made the last visit of {agency.name} here, on {last.day}",
            ),
            remedy=Text("建议更换执法人员，或经双随机抽取。", "Send somebody else, or draw the inspectors."),
            figures={"last_on": str(last.day)},
            orders=(last.order_id,),
        )
