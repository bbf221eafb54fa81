"""A1, A2, F3, F5 again at the door: the lists may have moved since the issue, and what was a window is a day now."""

from __future__ import annotations

from collections.abc import Iterator

from services.chassis.errors import Text
from services.inspection.entries.facts import EntryFacts
from services.inspection.entries.model import FREQUENT, Why
from services.inspection.gate.f_days import LIMITS, limits, periods
from services.inspection.gate.model import Observation, Outcome, Stage
from services.inspection.gate.registry import rule_at


def _unless_filled_in(facts: EntryFacts) -> Outcome | None:
    """An entry filled in afterwards tells of a visit that was made. Whether the list had changed by then nobody
    knows: a supervisor is told."""
    return None if facts.arrival.online else Outcome.NOTICE


@rule_at("A1", Stage.ENTRY)
def a1_at_entry(facts: EntryFacts) -> Iterator[Observation]:
    for agency in facts.known.withdrawn:
        yield Observation(
            about=f"{Why.AGENCY_WITHDRAWN}:{agency.agency_id}",
            outcome=_unless_filled_in(facts),
            explanation=Text(
                f"{agency.name} 或其委托机关已不在公告的检查主体名单内",
                f"{agency.name}, or the body that entrusted it, is no longer announced",
            ),
            remedy=Text(
                "请停止入企，由已公告的检查主体重新申请检查单。",
                "Do not enter; let an announced agency ask for a new order.",
            ),
            orders=(facts.known.order_id,),
        )


@rule_at("A2", Stage.ENTRY)
def a2_at_entry(facts: EntryFacts) -> Iterator[Observation]:
    for item in facts.known.doubtful:
        if not item.holds(facts.day):
            yield Observation(
                about=f"{Why.ITEM_OFF_LIST}:{item.item_id}",
                outcome=_unless_filled_in(facts) if not item.published else None,
                explanation=Text(
                    f"“{item.name}”现已不在公布清单内，或今天不在有效期内",
                    f"{item.name} is off the published list, or not in force on {facts.day}",
                ),
                remedy=Text(
                    "清单之外不得检查；请移除该事项后重新申请检查单。",
                    "Nothing off the list may be inspected: ask for an order without it.",
                ),
                figures={"day": str(facts.day)},
                items=(item.item_id,),
                orders=(facts.known.order_id,),
            )


@rule_at("F3", Stage.ENTRY)
def f3_at_entry(facts: EntryFacts) -> Iterator[Observation]:
    """Whoever approved the order knew; who supervises is told."""
    here = periods(facts.day)
    before = [periods(facts.day_of(moment)) for moment in facts.known.visits]
    for period, most in limits(facts.profile).items():
        nth = 1 + sum(day[period] == here[period] for day in before)
        if nth > most:
            yield Observation(
                about=f"{FREQUENT}:{period}",
                outcome=Outcome.NOTICE,
                explanation=Text(
                    f"该企业{LIMITS[period].zh}内的第 {nth} 次入企，上限 {most} 次",
                    f"entry {nth} at this enterprise in {LIMITS[period].en}, {most} are allowed",
                ),
                remedy=Text("无需处理；监督人员可见。", "Nothing to do; supervisors see it."),
                figures={"nth": nth, f"visits_per_{period}": most},
            )


@rule_at("F5", Stage.ENTRY)
def f5_at_entry(facts: EntryFacts) -> Iterator[Observation]:
    """Each agency by what it brings: who only came along with an exempt visit is not exempt."""
    until, exempt = facts.profile.quiet_until_day, facts.profile.quiet_exempt_triggers
    bound = {brought.agency_id for brought in facts.known.brought if brought.trigger not in exempt}
    if until is None or facts.day.day >= until or not bound:
        return
    yield Observation(
        about=Why.QUIET_DAY,
        explanation=Text(
            f"今天 {facts.day} 在企业安静期内，每月 {until} 日起方可入企",
            f"{facts.day} is a quiet day: visits are possible from the {until}th of the month",
        ),
        remedy=_on_another_day(until, exempt_too=len(bound) < len(facts.known.agencies)),
        figures={"quiet_until_day": until, "day": str(facts.day)},
        orders=(facts.known.order_id,),
    )


def _on_another_day(until: int, *, exempt_too: bool) -> Text:
    """`exempt_too`: somebody on the joint order may enter today, if the others leave it."""
    later = Text(
        f"请在期限内改于 {until} 日及以后入企；期限不足的，重新申请检查单。",
        f"Come on the {until}th or later within the window, or ask for a new order.",
    )
    if not exempt_too:
        return later
    return Text(
        f"{later.zh}或先将受安静期限制的检查单拆分，其余今天可以入企。",
        f"{later.en} Or let the orders that quiet days bind leave (split): the rest may enter today.",
    )
