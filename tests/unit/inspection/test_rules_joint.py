"""J3, J4, J5: levels, heads and how a joint visit counts."""

import pytest

from services.chassis.ids import new_id
from services.inspection.gate import Outcome
from services.inspection.gate.past import System
from tests.builders.gate import an_agency, an_inspector, facts_of, found, only, under, with_neighbour

CITY = System(level="city", domain="emergency")


def test_j3_two_levels_of_one_system_do_not_both_inspect():
    finding = only("J3", with_neighbour(facts_of(), systems=(CITY,)))
    assert (finding.outcome, len(finding.orders)) == (Outcome.JUSTIFY, 1)
    assert finding.figures == {"level": "county", "other_level": "city", "domain": "emergency"}
    assert "市级的 消防救援大队" in finding.explanation.zh


@pytest.mark.parametrize(
    "system", [System(level="county", domain="emergency"), System(level="city", domain="fire")]
)
def test_j3_the_same_level_or_another_system_is_no_second_level(system):
    assert found("J3", with_neighbour(facts_of(), systems=(system,))) == []


def test_j3_an_entrusted_body_stands_at_the_level_of_its_entruster():
    bureau = an_agency(level="city")
    team = an_agency(level="town", domain="team", entrusted_by=bureau.agency_id)
    facts = facts_of(team, others=(bureau,))
    assert found("J3", with_neighbour(facts, systems=(CITY,))) == []
    county = System(level="county", domain="emergency")
    assert only("J3", with_neighbour(facts, systems=(county,))).figures["level"] == "city"


def test_j3_an_order_shared_already_is_not_another():
    facts = facts_of()
    shared = with_neighbour(facts, agencies=(new_id(), facts.proposal.agency_id), systems=(CITY,))
    assert found("J3", shared) == []


def joint(people):
    agency, guest = an_agency(), an_agency(name="消防", domain="fire")
    return facts_of(
        agency,
        inspectors=tuple(an_inspector(agency) for _ in range(people)),
        others=(guest,),
        agencies=(agency.agency_id, guest.agency_id),
    )


def test_j4_too_many_people_on_a_joint_visit_need_a_reason():
    finding = only("J4", joint(9))
    assert finding.outcome is Outcome.JUSTIFY
    assert finding.figures == {"people": 9, "joint_headcount": 8, "agencies": 2}
    assert "2 个机关共 9 人，上限 8 人" in finding.explanation.zh
    assert found("J4", joint(8)) == []
    assert found("J4", under(joint(9), joint_headcount=9)) == []


def test_j4_speaks_of_joint_visits():
    agency = an_agency()
    assert found("J4", facts_of(agency, inspectors=tuple(an_inspector(agency) for _ in range(12)))) == []


def test_j5_a_joint_visit_says_that_it_counts_once():
    finding = only("J5", joint(4))
    assert (finding.outcome, finding.figures) == (Outcome.NOTICE, {"agencies": 2, "counted": 1})
    assert "计 1 次" in finding.explanation.zh
    assert found("J5", facts_of()) == []
