"""A4, A7, A8, A9: on what ground a visit is made."""

from dataclasses import replace
from datetime import date

import pytest

from services.chassis.ids import new_id
from services.inspection.gate import Outcome, Stage, judge
from services.inspection.gate.registered import Planned
from tests.builders.gate import a_campaign, an_agency, facts_of, found, only, under


@pytest.mark.parametrize(
    ("agency_area", "premises_area", "inside"),
    [
        ("320102", "320102", True),
        ("320102", "320104", False),
        ("320100", "320102", True),
        ("320100", "321302", False),
        ("320000", "321302", True),
        ("320000", "330102", False),
        ("320102", "320102003", True),
        ("320102003000", "320102003001", True),
        ("320102003000", "320102004001", False),
    ],
)
def test_a4_an_area_holds_what_begins_with_it(agency_area, premises_area, inside):
    facts = facts_of(an_agency(area_code=agency_area), area=premises_area)
    assert (found("A4", facts) == []) is inside


def test_a4_outside_its_area_an_agency_needs_a_letter_of_assistance():
    facts = facts_of(area="330102")
    finding = only("A4", facts)
    assert (finding.outcome, finding.figures["premises_area"]) == (Outcome.BLOCK, "330102")
    letter = replace(facts, proposal=replace(facts.proposal, assistance_letter="杭应急函〔2026〕3号"))
    assert only("A4", letter).outcome is Outcome.NOTICE
    assert "杭应急函〔2026〕3号" in only("A4", letter).explanation.zh


def test_a7_a_campaign_in_order_is_free():
    assert judge(a_campaign(facts_of()), Stage.ISSUE) == []


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"active": False}, "ended"),
        ({"filing_number": " "}, "unfiled"),
        ({"approving_government": ""}, "unapproved"),
        ({"published_on": None}, "unpublished"),
        ({"starts_on": date(2026, 6, 9)}, "outside"),
        ({"ends_on": date(2026, 6, 11)}, "outside"),
        ({"quota": 3, "used": 3}, "quota"),
        ({"quota": 300}, "not_a_sample"),
    ],
)
def test_a7_what_is_wrong_with_a_campaign_blocks(changes, about):
    finding = only("A7", a_campaign(facts_of(), **changes))
    assert (finding.key, finding.outcome) == (f"A7:{about}", Outcome.BLOCK)


def test_a7_the_quota_is_told_with_its_figures():
    finding = only("A7", a_campaign(facts_of(), quota=3, used=3))
    assert "第 4 户次，限额 3 户次" in finding.explanation.zh
    assert (finding.figures["used"], finding.figures["quota"]) == (3, 3)
    assert found("A7", a_campaign(facts_of(), quota=3, used=2)) == []


def test_a7_a_full_coverage_somebody_approved_is_no_sample():
    assert found("A7", a_campaign(facts_of(), quota=300, full_coverage_approved=True)) == []


def test_a7_a_late_publication_is_told():
    finding = only("A7", a_campaign(facts_of(), published_on=date(2026, 4, 1)))
    assert (finding.key, finding.outcome) == ("A7:published_late", Outcome.NOTICE)
    assert "第 31 天才公布，应在 30 天内" in finding.explanation.zh
    assert found("A7", a_campaign(facts_of(), published_on=date(2026, 3, 31))) == []


@pytest.mark.parametrize(
    ("owner", "fits"),
    [
        ({"level": "city", "area_code": "320100"}, True),
        ({"level": "city", "area_code": "330100"}, False),
        ({"level": "city", "area_code": "320100", "domain": "fire"}, False),
        ({"level": "county", "area_code": "320102"}, False),
        ({"level": "town", "area_code": "320100"}, False),
    ],
)
def test_a7_a_campaign_of_the_superior_may_be_used_and_no_other(owner, fits):
    above = an_agency(name="市局", **owner)
    facts = a_campaign(facts_of(), agency_id=above.agency_id, owner=above)
    assert [finding.key for finding in found("A7", facts)] == ([] if fits else ["A7:of_others"])


def test_a7_a_campaign_nobody_knows_is_named():
    facts = facts_of(trigger="campaign", campaign_id=new_id())
    assert only("A7", facts).key == "A7:unknown"


def test_a8_an_order_outside_the_plan_is_told_early_and_stopped_at_its_issue():
    facts = under(facts_of(), unplanned_reviewed=True)
    early = only("A8", facts, Stage.SUBMIT)
    assert (early.outcome, early.figures) == (Outcome.NOTICE, {"year": 2026, "unplanned": 1})
    late = only("A8", facts, Stage.ISSUE)
    assert (late.outcome, late.key) == (Outcome.BLOCK, early.key)
    assert late.items == facts.proposal.items[0][:1]


def _planned(facts):
    item_id, agency_id = facts.proposal.items[0]
    planned = Planned(agency_id=agency_id, item_id=item_id)
    return replace(facts, registered=replace(facts.registered, planned=(planned,)))


def _reviewed(facts, passed):
    return replace(facts, registered=replace(facts.registered, reviewed=passed))


def test_a8_what_the_plan_foresees_or_the_coordinator_passed_is_free():
    facts = under(facts_of(), unplanned_reviewed=True)
    assert found("A8", _planned(facts), Stage.ISSUE) == []
    assert found("A8", _reviewed(facts, True), Stage.ISSUE) == []
    assert "审查未通过" in only("A8", _reviewed(facts, False), Stage.ISSUE).explanation.zh


@pytest.mark.parametrize(
    ("trigger", "reviewed"),
    [
        ("random", False),
        ("urgent", False),
        ("recheck", False),
        ("complaint", True),
        ("requested", True),
        ("campaign", True),
    ],
)
def test_a8_which_triggers_are_reviewed(trigger, reviewed):
    facts = under(facts_of(trigger=trigger), "suqian")
    assert bool(found("A8", facts, Stage.ISSUE)) is reviewed
    assert found("A8", under(facts), Stage.ISSUE) == []


def test_a9_ways_without_a_visit_are_considered_first():
    finding = only("A9", facts_of(considered=()))
    assert (finding.outcome, finding.key) == (Outcome.JUSTIFY, "A9:considered")
    assert finding.figures == {"considered": 0}
    assert found("A9", facts_of(considered=("remote",))) == []


def test_a9_a_visit_without_a_reason_needs_one():
    assert "理由" in only("A9", facts_of(on_site_reason=" ")).explanation.zh


def test_a9_whoever_must_go_at_once_considers_nothing_else():
    assert found("A9", facts_of(considered=(), trigger="urgent")) == []
