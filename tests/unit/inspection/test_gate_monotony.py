"""Taking a past inspection away never adds a finding; where a rule speaks of the latest visit, as far as that goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from events.catalogue.inspection import Result, Trigger
from services.chassis.ids import new_id
from services.inspection.gate import Outcome, Stage, judge
from services.inspection.gate.facts import CLUED, Facts
from services.inspection.gate.past import BestGraded, Checked, Count, LastVisit, Met, Past, Visits
from tests.builders.gate import an_item, facts_of, under

STARTS = date(2026, 6, 15)
GRAVITY = [Outcome.NOTICE, Outcome.JUSTIFY, Outcome.BLOCK]
LATEST = ("F4", "F7", "F9")
PROFILES = ("default", "suqian", "chengdu", "shenzhen")


@dataclass(frozen=True)
class Inspection:
    """A visit of the past at one of a few enterprises, all graded 优; number 0 is where the gate looks now."""

    order_id: UUID
    enterprise: int
    days_ago: int
    trigger: Trigger
    result: Result
    inspectors: tuple[int, ...]

    @property
    def day(self) -> date:
        return STARTS - timedelta(self.days_ago)


inspections = st.builds(
    Inspection,
    order_id=st.builds(new_id),
    enterprise=st.integers(0, 2),
    days_ago=st.integers(1, 40),
    trigger=st.sampled_from(["routine", "random", "complaint", "assigned", "recheck"]),
    result=st.sampled_from(["no_problem", "no_problem", "reminder", "order_rectification"]),
    inspectors=st.sampled_from([(0,), (1,), (0, 1), (2, 3)]),
)


def facts(past: Sequence[Inspection], profile: str, trigger: Trigger, length: int, best: int) -> Facts:
    """What the reader would make of these inspections."""
    wish = facts_of(
        items=(an_item(annual_cap=2, min_interval_days=30),),
        grade="A",
        trigger=trigger,
        starts_on=STARTS,
        ends_on=STARTS + timedelta(length),
    )
    here = sorted((p for p in past if p.enterprise == 0), key=lambda p: (p.day, p.order_id), reverse=True)
    counted = [p for p in here if p.trigger != "recheck" and p.day.year == STARTS.year]
    agency, domain = wish.proposal.agency_id, wish.registered.items[0].domain
    count = Count(
        agency_id=agency,
        domain=domain,
        visited=len(counted),
        planned=0,
        clued=sum(p.trigger in CLUED for p in counted),
    )
    return replace(under(wish, profile), counts=(count,), today=STARTS, past=_past(wish, past, here, best))


def _past(wish: Facts, past: Sequence[Inspection], here: Sequence[Inspection], best: int) -> Past:
    people = wish.proposal.inspectors
    planned = [p for p in here if p.trigger in ("routine", "random")]
    inspected = {p.enterprise for p in past if p.enterprise and p.trigger in ("routine", "random")}
    return Past(
        visits=tuple(Visits(first=p.day, last=p.day) for p in here),
        met=tuple(
            Met(inspector_id=people[who], order_id=p.order_id, day=p.day, result=p.result)
            for who in (0, 1)
            for p in [p for p in here if who in p.inspectors][:3]
        ),
        last=tuple(
            LastVisit(
                agency_id=wish.proposal.agency_id,
                order_id=p.order_id,
                day=p.day,
                inspectors=tuple(people[who] for who in p.inspectors if who < len(people)),
            )
            for p in planned[:1]
        ),
        checked=tuple(
            Checked(
                item_id=wish.registered.items[0].item_id,
                order_id=p.order_id,
                day=p.day,
                passed=p.result == "no_problem",
            )
            for p in here[:1]
        ),
        best_graded=BestGraded(enterprises=best, inspected=len(inspected)),
    )


def gravest(found: Facts, rules: Sequence[str] | None = None) -> dict[str, int]:
    """Each thing found, with how much it asks. Ids are made anew for each look, so they are left out."""
    gravity: dict[str, int] = {}
    for finding in judge(found, Stage.SUBMIT):
        if (finding.rule in LATEST) is (rules is LATEST):
            about = finding.rule if rules is LATEST else _period(finding.key)
            gravity[about] = max(gravity.get(about, 0), 1 + GRAVITY.index(finding.outcome))
    return gravity


def _period(key: str) -> str:
    """`F3:week:2026-06`, but `F1` without the agency."""
    return key if key.startswith("F3") else key.partition(":")[0]


cases = {
    "past": st.lists(inspections, min_size=1, max_size=9),
    "taken": st.integers(0, 8),
    "profile": st.sampled_from(PROFILES),
    "trigger": st.sampled_from(["routine", "random", "complaint", "assigned", "requested", "recheck"]),
    "length": st.integers(0, 30),
    "best": st.integers(0, 400),
}


@settings(deadline=None)
@given(**cases)
def test_one_inspection_fewer_asks_for_nothing_more(past, taken, profile, trigger, length, best):
    rest = [p for n, p in enumerate(past) if n != taken % len(past)]
    before = gravest(facts(past, profile, trigger, length, best))
    after = gravest(facts(rest, profile, trigger, length, best))
    assert all(gravity <= before.get(about, 0) for about, gravity in after.items()), (before, after)


@settings(deadline=None)
@given(**cases)
def test_one_passed_inspection_fewer_adds_nothing_to_what_the_latest_found(
    past, taken, profile, trigger, length, best
):
    """F9 asks who came last, whatever was found: there, the one taken away must not be the last of all."""
    gone = past[taken % len(past)]
    rest = [p for p in past if p is not gone]
    before = gravest(facts(past, profile, trigger, length, best), LATEST)
    after = gravest(facts(rest, profile, trigger, length, best), LATEST)
    for rule in ("F4", "F7") if gone.result == "no_problem" else ():
        assert after.get(rule, 0) <= before.get(rule, 0)
    if gone not in _last(past):
        assert after.get("F9", 0) <= before.get("F9", 0)


def _last(past: Sequence[Inspection]) -> list[Inspection]:
    planned = [p for p in past if p.enterprise == 0 and p.trigger in ("routine", "random")]
    return sorted(planned, key=lambda p: (p.day, p.order_id))[-1:]
