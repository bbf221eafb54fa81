"""F2, F4, F6, F7, F9: what the year held, what the last visits found, and who made them."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from services.chassis.ids import new_id
from services.inspection.gate import Outcome
from services.inspection.gate.past import BestGraded, Checked, LastVisit, Met
from tests.builders.gate import an_agency, an_item, facts_of, found, only, under, with_count, with_past

DAY = date(2026, 5, 1)


def test_f2_more_visits_after_clues_than_reasonable_need_a_reason():
    finding = only("F2", with_count(facts_of(trigger="complaint"), visited=4, clued=4))
    assert (finding.outcome, finding.figures["nth"], finding.figures["reasonable_per_year"]) == (
        Outcome.JUSTIFY,
        5,
        4,
    )
    assert "第 5 次检查，合理频次为 4 次/年" in finding.explanation.zh
    assert found("F2", with_count(facts_of(trigger="complaint"), visited=9, clued=3)) == []


@pytest.mark.parametrize(
    ("trigger", "clued"),
    [("complaint", True), ("assigned", True), ("monitoring", True), ("routine", False), ("requested", False)],
)
def test_f2_speaks_of_what_a_clue_led_to(trigger, clued):
    assert bool(found("F2", with_count(facts_of(trigger=trigger), visited=9, clued=9))) is clued


def met(facts, *results, inspector=0):
    """The inspector's latest visits, the newest first."""
    who = facts.proposal.inspectors[inspector]
    visits = [
        Met(inspector_id=who, order_id=new_id(), day=DAY - timedelta(n), result=result)
        for n, result in enumerate(results)
    ]
    return with_past(facts, met=(*facts.past.met, *visits))


def test_f4_after_three_visits_that_found_nothing_the_next_is_explained():
    facts = met(under(facts_of(), "chengdu"), "no_problem", "no_problem", "no_problem")
    finding = only("F4", facts)
    assert (finding.outcome, finding.figures["nth"], len(finding.orders)) == (Outcome.JUSTIFY, 4, 3)
    assert "李检 自 2026-04-29 起连续 3 次" in finding.explanation.zh


@pytest.mark.parametrize("results", [("no_problem",) * 2, ("no_problem", "reminder", "no_problem")])
def test_f4_a_finding_in_between_ends_the_streak(results):
    assert found("F4", met(under(facts_of(), "chengdu"), *results)) == []


def test_f4_each_inspector_explains_alone():
    facts = under(facts_of(), "chengdu")
    both = met(met(facts, *["no_problem"] * 3), *["no_problem"] * 3, inspector=1)
    assert len(found("F4", both)) == 2
    mixed = met(met(facts, *["no_problem"] * 2), "no_problem", inspector=1)
    assert found("F4", mixed) == []


def test_f4_a_city_without_the_rule_does_not_ask():
    assert found("F4", met(facts_of(), *["no_problem"] * 5)) == []


def graded(inspected, enterprises, grade="A", **proposal):
    facts = under(facts_of(grade=grade, **proposal), "suqian")
    return with_past(facts, best_graded=BestGraded(enterprises=enterprises, inspected=inspected))


@pytest.mark.parametrize(
    ("inspected", "enterprises", "blocks"),
    [(0, 100, False), (1, 100, True), (0, 99, True), (1, 200, False), (2, 299, True), (2, 300, False)],
)
def test_f6_the_share_is_exact_and_never_rounded_up(inspected, enterprises, blocks):
    assert bool(found("F6", graded(inspected, enterprises))) is blocks


def test_f6_tells_its_figures():
    finding = only("F6", graded(3, 320))
    assert (finding.outcome, finding.figures["nth"], finding.figures["most"]) == (Outcome.BLOCK, 4, 3)
    assert "第 4 家受检的优级企业，上限 3 家（共 320 家，不超过 1%）" in finding.explanation.zh
    assert Fraction(str(finding.figures["top_grade_share"])) == Fraction(1, 100)


@pytest.mark.parametrize(
    "facts",
    [
        graded(9, 10, grade="B"),
        graded(9, 10, grade=None),
        graded(9, 10, trigger="complaint"),
        under(graded(9, 10)),
    ],
)
def test_f6_limits_planned_visits_to_the_best_where_the_city_says_so(facts):
    assert found("F6", facts) == []


def checked(facts, day, passed=True):
    item = facts.registered.items[0].item_id
    return with_past(facts, checked=(Checked(item_id=item, order_id=new_id(), day=day, passed=passed),))


def spaced(interval=30, **proposal):
    return facts_of(items=(an_item(min_interval_days=interval),), **proposal)


def test_f7_an_item_passed_within_its_interval_is_not_checked_again():
    finding = only("F7", checked(spaced(), date(2026, 5, 20)))
    assert (finding.outcome, len(finding.orders), len(finding.items)) == (Outcome.JUSTIFY, 1, 1)
    assert finding.figures == {"min_interval_days": 30, "passed_on": "2026-05-20", "days_left": 0}
    assert "间隔期 30 天，2026-06-19 起方可再查" in finding.explanation.zh


def test_f7_a_window_that_outlasts_the_interval_is_told():
    finding = only("F7", checked(spaced(), date(2026, 5, 12)))
    assert (finding.outcome, finding.figures["days_left"]) == (Outcome.NOTICE, 2)
    assert "2026-06-11 至 2026-06-12" in finding.explanation.zh
    assert found("F7", checked(spaced(), date(2026, 5, 9))) == []


def test_f7_what_was_not_passed_has_no_interval_to_wait():
    assert found("F7", checked(spaced(), date(2026, 5, 20), passed=False)) == []
    assert found("F7", checked(spaced(interval=None), date(2026, 5, 20))) == []
    assert found("F7", checked(spaced(trigger="recheck"), date(2026, 5, 20))) == []


def last(facts, *inspectors, day=DAY, agency=None):
    agency_id = agency or facts.proposal.agency_id
    people = tuple(facts.proposal.inspectors[n] for n in inspectors)
    visit = LastVisit(agency_id=agency_id, order_id=new_id(), day=day, inspectors=people)
    return with_past(facts, last=(*facts.past.last, visit))


def test_f9_nobody_twice_in_a_row():
    finding = only("F9", last(facts_of(), 1))
    assert (finding.outcome, finding.figures["last_on"]) == (Outcome.NOTICE, "2026-05-01")
    assert "王查" in finding.explanation.zh
    assert len(found("F9", last(facts_of(), 0, 1))) == 2


def test_f9_the_newest_visit_decides():
    facts = last(last(facts_of(), 0, 1), day=DAY + timedelta(1))
    assert found("F9", facts) == []


def test_f9_speaks_of_routine_and_random_visits_of_the_same_agency():
    assert found("F9", last(facts_of(trigger="complaint"), 0)) == []
    assert found("F9", last(facts_of(), 0, agency=an_agency().agency_id)) == []
    assert found("F9", last(facts_of(trigger="random"), 0)) != []
