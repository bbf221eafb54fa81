"""A1, A2, F3, F5 at the door."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.chassis.ids import new_id
from services.inspection.entries.facts import Brought, Withdrawn
from services.inspection.gate import Outcome, Stage, judge
from tests.builders.entry import AT, a_listed, entry_facts
from tests.builders.gate import found, only


def at_the_door(rule, facts):
    return only(rule, facts, Stage.ENTRY)


def test_an_arrival_in_order_is_not_stopped():
    findings = judge(entry_facts(), Stage.ENTRY)
    assert [finding.key for finding in findings] == ["E2:no_position"]


def test_a1_an_agency_withdrawn_since_the_issue_does_not_enter():
    gone = Withdrawn(agency_id=new_id(), name="应急管理局")
    finding = at_the_door("A1", entry_facts(withdrawn=(gone,)))
    assert (finding.outcome, finding.key) == (Outcome.BLOCK, f"A1:agency_withdrawn:{gone.agency_id}")
    assert "应急管理局" in finding.explanation.zh
    assert at_the_door("A1", entry_facts(withdrawn=(gone,), online=False)).outcome is Outcome.NOTICE


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"published": False}, Outcome.BLOCK),
        ({"in_force_until": date(2026, 6, 24)}, Outcome.BLOCK),
        ({"in_force_from": date(2026, 6, 26)}, Outcome.BLOCK),
        ({"in_force_until": date(2026, 6, 25)}, None),
        ({"in_force_from": date(2026, 6, 25)}, None),
    ],
)
def test_a2_an_item_off_the_list_today_is_not_inspected(changes, outcome):
    item = a_listed(**changes)
    findings = found("A2", entry_facts(doubtful=(item,)), Stage.ENTRY)
    assert [finding.outcome for finding in findings] == ([outcome] if outcome else [])
    assert [finding.items for finding in findings] == ([(item.item_id,)] if outcome else [])


def test_f3_one_entry_too_many_is_told_to_the_supervisor():
    before = (AT - timedelta(hours=3), AT - timedelta(days=2), AT - timedelta(days=40))
    assert found("F3", entry_facts(visits=before), Stage.ENTRY) == []
    keys = {
        f.key: (f.outcome, f.figures["nth"])
        for f in found("F3", entry_facts("chengdu", visits=before), Stage.ENTRY)
    }
    assert keys == {
        "F3:frequent:day": (Outcome.NOTICE, 2),
        "F3:frequent:week": (Outcome.NOTICE, 3),
    }


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        (datetime(2026, 6, 19, 15, 59, tzinfo=UTC), True),
        (datetime(2026, 6, 19, 16, tzinfo=UTC), False),
    ],
)
def test_f5_the_quiet_days_end_at_the_citys_midnight(at, quiet):
    findings = found("F5", entry_facts("suqian", at), Stage.ENTRY)
    assert [finding.key for finding in findings] == (["F5:quiet_day"] if quiet else [])
    if quiet:
        assert (findings[0].outcome, findings[0].figures["quiet_until_day"]) == (Outcome.BLOCK, 20)


def test_f5_what_was_assigned_may_enter_on_a_quiet_day():
    quiet = datetime(2026, 6, 3, 2, tzinfo=UTC)
    assert found("F5", entry_facts("suqian", quiet, trigger="assigned"), Stage.ENTRY) == []
    assert found("F5", entry_facts(at=quiet), Stage.ENTRY) == []


def test_f5_who_came_along_with_what_was_assigned_may_not_and_is_told_how_to_leave():
    quiet = datetime(2026, 6, 10, 2, tzinfo=UTC)
    host, guest = new_id(), new_id()
    brought = (
        Brought(agency_id=host, trigger="assigned"),
        Brought(agency_id=guest, trigger="routine"),
    )
    facts = entry_facts("suqian", quiet, trigger="assigned", agencies=(host, guest), brought=brought)
    finding = at_the_door("F5", facts)
    assert finding.outcome is Outcome.BLOCK
    assert "拆分" in finding.remedy.zh
    assert "(split)" in finding.remedy.en
