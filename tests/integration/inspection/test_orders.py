"""The life of an order before anyone enters, over HTTP and a real database."""

from datetime import timedelta

import pytest

from services.chassis.identity import Role
from tests.builders.inspection import a_principal, a_town, today


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def test_a_draft_becomes_an_issued_order_with_its_checklists_locked(town):
    order = town.issued()
    assert (order["state"], order["items"][0]["checklist_version"]) == ("issued", 1)
    assert [(event, version) for event, version, _ in town.told(order)] == [
        ("order.drafted.v1", 1),
        ("order.submitted.v1", 2),
        ("order.approved.v1", 3),
        ("order.issued.v1", 4),
    ]
    assert [step["action"] for step in order["steps"]] == ["draft", "submit", "approve", "issue"]
    assert order["policy"] == "default@2025.1"


def test_who_must_approve_sees_the_visits_of_the_year(town):
    town.issued()
    order = town.submitted(town.fire)
    counts = {(visits["agency_id"]): (visits["visited"], visits["planned"]) for visits in order["visits"]}
    assert counts == {
        None: (0, 2),
        str(town.safety.agency_id): (0, 1),
        str(town.fire.agency_id): (0, 1),
    }


def test_the_etag_is_the_version(town):
    order = town.drafted()
    answer = town.call("GET", f"/orders/{order['order_id']}", town.safety.clerk)
    assert answer.headers["ETag"] == f'"{order["version"]}"'


def test_a_revised_draft_says_what_it_says_now(town):
    order = town.drafted()
    body = town.a_draft(trigger="requested", clue="申请 2 号", ends_on=str(today() + timedelta(days=3)))
    answer = town.call("PUT", f"/orders/{order['order_id']}", town.safety.clerk, order["version"], json=body)
    assert (answer.status_code, answer.json["trigger"], answer.json["version"]) == (200, "requested", 2)
    assert town.told(order)[-1][2]["ends_on"] == body["ends_on"]


def test_a_revision_of_an_old_version_is_refused(town):
    order = town.drafted()
    path = f"/orders/{order['order_id']}"
    assert town.call("PUT", path, town.safety.clerk, 1, json=town.a_draft()).status_code == 200
    stale = town.call("PUT", path, town.safety.clerk, 1, json=town.a_draft())
    assert (stale.status_code, stale.json["current_version"]) == (412, 2)
    assert town.call("PUT", path, town.safety.clerk, json=town.a_draft()).status_code == 428


def test_a_head_does_not_approve_what_changed_since(town):
    order = town.submitted()
    answer = town.does("approve", order | {"version": order["version"] - 1}, town.safety.head)
    assert (answer.status_code, answer.json["code"]) == (412, "stale_version")


def test_a_returned_order_is_a_draft_again_and_says_why(town):
    order = town.submitted()
    path = f"/orders/{order['order_id']}/return"
    returned = town.call("POST", path, town.safety.head, json={"reason": "请合并事项"}).json
    assert (returned["state"], returned["submitted_at"]) == ("drafted", None)
    assert returned["steps"][-1]["reason"] == "请合并事项"


def test_nobody_approves_an_order_they_drafted(town):
    both = a_principal(Role.AGENCY_CLERK, Role.APPROVER, agency_id=town.safety.agency_id)
    order = town.call("POST", "/orders", both, json=town.a_draft()).json
    order = town.does("submit", order, both).json
    answer = town.does("approve", order, both)
    assert (answer.status_code, answer.json["findings"][0]["rule"]) == (409, "A5")
    assert town.read(order)["state"] == "submitted"


def test_an_order_cannot_be_issued_before_it_is_approved(town):
    answer = town.does("issue", town.submitted(), town.safety.clerk)
    assert (answer.status_code, answer.json["code"]) == (409, "wrong_state")
    assert "approve" in answer.json["allowed"]


