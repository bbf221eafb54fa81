"""What the gate reads of the past, on days of our choosing. One town for all; each test has its own enterprise."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from services.chassis.ids import new_id
from services.inspection.gate import Outcome
from services.inspection.gate.past import Count, Visits
from services.inspection.orders import store
from services.inspection.orders.model import State
from tests.builders.gate import found, only
from tests.builders.inspection import a_premises, a_staff, a_town, replicate
from tests.builders.past import CHENGDU, CITY, a_scene, another_item


@pytest.fixture(scope="module")
def town(postgres, tmp_path_factory):
    with postgres.database() as database, a_town(database, tmp_path_factory.mktemp("town")) as town:
        yield town


def june(day):
    return date(2026, 6, day)


def test_f3_made_visits_count_on_the_day_of_the_entry_in_the_citys_time(town):
    scene = a_scene(town, CHENGDU)
    late = datetime(2026, 6, 10, 23, 30, tzinfo=CITY)
    scene.visited(june(8), entered_at=late)
    assert scene.facts(june(9)).past.visits == (Visits(first=june(10), last=june(10), count=1),)


def test_f3_a_visit_nobody_scanned_counts_on_its_first_day(town):
    scene = a_scene(town, CHENGDU)
    scene.visited(june(8), entered_at=None)
    assert scene.facts(june(9)).past.visits == (Visits(first=june(8), last=june(8), count=1),)


def test_f3_what_is_planned_counts_where_it_cannot_be_elsewhere(town):
    scene = a_scene(town, CHENGDU)
    scene.planned(june(8), june(12))
    scene.planned(june(25), date(2026, 7, 6))
    facts = scene.facts(june(10))
    assert facts.past.visits == (Visits(first=june(8), last=june(12), count=1),)
    assert found("F3", facts) == []
    scene.planned(june(9), june(11))
    assert [f.figures["nth"] for f in found("F3", scene.facts(june(10)))] == [3]


def test_f3_counts_all_agencies_and_not_the_order_itself(town):
    scene = a_scene(town, CHENGDU)
    own = scene.visited(june(10))
    scene.visited(june(10), agency_id=town.fire.agency_id, items=(town.fire.item.item_id,))
    (visits,) = scene.facts(june(10), order_id=own.order_id).past.visits
    assert visits.count == 1
    assert only("F3", scene.facts(june(10), order_id=own.order_id)).figures["nth"] == 2


def test_f3_an_absorbed_or_cancelled_order_is_no_visit(town):
    scene = a_scene(town, CHENGDU)
    host, guest = scene.planned(june(9), june(9)), scene.planned(june(9), june(9))
    gone = scene.planned(june(9), june(9))
    with town.pool.connection() as connection:
        store.save(connection, replace(guest, state=State.ABSORBED, absorbed_into=host.order_id))
        store.save(connection, replace(gone, state=State.CANCELLED))
    assert [visits.count for visits in scene.facts(june(9)).past.visits] == [1]


def test_a_city_without_the_rule_reads_no_visits(town):
    scene = a_scene(town)
    scene.visited(june(8))
    assert scene.facts(june(9)).past.visits == ()


def test_f4_the_latest_visits_of_each_inspector_within_a_year_the_newest_first(town):
    scene = a_scene(town, CHENGDU)
    first, second = (inspector.inspector_id for inspector in scene.staff.inspectors)
    scene.visited(june(1) - timedelta(days=400))
    alone = scene.visited(june(1), inspectors=(first,), result="reminder")
    both = scene.visited(june(2))
    met = scene.facts(june(20)).past.met
    assert [each.order_id for each in met if each.inspector_id == first] == [both.order_id, alone.order_id]
    assert [each.order_id for each in met if each.inspector_id == second] == [both.order_id]
    scene.visited(june(3))
    scene.visited(june(4))
    finding = [f for f in found("F4", scene.facts(june(20))) if str(first) in f.key]
    assert [f.figures["nth"] for f in finding] == [4]


def test_f7_the_last_check_of_the_item_at_these_premises(town):
    scene = a_scene(town, item={"min_interval_days": 30})
    elsewhere = a_premises(short_code="777777777")
    known = scene.enterprise
    replicate(town.pool, replace(known, version=2, premises=(*known.premises, elsewhere)))
    passed = scene.visited(june(1))
    scene.visited(june(5), premises_id=elsewhere.premises_id)
    scene.visited(june(6), items=(another_item(scene).item_id,))
    (checked,) = scene.facts(june(20)).past.checked
    assert (checked.order_id, checked.day, checked.passed) == (passed.order_id, june(1), True)
    assert only("F7", scene.facts(june(20))).outcome is Outcome.JUSTIFY
    assert scene.facts(date(2026, 7, 1)).past.checked == ()


@pytest.mark.parametrize(
    ("answers", "passed"),
    [
        (["ok"], True),
        (["ok", "not_applicable"], True),
        (["ok", "problem"], False),
        (["not_applicable"], False),
    ],
)
def test_f7_an_item_may_have_passed_though_the_visit_found_something(town, answers, passed):
    scene = a_scene(town, item={"min_interval_days": 30})
    past = scene.visited(june(1), result="order_rectification")
    with town.pool.connection() as connection:
        connection.execute(
            "INSERT INTO record (order_id, made_by, name, made_at, statement, signed_by) "
            "VALUES (%s, %s, '', now(), '', '张三')",
            (past.order_id, new_id()),
        )
        for number, finding in enumerate(answers):
            connection.execute(
                "INSERT INTO record_answer VALUES (%s, %s, %s, %s, '')",
                (past.order_id, scene.staff.item.item_id, f"q{number}", finding),
            )
    (checked,) = scene.facts(june(20)).past.checked
    assert checked.passed is passed


def test_f9_the_agencys_last_routine_visit_and_who_made_it(town):
    scene = a_scene(town)
    first, second = (inspector.inspector_id for inspector in scene.staff.inspectors)
    scene.visited(june(1), inspectors=(second,))
    last = scene.visited(june(3), inspectors=(first,))
    scene.visited(june(5), trigger="complaint")
    (visit,) = scene.facts(june(20)).past.last
    assert (visit.order_id, visit.day, visit.inspectors) == (last.order_id, june(3), (first,))
    assert only("F9", scene.facts(june(20))).key == f"F9:{first}"
    assert scene.facts(june(20), trigger="complaint").past.last == ()


def test_f2_counts_what_clues_led_to(town):
    scene = a_scene(town)
    for day, trigger in ((1, "complaint"), (2, "monitoring"), (3, "routine"), (4, "recheck")):
        scene.visited(june(day), trigger=trigger)
    (count,) = scene.facts(june(20)).counts
    expected = {"visited": 3, "planned": 0, "clued": 2}
    assert count == Count(agency_id=scene.staff.agency_id, domain="emergency", **expected)


def test_j3_the_level_and_domain_of_those_who_come_too(town):
    scene = a_scene(town)
    city = a_staff(level="city", name="市应急局")
    team = a_staff(level="town", domain="team", name="受托中队", entrusted_by=city.agency_id)
    replicate(town.pool, *city.events, *team.events)
    above = replace(scene, staff=team)
    above.planned(june(8), june(12))
    finding = only("J3", scene.facts(june(9)))
    assert (finding.figures["level"], finding.figures["other_level"]) == ("county", "city")
