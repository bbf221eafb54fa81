"""What the desk lists of rectifications: by stage, deadline, agency and enterprise, a page at a time."""

from datetime import timedelta

import pytest

from tests.builders.arrival import inspector_of
from tests.builders.inspection import COORDINATOR, a_town, today
from tests.builders.life import a_door

LIST = "/desk/rectifications"


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def due(town, order, days):
    """Its deadline is so many days from now; before today it is over."""
    with town.pool.connection() as connection:
        connection.execute(
            "UPDATE orders SET rectification_due_on = %s WHERE order_id = %s",
            (today() + timedelta(days=days), order["order_id"]),
        )
    return order["order_id"]


def listed(town, by=COORDINATOR, **query):
    answer = town.call("GET", LIST, by, query_string=query)
    assert answer.status_code == 200, answer.json
    return [row["order_id"] for row in answer.json["items"]]


def proves(door, order):
    path = f"/orders/{order['order_id']}/rectification-proofs"
    assert door.town.call("POST", path, door.owner, json={"words": "已整改"}).status_code == 201


def rechecks(town, order, passed, **more):
    body = {"mode": "remote", "passed": passed, "note": "看照片"} | more
    path = f"/orders/{order['order_id']}/recheck"
    assert town.call("POST", path, inspector_of(town.safety), json=body).status_code == 200


def test_the_nearest_deadline_is_first_and_pages_follow_each_other(town):
    orders = [due(town, a_door(town).rectifying(), days) for days in (9, -3, 4, 4)]
    assert listed(town) == [orders[1], *sorted(orders[2:]), orders[0]]
    first = town.call("GET", LIST, COORDINATOR, query_string={"limit": 2}).json
    assert [row["order_id"] for row in first["items"]] == listed(town)[:2]
    assert listed(town, limit=2, after=first["next"]) == listed(town)[2:]


def test_those_overdue_and_those_still_in_time(town):
    over, last_day = (due(town, a_door(town).rectifying(), days) for days in (-1, 0))
    assert listed(town, overdue="true") == [over]
    assert listed(town, overdue="false") == [last_day]


def test_a_proof_waits_until_somebody_rechecks(town):
    door = a_door(town)
    order = door.rectifying()
    a_door(town).rectifying()
    assert listed(town, stage="proved") == []
    proves(door, order)
    assert listed(town, stage="proved") == [order["order_id"]]
    rechecks(town, order, False, due_on=str(today() + timedelta(days=14)))
    assert listed(town, stage="proved") == []
    proves(door, order)
    (row,) = town.call("GET", LIST, COORDINATOR, query_string={"stage": "proved"}).json["items"]
    assert [proof["words"] for proof in row["proofs"]] == ["已整改", "已整改"]
    assert [recheck["passed"] for recheck in row["rechecks"]] == [False]
    rechecks(town, order, True)
    assert listed(town, stage="closed") == [order["order_id"]]
    assert order["order_id"] not in listed(town)


def test_what_is_over_begins_with_the_latest(town):
    orders = [due(town, a_door(town).rectifying(), days) for days in (1, 5, 3)]
    for order_id in orders:
        rechecks(town, {"order_id": order_id}, True)
    assert listed(town, stage="closed") == [orders[1], orders[2], orders[0]]
    assert listed(town, stage="closed", limit=1, after=orders[1]) == [orders[2]]


def test_an_agency_sees_its_own_and_a_filter_shows_nobody_more(town):
    order = a_door(town).rectifying()["order_id"]
    assert listed(town, town.safety.clerk) == [order]
    assert listed(town, town.fire.clerk) == []
    assert listed(town, town.fire.clerk, agency_id=str(town.safety.agency_id)) == []
    assert listed(town, agency_id=str(town.safety.agency_id)) == [order]
    assert listed(town, agency_id=str(town.fire.agency_id)) == []
    assert town.call("GET", LIST).status_code == 401


def test_they_are_found_by_what_is_typed_of_the_enterprise(town):
    known = a_door(town, name="宿迁汇丰化工有限公司")
    order = known.rectifying()["order_id"]
    a_door(town, name="宿迁农商银行").rectifying()
    assert listed(town, q="汇丰") == [order]
    assert listed(town, q="没有这家") == []
