"""F3, F5, F8: on which days an enterprise may be visited. A window with a day left is told, one without is stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from services.chassis.errors import Text
from services.chassis.policy import Profile
from services.inspection.gate.facts import Facts
from services.inspection.gate.model import Observation, Outcome
from services.inspection.gate.past import Blackout, Visits
from services.inspection.gate.registry import rule
from services.inspection.gate.sources import CHENGDU, PRODUCT, STATE_54, SUQIAN_MEASURES
from services.inspection.gate.words import spans

LIMITS = {
    "day": Text("一天", "a day"),
    "week": Text("一周", "a week"),
    "month": Text("一个月", "a month"),
}


def periods(day: date) -> dict[str, date]:
    """The day, week (from Monday) and month that `day` lies in, each by its first day."""
    return {"day": day, "week": day - timedelta(day.weekday()), "month": day.replace(day=1)}


def limits(profile: Profile) -> dict[str, int]:
    """Visits allowed in each period that the profile limits."""
    named = {
        "day": profile.visits_per_day,
        "week": profile.visits_per_week,
        "month": profile.visits_per_month,
    }
    return {period: most for period, most in named.items() if most is not None}


@rule(
    "F3",
    Text(
        "同一企业，不分机关：一天、一周、一个月的次数",
        "One enterprise, any agency: visits a day, a week, a month",
    ),
    Outcome.JUSTIFY,
    STATE_54,
    CHENGDU,
    parameters=("visits_per_day", "visits_per_week", "visits_per_month"),
)
def f3(facts: Facts) -> Iterator[Observation]:
    """Counts visits that were made, and those that must fall into the period because their window does."""
    allowed, taken = limits(facts.profile), _taken(facts.past.visits)
    full = {period: _full(period, most, taken, facts.days) for period, most in allowed.items()}
    free = [day for day in facts.days if not any(day in days for days in full.values())]
    for period, most in allowed.items():
        if full[period]:
            nth = 1 + max(taken[period, periods(day)[period]] for day in full[period])
            yield _frequent(period, nth, most, free, facts)


def _taken(visits: tuple[Visits, ...]) -> Counter[tuple[str, date]]:
    taken: Counter[tuple[str, date]] = Counter()
    for visit in visits:
        first, last = periods(visit.first), periods(visit.last)
        for period in LIMITS:
            if first[period] == last[period]:
                taken[period, first[period]] += visit.count
    return taken


def _full(period: str, most: int, taken: Counter[tuple[str, date]], days: tuple[date, ...]) -> set[date]:
    return {day for day in days if taken[period, periods(day)[period]] + 1 > most}


def _frequent(period: str, nth: int, most: int, free: list[date], facts: Facts) -> Observation:
    left, (zh, en) = spans(free), (LIMITS[period].zh, LIMITS[period].en)
    remaining = (
        Text(f"；尚可检查的日期：{left.zh}", f"; days that remain: {left.en}")
        if free
        else Text("；期限内没有可检查的日期", "; no day of the window remains")
    )
    return Observation(
        about=f"{period}:{facts.proposal.starts_on:%Y-%m}",
        outcome=Outcome.NOTICE if free else None,
        explanation=Text(
            f"该企业{zh}内的第 {nth} 次检查（各机关合计，联合检查计一次），上限 {most} 次{remaining.zh}",
            f"visit {nth} to this enterprise in {en} by all agencies together, {most} are allowed{remaining.en}",
        ),
        remedy=Text(
            "请在尚可检查的日期实施、与他人联合，或说明必须此时检查的理由。",
            "Come on a day that remains, join with others, or give the reason why it must be then.",
        ),
        figures={"nth": nth, f"visits_per_{period}": most, "days_left": len(free)},
    )


@rule(
    "F5",
    Text(
        "企业安静期：每月规定日期前不入企", "Quiet days of the month: no visits before the day the city set"
    ),
    Outcome.BLOCK,
    SUQIAN_MEASURES,
    parameters=("quiet_until_day", "quiet_exempt_triggers"),
)
def f5(facts: Facts) -> Iterator[Observation]:
    until = facts.profile.quiet_until_day
    if until is None or facts.proposal.trigger in facts.profile.quiet_exempt_triggers:
        return
    free = [day for day in facts.days if day.day >= until]
    if len(free) == len(facts.days):
        return
    left = spans(free)
    said = (
        Text(f"只能在 {left.zh} 入企", f"visits are possible on {left.en}")
        if free
        else Text("检查期限全部落在安静期内", "the whole window lies in the quiet days")
    )
    yield Observation(
        about=f"{facts.proposal.starts_on:%Y-%m}",
        outcome=Outcome.NOTICE if free else None,
        explanation=Text(
            f"每月 {until} 日前为企业安静期，{said.zh}", f"the days before the {until}th are quiet: {said.en}"
        ),
        remedy=Text(
            f"请把检查安排在每月 {until} 日及以后；上级交办、突发和案件线索不受限，须按其事由拟单。",
            f"Come on the {until}th or later; what is assigned, urgent or follows a complaint is exempt under its trigger.",
        ),
        figures={"quiet_until_day": until, "days_left": len(free)},
    )


@rule(
    "F8",
    Text("企业申报的生产高峰日，批准人可见", "Blackout days set by the enterprise, visible to the approver"),
    Outcome.NOTICE,
    PRODUCT,
)
def f8(facts: Facts) -> Iterator[Observation]:
    free = [
        day for day in facts.days if not any(b.starts_on <= day <= b.ends_on for b in facts.past.blackouts)
    ]
    for blackout in facts.past.blackouts:
        if any(blackout.starts_on <= day <= blackout.ends_on for day in facts.days):
            yield _blacked_out(blackout, free)


def _blacked_out(blackout: Blackout, free: list[date]) -> Observation:
    left, note = spans(free), f"（{blackout.note}）" if blackout.note else ""
    remaining = (
        Text(f"其余日期：{left.zh}", f"days that remain: {left.en}")
        if free
        else Text("期限内没有其余日期", "no day of the window remains")
    )
    return Observation(
        about=f"{blackout.starts_on}:{blackout.ends_on}",
        explanation=Text(
            f"企业申报 {blackout.starts_on} 至 {blackout.ends_on} 为生产高峰{note}；{remaining.zh}",
            f"the enterprise asks to be spared from {blackout.starts_on} to {blackout.ends_on}; {remaining.en}",
        ),
        remedy=Text(
            "请尽量避开这些日期，或先与企业联系。",
            "Choose another day if you can, or talk to the enterprise first.",
        ),
        figures={
            "starts_on": str(blackout.starts_on),
            "ends_on": str(blackout.ends_on),
            "days_left": len(free),
        },
    )
