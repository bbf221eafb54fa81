"""F3, F5, F8: on which days an enterprise may be visited. June 2026: the 8th is a Monday, the window its working days."""

from dataclasses import replace
from datetime import date

import pytest

from services.inspection.gate import Outcome
from services.inspection.gate.past import Blackout, Visits
from tests.builders.gate import facts_of, found, only, under, with_past


def june(day):
    return date(2026, 6, day)


def after(*visits, **proposal):
    """In Chengdu, where visits were made, or must be made, on these days."""
    past = tuple(Visits(first=june(v[0]), last=june(v[1]), count=v[2]) for v in visits)
    return with_past(under(facts_of(**proposal), "chengdu"), visits=past)


ONE_DAY = {"starts_on": june(10), "ends_on": june(10)}


def test_f3_a_second_visit_on_one_day_needs_a_reason():
    finding = only("F3", after((10, 10, 1), **ONE_DAY))
    assert (finding.outcome, finding.figures) == (
        Outcome.JUSTIFY,
        {"nth": 2, "visits_per_day": 1, "days_left": 0},
    )
    assert "一天内的第 2 次检查" in finding.explanation.zh
    assert "上限 1 次" in finding.explanation.zh


def test_f3_a_third_visit_in_a_week_needs_a_reason():
    finding = only("F3", after((8, 8, 1), (14, 14, 1), **ONE_DAY))
    assert (finding.outcome, finding.figures["nth"], finding.figures["visits_per_week"]) == (
        Outcome.JUSTIFY,
        3,
        2,
    )
    assert found("F3", after((7, 7, 1), (15, 15, 1), **ONE_DAY)) == []


def test_f3_a_fourth_visit_in_a_month_needs_a_reason():
    finding = only("F3", after((1, 1, 1), (20, 20, 1), (30, 30, 1), **ONE_DAY))
    assert (finding.figures["nth"], finding.figures["visits_per_month"]) == (4, 3)
    assert "一个月内的第 4 次检查" in finding.explanation.zh


def test_f3_a_window_with_a_day_left_is_told_which():
    """The 8th and the 10th are taken, and with them the week; what is left is the Monday after."""
    week, day = found("F3", after((8, 8, 1), (10, 10, 1), starts_on=june(8), ends_on=june(15)))[::-1]
    assert (week.outcome, day.outcome) == (Outcome.NOTICE, Outcome.NOTICE)
    assert (week.figures["days_left"], day.figures["days_left"]) == (1, 1)
    assert "尚可检查的日期：2026-06-15" in week.explanation.zh


def test_f3_a_visit_that_may_be_elsewhere_is_not_counted():
    """A window over two weeks can still fall into the other one; one within the month counts there."""
    assert found("F3", after((7, 8, 5), **ONE_DAY)) != []  # five somewhere in June
    assert [f.key for f in found("F3", after((5, 9, 2), **ONE_DAY))] == []
    assert [f.key for f in found("F3", after((8, 12, 2), **ONE_DAY))] == ["F3:week:2026-06"]


def test_f3_days_that_are_over_are_no_way_out():
    facts = after((12, 12, 1), (11, 11, 1), starts_on=june(1), ends_on=june(12))
    assert {finding.outcome for finding in found("F3", facts)} == {Outcome.NOTICE}
    late = replace(facts, today=june(11))
    assert {finding.outcome for finding in found("F3", late)} == {Outcome.JUSTIFY}


def test_f3_a_city_without_the_rule_does_not_ask():
    assert found("F3", under(after((10, 10, 9), **ONE_DAY))) == []


@pytest.mark.parametrize(
    ("first", "last", "outcome", "left"),
    [
        (8, 12, Outcome.BLOCK, 0),
        (8, 19, Outcome.BLOCK, 0),
        (15, 20, Outcome.NOTICE, 1),
        (20, 30, None, None),
    ],
)
def test_f5_days_before_the_20th_are_quiet(first, last, outcome, left):
    findings = found("F5", under(facts_of(starts_on=june(first), ends_on=june(last)), "suqian"))
    assert [finding.outcome for finding in findings] == ([outcome] if outcome else [])
    assert [finding.figures["days_left"] for finding in findings] == ([] if outcome is None else [left])


def test_f5_the_days_that_remain_are_told():
    facts = under(facts_of(starts_on=june(18), ends_on=date(2026, 7, 21)), "suqian")
    finding = only("F5", facts)
    assert "2026-06-20 至 2026-06-30、2026-07-20 至 2026-07-21" in finding.explanation.zh
    assert finding.figures == {"quiet_until_day": 20, "days_left": 13}


@pytest.mark.parametrize("trigger", ["assigned", "urgent", "complaint"])
def test_f5_what_cannot_wait_is_exempt(trigger):
    assert found("F5", under(facts_of(trigger=trigger), "suqian")) == []


def test_f5_is_a_rule_of_suqian():
    assert found("F5", facts_of()) == []
    assert found("F5", under(facts_of(trigger="routine"), "suqian")) != []


def black(*spans, **proposal):
    days = tuple(Blackout(starts_on=june(a), ends_on=june(b), note="赶订单") for a, b in spans)
    return with_past(facts_of(**proposal), blackouts=days)


def test_f8_blackout_days_are_told_with_those_that_remain():
    finding = only("F8", black((9, 11)))
    assert (finding.outcome, finding.figures["days_left"]) == (Outcome.NOTICE, 2)
    assert "赶订单" in finding.explanation.zh
    assert "其余日期：2026-06-08、2026-06-12" in finding.explanation.zh


def test_f8_asks_for_nothing_even_when_no_day_remains():
    finding = only("F8", black((1, 30)))
    assert (finding.outcome, finding.figures["days_left"]) == (Outcome.NOTICE, 0)
    assert "没有其余日期" in finding.explanation.zh


def test_f8_days_outside_the_window_are_not_told():
    assert found("F8", black((1, 7), (13, 14))) == []
