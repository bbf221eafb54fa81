"""What the desk asks of orders: filters that may be joined, and how much of the yearly caps is used (rule F1)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders.draws import path, some, wanted
from tests.builders.grounds import a_campaign, a_draw, under
from tests.builders.inspection import COORDINATOR, a_premises, a_town, an_enterprise, replicate, today


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def listed(town, by=COORDINATOR, **query):
    answer = town.call("GET", "/orders", by, query_string=query)
    assert answer.status_code == 200, answer.json
    return {order["order_id"] for order in answer.json["items"]}


def elsewhere(town):
    """An enterprise, and a draft of the fire brigade there."""
    other = an_enterprise(name="重庆农商银行", uscc="91500000MA5XXXXX0B", premises=(a_premises(),))
    replicate(town.pool, other)
    place = {
        "enterprise_id": str(other.enterprise_id),
        "premises_id": str(other.premises[0].premises_id),
    }
    return other, town.drafted(town.fire, **place)["order_id"]


def test_orders_are_found_by_trigger_agency_and_days_together(town):
    requested = town.drafted(trigger="requested", clue="申请 2 号")["order_id"]
    days = {"starts_on": str(today() + timedelta(days=30)), "ends_on": str(today() + timedelta(days=31))}
    routine = town.drafted(**days)["order_id"]
    _, fire = elsewhere(town)
    assert listed(town, trigger="requested") == {requested}
    assert listed(town, agency_id=str(town.fire.agency_id)) == {fire}
    assert listed(town, agency_id=str(town.safety.agency_id)) == {requested, routine}
    assert listed(town, trigger="routine", **{"from": days["starts_on"]}) == {routine}
    assert listed(town, trigger="routine", agency_id=str(town.fire.agency_id), state="issued") == set()


def test_orders_are_found_by_the_campaign_and_by_the_draw_they_rest_on(town):
    campaign, other = a_campaign(town), a_campaign(town, filing_number="备案〔2026〕2 号")
    of_campaign = town.drafted(**under(campaign))["order_id"]
    town.drafted(**under(other))
    draw = a_draw(town, None, *some(town, 2))
    answer = town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town))
    of_draw = {order["order_id"] for order in answer.json["orders"]}
    assert listed(town, campaign_id=campaign["campaign_id"]) == {of_campaign}
    assert town.read({"order_id": of_campaign})["campaign"] == campaign["name"]
    assert town.read(answer.json["orders"][0])["draw"] == draw["purpose"]
    assert listed(town, town.safety.clerk, draw_id=draw["draw_id"]) == of_draw
    assert listed(town, town.fire.clerk, draw_id=draw["draw_id"]) == set()


def test_a_filter_by_agency_shows_nobody_more_than_they_may_see(town):
    town.drafted()
    assert listed(town, town.fire.clerk, agency_id=str(town.safety.agency_id)) == set()


def test_an_agency_finds_what_it_leads_and_what_it_takes_part_in(town):
    host = town.submitted()
    joint = town.joins(host, town.submitted(town.fire)).json["order_id"]
    assert joint in listed(town, agency_id=str(town.fire.agency_id))


def test_orders_are_found_by_what_is_typed_of_the_enterprise(town):
    town.drafted()
    _, there = elsewhere(town)
    for q in ("农商", "cqns", "chongqing", "91500000MA5", "农商银行"):
        assert listed(town, q=q) == {there}, q


def test_orders_of_an_enterprise_that_closed_are_still_found(town):
    other, there = elsewhere(town)
    replicate(town.pool, replace(other, version=2, active=False))
    assert listed(town, q="农商") == {there}


def test_one_letter_is_not_looked_for(town):
    assert town.call("GET", "/orders", COORDINATOR, query_string={"q": "农"}).status_code == 422
    assert listed(town, q="（）") == set()


def test_the_caps_used_are_shown_before_anybody_decides(town):
    replicate(town.pool, replace(town.safety.item, version=2, annual_cap=3))
    town.issued()
    waiting = town.submitted(
        starts_on=str(today() + timedelta(days=20)), ends_on=str(today() + timedelta(days=21))
    )
    (cap,) = town.read(waiting, town.safety.head)["caps"]
    assert cap == {
        "agency_id": str(town.safety.agency_id),
        "name": town.safety.agency.name,
        "domain": "emergency",
        "visited": 0,
        "planned": 1,
        "cap": 3,
    }


def test_where_nobody_sets_a_cap_there_is_none_and_a_joint_order_shows_each_agency(town):
    host = town.submitted()
    joint = town.joins(host, town.submitted(town.fire)).json
    shown = {cap["agency_id"]: cap["cap"] for cap in joint["caps"]}
    assert shown == {str(town.safety.agency_id): None, str(town.fire.agency_id): None}
