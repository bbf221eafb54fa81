"""Orders that become one visit."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine

from services.chassis.ids import new_id
from tests.builders.inspection import COORDINATOR, a_premises, a_town, an_enterprise, days, replicate


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def agencies(order):
    return [agency["agency_id"] for agency in order["agencies"]]


def test_a_joint_order_serves_both_and_is_issued_once_both_heads_agreed(town):
    host, guest = town.drafted(), town.drafted(town.fire)
    host = town.joins(host, guest).json
    assert agencies(host) == [str(town.safety.agency_id), str(town.fire.agency_id)]
    assert {item["agency_id"] for item in host["items"]} == set(agencies(host))
    assert len(host["inspectors"]) == 4
    assert town.read(guest)["absorbed_into"] == host["order_id"]
    host = town.does("submit", host, town.safety.clerk).json
    half = town.does("approve", host, town.safety.head).json
    assert (half["state"], len(half["approvals"])) == ("submitted", 1)
    event, _, facts = town.told(half)[-1]
    assert (event, facts["waiting_for"]) == ("approval.given.v1", [str(town.fire.agency_id)])
    assert town.does("issue", half, town.safety.clerk).status_code == 409
    assert town.does("approve", half, town.safety.head).json["code"] == "already_approved"
    whole = town.does("approve", half, town.fire.head).json
    assert whole["state"] == "approved"
    assert town.does("issue", whole, town.safety.clerk).json["state"] == "issued"


def test_joining_is_told_by_both_orders(town):
    host, guest = town.drafted(), town.drafted(town.fire)
    town.joins(host, guest)
    assert town.told(guest)[-1][0::2][0] == "order.absorbed.v1"
    event, version, joined = town.told(host)[-1]
    assert (event, version, joined["absorbed"]) == ("order.joined.v1", 2, guest["order_id"])
    assert len(joined["agencies"]) == len(joined["items"]) == 2


def test_a_joint_visit_is_counted_once_for_the_enterprise_and_once_for_each_agency(town):
    host = town.joins(town.submitted(), town.submitted(town.fire)).json
    planned = {visits["agency_id"]: visits["planned"] for visits in host["visits"]}
    assert planned == {None: 1, str(town.safety.agency_id): 1, str(town.fire.agency_id): 1}


def test_both_agencies_see_the_joint_order(town):
    host = town.joins(town.drafted(), town.drafted(town.fire)).json
    assert town.read(host, town.fire.clerk)["order_id"] == host["order_id"]
    assert town.does("submit", host, town.fire.clerk).status_code == 403


def test_an_approved_order_takes_in_another_only_if_that_is_approved_too(town):
    host = town.approved()
    waiting = town.submitted(town.fire)
    refused = town.joins(town.read(host), waiting)
    assert (refused.status_code, refused.json["code"]) == (409, "not_approved_yet")
    assert refused.json["unapproved"] == [str(town.fire.agency_id)]
    assert town.read(waiting)["state"] == "submitted"
    town.does("approve", town.read(waiting), town.fire.head)
    joined = town.joins(town.read(host), waiting)
    assert (joined.status_code, joined.json["state"], len(joined.json["approvals"])) == (200, "approved", 2)
    assert joined.json["approvals"][0]["carried_from"]


def test_an_approval_for_another_window_does_not_carry_over(town):
    host = town.approved(**days(0, 10))
    guest = town.approved(town.fire, **days(5, 20))
    refused = town.joins(town.read(host), guest)
    assert refused.json["code"] == "not_approved_yet"


def test_an_issued_order_locks_the_checklists_that_join(town):
    host = town.issued(**days(0, 3))
    guest = town.issued(town.fire, **days(0, 9))
    joined = town.joins(town.read(host), guest)
    assert (joined.status_code, joined.json["state"]) == (200, "issued")
    assert [item["checklist_version"] for item in joined.json["items"]] == [1, 1]


def test_one_agency_merges_its_own_overlapping_orders_and_approves_again(town):
    issued = town.issued(**days(0, 5))
    draft = town.drafted(**days(3, 9))
    merged = town.joins(draft, issued, town.safety.clerk)
    assert (merged.status_code, merged.json["findings"], merged.json["approvals"]) == (200, [], [])
    assert town.read(issued)["state"] == "absorbed"
    assert town.does("submit", merged.json, town.safety.clerk).status_code == 200


def test_orders_of_two_agencies_are_joined_by_the_coordinator_alone(town):
    host, guest = town.drafted(), town.drafted(town.fire)
    assert town.joins(host, guest, town.safety.clerk).status_code == 403
    assert town.joins(host, guest, town.safety.head).status_code == 403
    assert town.joins(host, guest, COORDINATOR).status_code == 200


def test_what_cannot_be_joined_is_told(town):
    host = town.drafted()
    assert town.joins(host, host).json["errors"][0]["pointer"] == "/absorb"
    gone = town.drafted(town.fire)
    town.call("POST", f"/orders/{gone['order_id']}/cancel", town.fire.clerk, json={"reason": "撤销"})
    assert town.joins(host, gone).json["code"] == "wrong_state"
    assert town.joins(host | {"version": 7}, town.drafted(town.fire)).status_code == 412


def test_a_joint_draft_that_is_revised_keeps_what_the_others_brought(town):
    host = town.joins(town.drafted(), town.drafted(town.fire)).json
    path = f"/orders/{host['order_id']}"
    revised = town.call("PUT", path, town.safety.clerk, host["version"], json=town.a_draft(**days(1, 2))).json
    assert (agencies(revised), len(revised["items"]), len(revised["inspectors"])) == (agencies(host), 2, 4)


def test_an_order_of_another_enterprise_or_place_is_not_joined(town):
    shop, elsewhere = a_premises(short_code="444444444"), a_premises(short_code="555555555")
    other, known = an_enterprise(premises=(shop,)), town.enterprise
    replicate(town.pool, other, replace(known, version=2, premises=(*known.premises, elsewhere)))
    host = town.drafted()
    strangers = (
        town.drafted(town.fire, enterprise_id=str(other.enterprise_id), premises_id=str(shop.premises_id)),
        town.drafted(town.fire, premises_id=str(elsewhere.premises_id)),
    )
    for stranger in strangers:
        refused = town.joins(host, stranger)
        assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/absorb")
    assert town.joins(host, {"order_id": str(new_id())}).status_code == 404


@time_machine.travel(datetime(2026, 6, 10, 2, tzinfo=UTC))
def test_joining_takes_no_visit_past_its_cap(town):
    """The host answers to a clue, which is only counted; the guest's own ground is stopped at the cap."""
    capped = replace(town.fire.item, version=2, annual_cap=1)
    replicate(town.pool, capped)
    town.issued(town.fire, **days(1, 3))
    host = town.drafted(trigger="complaint", clue="12345-2026-0007", **days(5, 7))
    guest = town.drafted(town.fire, **days(5, 7))
    refused = town.joins(host, guest)
    assert (refused.status_code, refused.json["code"]) == (409, "rule_blocked")
    assert [finding["rule"] for finding in refused.json["findings"]] == ["F1"]
    assert town.read(guest)["state"] == "drafted"
    assert agencies(town.read(host)) == [str(town.safety.agency_id)]


def test_the_visit_that_two_orders_share_is_counted_once_when_they_join(town):
    capped = replace(town.safety.item, version=2, annual_cap=1)
    replicate(town.pool, capped)
    host, guest = town.submitted(), town.drafted()
    joined = town.joins(host, guest)
    assert joined.status_code == 200, joined.json
