"""A plate that nobody could read: a small matter once, a suspicion when it becomes a habit."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from services.chassis.ids import new_id
from services.oversight import calendar
from services.oversight.projections.projector import project_live
from tests.builders.city import AnOrder, an_agency, an_enterprise, deliveries

NOW = datetime(2026, 3, 10, 3, tzinfo=UTC)
FIRM, AGENCY = an_enterprise(), an_agency()


@pytest.fixture(autouse=True)
def at_a_certain_hour():
    with time_machine.travel(NOW, tick=False):
        yield


def searched(days_ago, flags=("searched",), premises=None, people=None):
    """A visit by a search, at a door and by people of its own unless told otherwise."""
    order = AnOrder(FIRM.enterprise_id, AGENCY.agency_id, at=NOW - timedelta(days=days_ago))
    order.premises_id = premises or order.premises_id
    order.inspectors = people or order.inspectors
    return order.issued().entered(flags=flags).concluded()


def raised(app, headers, *orders, query=""):
    """Kinds by the day of the entry, the earliest first, of these visits."""
    told = [FIRM, AGENCY, *(event for order in orders for event in order.events)]
    with app.extensions["yicha.pool"].connection() as connection:
        project_live(connection, deliveries(told), calendar.zone())
    path = f"/api/oversight/v1/alerts?limit=200&{query}"
    answer = app.test_client().get(path, headers=headers)
    assert answer.status_code == 200, answer.json
    return answer.json["items"][::-1]


def kinds(alerts):
    return [alert["kind"] for alert in alerts]


def test_a_worn_plate_is_no_suspicion_and_says_where_it_stands(app, coordinator):
    door, people = new_id(), (new_id(), new_id())
    first, second = raised(
        app,
        coordinator,
        searched(9, premises=door),
        searched(5, premises=door, people=people),
        searched(40, people=people),
        query="days=30",
    )
    assert kinds([first, second]) == ["plate_unread"] * 2
    assert (first["figures"], second["figures"]) == (
        {"at_door": 1, "by_one": 1},
        {"at_door": 2, "by_one": 1},
    )
    assert second["text"]["zh"] == "30 天内该场所第 2 次、同行人员至多第 1 次（E2）"


@pytest.mark.parametrize("habit", ["premises", "people"])
def test_the_third_time_in_a_month_at_one_door_or_by_one_person_is_suspicious(app, coordinator, habit):
    who = (new_id(),)
    same = {"premises": new_id()} if habit == "premises" else {}
    visits = [
        searched(days, **same, people=(*who, new_id()) if habit == "people" else None) for days in (29, 20, 2)
    ]
    *before, third = raised(app, coordinator, *visits)
    assert kinds(before) == ["plate_unread"] * 2
    assert (third["kind"], third["order_id"]) == ("entry_suspect", str(visits[2].order_id))
    assert third["figures"]["flags"] == ["searched", "searched_often"]
    assert "30 天内第 3 次或更多" in third["text"]["zh"]


def test_a_habit_lasts_a_month(app, coordinator):
    door = new_id()
    found = raised(app, coordinator, *(searched(days, premises=door) for days in (70, 35, 5)))
    assert kinds(found) == ["plate_unread"] * 3


def test_what_lies_before_the_days_asked_for_counts_too(app, coordinator):
    door = new_id()
    found = raised(app, coordinator, *(searched(days, premises=door) for days in (29, 20, 2)), query="days=7")
    assert kinds(found) == ["entry_suspect"]


@pytest.mark.parametrize("beside", ["no_position", "distance", "two_places"])
def test_with_anything_else_amiss_it_is_suspicious_at_once_and_raised_once(app, coordinator, beside):
    (alert,) = raised(app, coordinator, searched(1, flags=("searched", beside)))
    assert (alert["kind"], alert["figures"]["flags"]) == ("entry_suspect", ["searched", beside])


def test_a_phone_without_position_is_no_alert_by_itself(app, coordinator):
    assert raised(app, coordinator, searched(1, flags=("no_position",))) == []


def test_it_is_asked_for_by_its_kind_and_counted(app, coordinator):
    raised(app, coordinator, searched(1), searched(2, flags=("distance",)))
    (alert,) = raised(app, coordinator, query="kind=plate_unread")
    assert alert["kind"] == "plate_unread"
    counts = app.test_client().get("/api/oversight/v1/alerts/counts", headers=coordinator).json["items"]
    counted = {one["kind"]: (one["count"], one["waits"]) for one in counts}
    assert (counted["plate_unread"], counted["entry_suspect"]) == ((1, False), (1, False))
