"""One rule at a time, over facts made by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.chassis.ids import new_id
from services.chassis.policy import Cap
from services.inspection.gate import Outcome, Stage, judge
from services.inspection.gate.model import PLANNING
from tests.builders.gate import (
    PROFILE,
    an_agency,
    an_inspector,
    an_item,
    facts_of,
    found,
    only,
    the_profile,
    with_count,
    with_neighbour,
)


def test_a_visit_in_order_has_no_finding():
    for stage in PLANNING:
        assert judge(facts_of(), stage) == []


def test_a1_an_agency_that_is_not_active_may_not_inspect():
    assert only("A1", facts_of(an_agency(active=False))).outcome is Outcome.BLOCK


def test_a1_an_agency_nobody_announced_may_not_inspect():
    stranger = new_id()
    assert str(stranger) in only("A1", facts_of(agencies=(stranger,))).explanation.zh


@pytest.mark.parametrize("changes", [{"domain": "fire"}, {"levels": ("city",)}])
def test_a1_level_and_domain_must_fit_the_item(changes):
    item = an_item(**changes)
    assert only("A1", facts_of(items=(item,))).items == (item.item_id,)


def test_a1_an_entrusted_body_acts_with_the_powers_of_its_entruster():
    bureau = an_agency(name="市监局", level="county", domain="market")
    team = an_agency(name="执法大队", level="town", domain="team", entrusted_by=bureau.agency_id)
    item = an_item(domain="market")
    assert found("A1", facts_of(team, (item,), others=(bureau,))) == []
    assert "市监局" in only("A1", facts_of(team, (an_item(domain="fire"),), others=(bureau,))).explanation.zh
    assert (
        "执法大队"
        in only("A1", facts_of(team, (item,), others=(replace(bureau, active=False),))).explanation.zh
    )


def test_a2_an_item_off_the_list_may_not_be_checked():
    assert only("A2", facts_of(items=(an_item(published=False),))).outcome is Outcome.BLOCK
    unknown = new_id()
    assert only("A2", _with_item(unknown)).items == (unknown,)


def _with_item(item_id):
    facts = facts_of()
    return replace(facts, proposal=replace(facts.proposal, items=((item_id, facts.proposal.agency_id),)))


@pytest.mark.parametrize(
    ("in_force_from", "in_force_until", "holds"),
    [
        (date(2026, 6, 8), date(2026, 6, 12), True),
        (date(2026, 6, 9), None, False),
        (date(2020, 1, 1), date(2026, 6, 11), False),
    ],
)
def test_a2_an_item_must_be_in_force_on_every_day_of_the_window(in_force_from, in_force_until, holds):
    item = an_item(in_force_from=in_force_from, in_force_until=in_force_until)
    assert (found("A2", facts_of(items=(item,))) == []) is holds


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "assistant"},
        {"active": False},
        {"scope": ("fire",)},
        {"valid_from": date(2026, 6, 9)},
        {"valid_until": date(2026, 6, 11)},
    ],
)
def test_a3_only_a_valid_credential_in_scope_counts(changes):
    agency = an_agency()
    people = (an_inspector(agency), an_inspector(agency, name="张助", **changes))
    finding = only("A3", facts_of(agency, inspectors=people))
    assert finding.figures == {"counting": 1, "min_inspectors": 2}
    assert "张助" in finding.explanation.zh


def test_a3_inspectors_of_an_agency_that_is_not_on_the_order_do_not_come_along():
    agency = an_agency()
    people = (an_inspector(agency), an_inspector(agency), an_inspector(an_agency(), name="外人"))
    assert "外人" in only("A3", facts_of(agency, inspectors=people)).explanation.zh


def test_a3_each_agency_of_a_joint_visit_brings_its_own():
    agency, guest = an_agency(), an_agency(name="消防", domain="fire")
    facts = facts_of(agency, others=(guest,), agencies=(agency.agency_id, guest.agency_id))
    assert only("A3", facts).key == f"A3:{guest.agency_id}"


def test_a5_nothing_is_issued_without_the_word_of_every_head():
    agency = an_agency()
    facts = facts_of(agency, unapproved=(agency.agency_id,))
    assert [finding.rule for finding in judge(facts, Stage.ISSUE)] == ["A5"]
    assert judge(facts, Stage.SUBMIT) == []


def test_a5_whoever_drafted_or_submitted_does_not_approve():
    same = new_id()
    facts = facts_of(approvers=frozenset({same}), authors=frozenset({same, new_id()}))
    assert only("A5", facts).key == "A5:same_person"
    assert [finding.rule for finding in judge(facts, Stage.APPROVE)] == ["A5"]


@pytest.mark.parametrize(("visited", "planned", "nth"), [(2, 0, 3), (1, 1, 3), (5, 1, 7)])
def test_f1_the_visit_above_the_cap_is_blocked_with_its_number(visited, planned, nth):
    finding = only("F1", with_count(facts_of(items=(an_item(annual_cap=2),)), visited, planned))
    assert (finding.outcome, finding.figures["nth"], finding.figures["cap"]) == (Outcome.BLOCK, nth, 2)
    assert f"第 {nth} 次检查，上限 2 次/年" in finding.explanation.zh


def test_f1_the_last_visit_under_the_cap_is_free():
    assert found("F1", with_count(facts_of(items=(an_item(annual_cap=2),)), 1)) == []
    assert found("F1", with_count(facts_of(), 99)) == []


@pytest.mark.parametrize("trigger", ["complaint", "assigned", "requested", "monitoring", "urgent"])
def test_f1_other_triggers_are_counted_and_not_stopped(trigger):
    facts = facts_of(items=(an_item(annual_cap=1),), trigger=trigger)
    assert only("F1", with_count(facts, 1)).outcome is Outcome.NOTICE


def test_f1_a_recheck_takes_no_place():
    assert found("F1", with_count(facts_of(items=(an_item(annual_cap=1),), trigger="recheck"), 9)) == []


def test_f1_a_profile_tightens_by_domain_and_grade_and_never_loosens():
    caps = (Cap(visits=1, domain="emergency", grade="A"), Cap(visits=9, grade="D"))
    profile = replace(PROFILE, annual_caps=caps)
    assert profile.annual_cap("emergency", "A", [3]) == 1
    assert profile.annual_cap("emergency", "D", [3]) == 3
    assert profile.annual_cap("fire", "A", [None]) is None
    facts = replace(with_count(facts_of(items=(an_item(annual_cap=3),), grade="A"), 1), profile=profile)
    assert only("F1", facts).figures["cap"] == 1


def test_j1_one_agencys_overlapping_orders_become_one():
    facts = facts_of()
    finding = only("J1", with_neighbour(facts, agencies=facts.proposal.agencies))
    assert (finding.outcome, len(finding.orders)) == (Outcome.BLOCK, 1)


@pytest.mark.parametrize(("days", "overlaps"), [(0, True), (4, True), (5, False), (-4, True), (-5, False)])
def test_j1_windows_overlap_from_their_first_to_their_last_day(days, overlaps):
    facts = facts_of()
    moved = timedelta(days=days)
    other = with_neighbour(
        facts,
        agencies=facts.proposal.agencies,
        starts_on=facts.proposal.starts_on + moved,
        ends_on=facts.proposal.ends_on + moved,
    )
    assert bool(found("J1", other)) is overlaps


def test_j1_another_premises_needs_a_reason_only():
    facts = facts_of()
    other = with_neighbour(facts, agencies=facts.proposal.agencies, premises_id=new_id())
    assert only("J1", other).outcome is Outcome.JUSTIFY


def test_j2_another_agencys_visit_is_to_be_joined():
    finding = only("J2", with_neighbour(facts_of()))
    assert (finding.outcome, finding.figures["lead"]) == (Outcome.JUSTIFY, "消防救援大队")


def test_j2_the_industry_department_leads_whichever_side_it_is_on():
    own = facts_of(an_agency(name="工信局", lead_industries=("C",)))
    assert only("J2", with_neighbour(own)).figures["lead"] == "工信局"
    assert only("J2", with_neighbour(own, industry_lead="商务局")).figures["lead"] == "商务局"


def test_j2_what_was_answered_is_shown_as_a_notice():
    finding = only("J2", with_neighbour(facts_of(), reason="检查内容不同"))
    assert finding.outcome is Outcome.NOTICE
    assert "检查内容不同" in finding.explanation.zh


def test_j2_an_answer_is_asked_for_again_when_the_other_order_changes():
    other = new_id()
    first = only("J2", with_neighbour(facts_of(), order_id=other))
    assert first.key != only("J2", with_neighbour(facts_of(), order_id=other, revision=2)).key


def test_j2_one_with_whom_the_visit_is_already_shared_is_not_another():
    facts = facts_of()
    assert found("J2", with_neighbour(facts, agencies=(new_id(), facts.proposal.agency_id))) == []


def test_the_gravest_comes_first():
    facts = with_neighbour(facts_of(items=(an_item(published=False),)))
    assert [finding.outcome for finding in judge(facts, Stage.CHECK)] == [Outcome.BLOCK, Outcome.JUSTIFY]


def test_a_citys_own_rules_are_cited_only_there():
    facts = with_neighbour(facts_of())
    here = {text.zh for text in only("J2", replace(facts, profile=the_profile("suqian"))).citations}
    assert {text.zh for text in only("J2", facts).citations} < here