def test_a_cancelled_order_stays_cancelled(town):
    order = town.issued()
    path = f"/orders/{order['order_id']}/cancel"
    cancelled = town.call("POST", path, town.safety.clerk, json={"reason": "企业停产"}).json
    assert (cancelled["state"], cancelled["allowed"]) == ("cancelled", [])
    assert town.call("POST", path, town.safety.clerk, json={"reason": "再撤"}).status_code == 409


@pytest.mark.parametrize("action", ["submit", "issue", "cancel"])
def test_another_agency_neither_sees_nor_touches_it(town, action):
    order = town.drafted()
    body = {"reason": "不是我们的"} if action == "cancel" else {}
    by = town.fire.clerk
    assert town.call("GET", f"/orders/{order['order_id']}", by).status_code == 404
    assert town.call("POST", f"/orders/{order['order_id']}/{action}", by, json=body).status_code == 404
    assert town.call("GET", "/orders", by).json["items"] == []


def test_a_coordinator_sees_all_and_drafts_nothing(town):
    order = town.drafted()
    coordinator = a_principal(Role.COORDINATOR)
    assert town.read(order, coordinator)["order_id"] == order["order_id"]
    assert town.call("POST", "/orders", coordinator, json=town.a_draft()).status_code == 403


def test_lists_come_in_pages_the_newest_first_and_by_state(town):
    orders = [
        town.drafted(
            starts_on=str(today() + timedelta(days=20 * n)), ends_on=str(today() + timedelta(days=20 * n))
        )
        for n in range(5)
    ]
    town.does("submit", orders[0], town.safety.clerk)
    first = town.call("GET", "/orders?limit=3", town.safety.clerk).json
    rest = town.call("GET", f"/orders?limit=3&after={first['next']}", town.safety.clerk).json
    ids = [order["order_id"] for order in (*first["items"], *rest["items"])]
    assert (ids, rest["next"]) == ([order["order_id"] for order in reversed(orders)], None)
    found = town.call("GET", "/orders?state=submitted", town.safety.clerk).json["items"]
    assert [order["order_id"] for order in found] == [orders[0]["order_id"]]
    span = f"from={today() + timedelta(days=20)}&to={today() + timedelta(days=59)}"
    found = town.call("GET", f"/orders?{span}", town.safety.clerk).json["items"]
    assert [order["order_id"] for order in found] == [orders[2]["order_id"], orders[1]["order_id"]]


def test_a_dry_run_stores_nothing(town):
    town.issued(town.fire)
    before = town.told()
    answer = town.call("POST", "/gate-checks", town.safety.clerk, json=town.a_draft())
    assert [finding["rule"] for finding in answer.json["findings"]] == ["J2"]
    assert town.told() == before
    assert town.call("GET", "/orders", town.safety.clerk).json["items"] == []


def test_a_repeated_draft_is_one_order(town):
    body = town.a_draft()
    twice = [town.call("POST", "/orders", town.safety.clerk, key="one-and-the-same", json=body) for _ in "12"]
    assert twice[0].json["order_id"] == twice[1].json["order_id"]
    assert twice[1].headers["ETag"] == twice[0].headers["ETag"]


def test_the_same_item_or_member_twice_is_refused(town):
    item = str(town.safety.item.item_id)
    assert (
        town.call("POST", "/orders", town.safety.clerk, json=town.a_draft(items=[item, item])).status_code
        == 422
    )
    twice = '{"reasons": {}, "reasons": {}}'
    order = town.drafted()
    answer = town.call(
        "POST",
        f"/orders/{order['order_id']}/submit",
        town.safety.clerk,
        data=twice,
        content_type="application/json",
    )
    assert (answer.status_code, answer.json["code"]) == (400, "malformed")


def test_a_reason_nobody_asked_for_is_refused(town):
    answer = town.does("submit", town.drafted(), town.safety.clerk, {"J2:nobody": "无"})
    assert answer.json["errors"][0]["pointer"] == "/reasons/J2:nobody"
