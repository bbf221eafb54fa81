"""Refusals of both kinds as a supervisor reads them: named, filtered, from either end."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from services.chassis.ids import new_id
from tests.builders.arrival import arrives
from tests.builders.inspection import COORDINATOR, a_town, days

AT_TEN = datetime(2026, 6, 22, 2, tzinfo=UTC)
LATE_IN_THE_CITY = datetime(2026, 6, 22, 17, tzinfo=UTC)
NUMBER = re.compile(r"\w{3}-\w{3}-\w{3}")


@pytest.fixture
def clock():
    with time_machine.travel(AT_TEN) as clock:
        yield clock


@pytest.fixture
def town(clock, database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def listed(town, path, by=COORDINATOR, **query):
    answer = town.call("GET", path, by, query_string=query)
    assert answer.status_code == 200, answer.json
    return answer.json["items"]


def entries(town, by=COORDINATOR, **query):
    return listed(town, "/entry-refusals", by, **query)


def visits(town, by=COORDINATOR, **query):
    return listed(town, "/visit-refusals", by, **query)


def refuses(town, order, ground):
    code = town.call("GET", f"/orders/{order['order_id']}/code", COORDINATOR).json["token"]
    return town.call("POST", f"/codes/{code}/refusal", json={"ground": ground}).json


def test_an_entry_that_was_refused_is_told_by_names_and_by_the_number_of_its_order(town):
    order = town.issued(**days(0, 3))
    assert arrives(town, order, codes=()).status_code == 409
    (row,) = entries(town)
    seen = town.read(order)
    assert (row["enterprise"], row["premises"]) == (seen["enterprise"]["name"], seen["premises"]["name"])
    assert (row["address"], row["agency"]) == (seen["premises"]["address"], seen["agencies"][0]["name"])
    (who,) = [each for each in seen["inspectors"] if each["inspector_id"] == row["inspector_id"]]
    assert row["inspector"] == who["name"]
    assert row["certificate_number"] != who["certificate_number"]
    assert "****" in row["certificate_number"]
    assert any("2" in said["zh"] for said in row["known"])
    assert NUMBER.fullmatch(row["number"])
    assert entries(town)[0]["number"] == row["number"]


def test_a_refusal_without_a_code_has_neither_order_nor_number_nor_agency(town):
    town.issued(**days(0, 3))
    plate = town.enterprise.premises[0].short_code
    answer = town.call("POST", f"/premises-codes/{plate}/refusal", json={})
    assert answer.status_code == 201, answer.json
    (row,) = visits(town)
    assert (row["order_id"], row["number"], row["agency"]) == (None, None, None)
    assert row["enterprise"]
    assert visits(town, town.safety.head) == []


def test_refusals_are_filtered_by_day_agency_enterprise_and_ground(town, clock):
    order = town.issued(**days(0, 3))
    refuses(town, order, "no_credential")
    clock.move_to(LATE_IN_THE_CITY)
    refuses(town, order, "too_few_inspectors")
    grounds = [row["ground"] for row in visits(town)]
    assert grounds == ["no_credential", "too_few_inspectors"]
    assert [row["ground"] for row in visits(town, sort="newest")] == grounds[::-1]
    assert [row["ground"] for row in visits(town, to="2026-06-22")] == grounds[:1]
    assert [row["ground"] for row in visits(town, **{"from": "2026-06-23"})] == grounds[1:]
    assert [row["ground"] for row in visits(town, ground="no_credential")] == grounds[:1]
    assert len(visits(town, enterprise_id=order["enterprise_id"])) == 2
    assert visits(town, enterprise_id=str(new_id())) == []
    assert len(visits(town, agency_id=str(town.safety.agency_id))) == 2
    assert visits(town, agency_id=str(town.fire.agency_id)) == []
    assert visits(town, town.fire.head, agency_id=str(town.safety.agency_id)) == []


def test_entries_are_filtered_by_reason_and_rule_and_paged_from_the_newest(town, clock):
    order = town.issued(**days(0, 3))
    for hour in range(3):
        clock.move_to(AT_TEN + timedelta(hours=hour))
        arrives(town, order, codes=())
    assert len(entries(town, rule="E1", reason="too_few_inspectors")) == 3
    assert entries(town, reason="not_issued") == []
    first = town.call("GET", "/entry-refusals", COORDINATOR, query_string={"limit": 2, "sort": "newest"}).json
    rest = entries(town, sort="newest", limit=2, after=first["next"])
    told = [row["refused_at"] for row in (*first["items"], *rest)]
    assert (len(told), told) == (3, sorted(told, reverse=True))


def test_what_nobody_knows_is_refused(town):
    for query in ({"reason": "mood"}, {"sort": "best"}, {"from": "yesterday"}):
        assert town.call("GET", "/entry-refusals", COORDINATOR, query_string=query).status_code == 422
