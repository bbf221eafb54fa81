"""备案审查: special and unplanned orders are looked at by the coordinator before they happen (rule A8)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.builders.grounds import SUQIAN, a_campaign, moved_to, published_plan, under
from tests.builders.inspection import CITY, COORDINATOR, a_town


@pytest.fixture
def town(database, tmp_path):
    """Late in the month: its city has a quiet period before the 20th (rule F5)."""
    with (
        time_machine.travel(datetime(2027, 5, 24, 10, tzinfo=ZoneInfo(CITY)), tick=True),
        a_town(database, tmp_path) as town,
    ):
        yield moved_to(town, SUQIAN)


def waiting(town):
    return [each["order_id"] for each in town.call("GET", "/reviews", COORDINATOR).json["items"]]


def reviewed(town, order, *, passed=True, reason="", by=COORDINATOR):
    body = {"passed": passed, "reason": reason}
    return town.call("POST", f"/orders/{order['order_id']}/review", by, order["version"], json=body)


def test_a8_an_unplanned_order_is_issued_only_after_its_review(town):
    order = town.approved()
    assert waiting(town) == [order["order_id"]]
    refused = town.does("issue", order, town.safety.clerk)
    assert [finding["rule"] for finding in refused.json["findings"]] == ["A8"]
    order = town.read(order)
    assert waiting(town) == [order["order_id"]]
    passed = reviewed(town, order)
    assert (passed.status_code, passed.json["state"]) == (200, "approved")
    assert waiting(town) == []
    assert town.does("issue", passed.json, town.safety.clerk).status_code == 200
    assert "order.reviewed.v1" in [event for event, _, _ in town.told(order)]


def test_what_a_published_plan_foresees_waits_for_nobody(town):
    published_plan(town, town.safety)
    order = town.submitted()
    assert waiting(town) == []
    order = town.does("approve", order, town.safety.head).json
    assert town.does("issue", order, town.safety.clerk).status_code == 200


def test_an_order_of_a_campaign_waits_whatever_the_plan_says(town):
    published_plan(town, town.safety)
    order = town.submitted(**under(a_campaign(town)))
    (item,) = town.call("GET", "/reviews", COORDINATOR).json["items"]
    assert (item["order_id"], item["trigger"], item["version"]) == (
        order["order_id"],
        "campaign",
        order["version"],
    )
    assert item["agency"] == town.safety.agency.name
    assert item["why"]["zh"]


def test_what_waits_is_narrowed_by_agency_and_trigger(town):
    order = town.submitted()
    asked = [
        {"agency_id": str(town.safety.agency_id)},
        {"agency_id": str(town.fire.agency_id)},
        {"trigger": order["trigger"], "agency_id": str(town.safety.agency_id)},
        {"trigger": "urgent"},
    ]
    found = [town.call("GET", "/reviews", COORDINATOR, query_string=query).json["items"] for query in asked]
    assert [len(items) for items in found] == [1, 0, 1, 0]


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_what_does_not_pass_is_a_draft_again_and_says_why(town, state):
    order = getattr(town, state)()
    answer = reviewed(town, order, passed=False, reason="与计划重复")
    assert (answer.status_code, answer.json["state"], answer.json["revision"]) == (200, "drafted", 2)
    order = town.read(order)
    assert [(step["action"], step["reason"]) for step in order["steps"][-2:]] == [
        ("review", "与计划重复"),
        ("return", "与计划重复"),
    ]
    assert order["approvals"] == []
    events = town.told(order)
    assert [event for event, _, _ in events[-2:]] == ["order.reviewed.v1", "order.returned.v1"]
    assert [version for _, version, _ in events] == list(range(1, len(events) + 1))
    assert waiting(town) == []


def test_a_review_holds_for_one_revision(town):
    order = town.submitted()
    reviewed(town, order)
    path = f"/orders/{order['order_id']}"
    town.call("POST", f"{path}/return", town.safety.head, json={"reason": "改期"})
    order = town.read(order)
    order = town.does("submit", order, town.safety.clerk).json
    assert waiting(town) == [order["order_id"]]
    order = town.does("approve", order, town.safety.head).json
    assert town.does("issue", order, town.safety.clerk).status_code == 409


def test_a_revision_is_reviewed_once_and_as_it_was_read(town):
    order = town.submitted()
    assert reviewed(town, order | {"version": order["version"] - 1}).status_code == 412
    first = reviewed(town, order)
    again = reviewed(town, first.json, passed=False, reason="再想想")
    assert (again.status_code, again.json["code"]) == (409, "already_reviewed")
    assert town.read(order)["state"] == "submitted"


def test_only_what_waits_for_its_issue_is_reviewed(town):
    answer = reviewed(town, town.drafted())
    assert (answer.status_code, answer.json["code"]) == (409, "wrong_state")


def test_only_the_coordinator_reviews_and_a_no_needs_a_reason(town):
    order = town.submitted()
    for by in (town.safety.clerk, town.safety.head):
        assert reviewed(town, order, by=by).status_code == 403
        assert town.call("GET", "/reviews", by).status_code == 403
    answer = reviewed(town, order, passed=False, reason=" ")
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/reason")
