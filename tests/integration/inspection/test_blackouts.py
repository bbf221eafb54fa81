"""Blackout days over HTTP, and how an approver sees them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from services.chassis.identity import Role
from services.chassis.ids import new_id
from tests.builders.inspection import a_principal, a_town, today


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def the_enterprise(town):
    return a_principal(Role.ENTERPRISE, enterprise_id=town.enterprise.enterprise_id)


def asks(town, first, last, by=None, **more):
    body = {
        "starts_on": str(today() + timedelta(first)),
        "ends_on": str(today() + timedelta(last)),
        "note": "赶出口订单",
    }
    return town.call("POST", "/blackouts", by or the_enterprise(town), json=body | more)


def test_the_days_are_set_told_shown_to_the_approver_and_taken_back(town):
    made = asks(town, 2, 4)
    assert made.status_code == 201
    assert [event for event, _, _ in town.told()] == ["blackout.changed.v1"]
    order = town.drafted()
    (finding,) = order["findings"]
    assert (finding["rule"], finding["outcome"]) == ("F8", "notice")
    assert "赶出口订单" in finding["explanation"]["zh"]
    path = f"/blackouts/{made.json['blackout_id']}/take-back"
    taken = [town.call("POST", path, the_enterprise(town)).json for _ in "12"]
    assert [(each["active"], each["version"]) for each in taken] == [(False, 2), (False, 2)]
    assert town.call("GET", "/blackouts", the_enterprise(town)).json["items"] == []
    assert town.does("submit", order, town.safety.clerk).json["findings"] == []
    told = [payload for event, _, payload in town.told() if event == "blackout.changed.v1"]
    assert [(each["version"], each["active"]) for each in told] == [(1, True), (2, False)]
    assert "note" not in told[0]


def test_another_enterprise_neither_sees_nor_takes_them(town):
    made = asks(town, 0, 0).json
    stranger = a_principal(Role.ENTERPRISE, enterprise_id=new_id())
    assert town.call("GET", "/blackouts", stranger).json["items"] == []
    path = f"/blackouts/{made['blackout_id']}/take-back"
    assert town.call("POST", path, stranger).status_code == 404
    assert town.call("POST", path, town.safety.clerk).status_code == 403
    assert town.call("GET", "/blackouts").status_code == 401


def test_wrong_days_are_named(town):
    assert asks(town, 0, 30).json["errors"][0]["pointer"] == "/ends_on"
    assert asks(town, -1, 1).json["errors"][0]["pointer"] == "/starts_on"
    assert asks(town, 0, 1, note=1).status_code == 422


def test_of_two_phones_that_ask_for_the_same_days_one_gets_them(town):
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: asks(town, 3, 5), "12"))
    assert sorted(answer.status_code for answer in answers) == [201, 422]
    assert len(town.call("GET", "/blackouts", the_enterprise(town)).json["items"]) == 1
