"""How far a plan is carried out: of each item, visits made in its year and visits still to come."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.builders.grounds import a_plan
from tests.builders.inspection import CITY, COORDINATOR, a_town, today
from tests.builders.past import SUQIAN, a_scene, another_item


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


@pytest.fixture
def scene(town):
    return a_scene(town, SUQIAN)


def plan_of(scene, *items, year=None):
    path = f"/plan-drafts/{year or today().year}"
    draft = scene.town.call("PUT", path, scene.staff.clerk, json=a_plan(*items)).json
    return scene.town.call("POST", f"{path}/publish", scene.staff.head, draft["edition"]).json


def progress(town, plan, by=COORDINATOR):
    rows = town.call("GET", f"/plans/{plan['plan_id']}/progress", by).json["items"]
    return {row["item_id"]: (row["visited"], row["ahead"]) for row in rows}


def new_year(**changes):
    return datetime(today().year, 1, 1, tzinfo=ZoneInfo(CITY)) + timedelta(**changes)


def test_an_items_visits_are_those_made_and_those_to_come(town, scene):
    item, other = scene.staff.item, another_item(scene)
    plan = plan_of(scene, item, other)
    scene.visited(new_year().date())
    scene.visited(new_year().date(), trigger="random", entered_at=None)
    scene.planned(today(), today() + timedelta(days=3))
    assert progress(town, plan) == {str(item.item_id): (2, 1), str(other.item_id): (0, 0)}


def test_what_nobody_can_plan_and_what_others_do_is_not_of_the_plan(town, scene):
    plan = plan_of(scene, scene.staff.item)
    for trigger in ("complaint", "assigned", "monitoring", "recheck"):
        scene.visited(new_year().date(), trigger=trigger)
    another = another_item(scene)
    scene.visited(new_year().date(), items=(another.item_id,))
    scene.visited(new_year().date(), agency_id=town.fire.agency_id)
    assert progress(town, plan) == {str(scene.staff.item.item_id): (0, 0)}


def test_a_visit_is_of_the_year_in_which_the_city_saw_it(town, scene):
    """Ordered at the end of the old year and made in the new; and the other way round by the clock of Greenwich."""
    item = str(scene.staff.item.item_id)
    this = plan_of(scene, scene.staff.item)
    old = date(today().year - 1, 12, 30)
    scene.visited(old, entered_at=new_year(minutes=30))
    scene.visited(old, entered_at=new_year(minutes=-30))
    scene.visited(old - timedelta(days=300))
    assert progress(town, this) == {item: (1, 0)}
    assert progress(town, plan_of(scene, scene.staff.item, year=today().year + 1)) == {item: (0, 0)}


def test_an_absorbed_order_counts_with_the_joint_one_and_for_both_agencies(town, scene):
    fire = a_scene(town, SUQIAN, domain="fire")
    plans = [plan_of(scene, scene.staff.item), plan_of(fire, fire.staff.item)]
    both = (scene.staff.item.item_id, fire.staff.item.item_id)
    visit = scene.visited(new_year().date())
    with town.pool.connection() as connection:
        connection.execute(
            "INSERT INTO order_agency (order_id, agency_id, leads) VALUES (%s, %s, false)",
            (visit.order_id, fire.staff.agency_id),
        )
        connection.execute(
            """
            INSERT INTO order_item (order_id, item_id, agency_id, enterprise_id, premises_id, domain, starts_on, ends_on)
            SELECT order_id, %s, %s, enterprise_id, premises_id, 'fire', starts_on, ends_on
            FROM order_item WHERE order_id = %s
            """,
            (both[1], fire.staff.agency_id, visit.order_id),
        )
    assert [progress(town, plan) for plan in plans] == [{str(item): (1, 0)} for item in both]


def test_progress_is_for_those_who_read_orders(town, scene):
    plan = plan_of(scene, scene.staff.item)
    path = f"/plans/{plan['plan_id']}/progress"
    assert town.call("GET", path).status_code == 401
    assert town.call("GET", path, town.fire.clerk).status_code == 200
    draft = town.call("PUT", f"/plan-drafts/{today().year}", scene.staff.clerk, json=a_plan(scene.staff.item))
    assert town.call("GET", f"/plans/{draft.json['plan_id']}/progress", scene.staff.clerk).status_code == 404
