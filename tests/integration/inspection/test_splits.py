"""An order that leaves its joint order stands alone again, exactly as it came."""

from dataclasses import replace

import pytest

from tests.builders.inspection import COORDINATOR, a_staff, a_town, an_inspector, days, replicate

OF_THE_WISH = (
    "agency_id",
    "premises_id",
    "trigger",
    "on_site_reason",
    "starts_on",
    "ends_on",
    "items",
    "inspectors",
)


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


@pytest.fixture
def health(town):
    staff = a_staff("health", name="经开区卫生监督所")
    replicate(town.pool, *staff.events)
    return staff


def leaves(town, joint, guest, by=COORDINATOR, reason="分开检查"):
    body = {"order_id": guest["order_id"], "reason": reason}
    return town.call("POST", f"/orders/{joint['order_id']}/split", by, json=body)


def wish(order):
    return {name: order[name] for name in OF_THE_WISH}


def events(town, order):
    return [event for event, *_ in town.told(order)]


def one_by_one(town, order):
    versions = [version for _, version, _ in town.told(order)]
    return versions == list(range(1, len(versions) + 1))


def test_the_guest_is_a_draft_again_with_all_it_came_with(town):
    host, guest = town.submitted(**days(0, 9)), town.approved(town.fire, **days(2, 20))
    before = wish(town.read(guest))
    town.joins(town.read(host), town.read(guest))
    answer = leaves(town, host, guest, town.fire.clerk)
    assert (answer.status_code, answer.json["left"]) == (200, guest["order_id"])
    after = town.read(guest)
    assert (after["state"], after["absorbed_into"], after["approvals"]) == ("drafted", None, [])
    assert wish(after) == before
    assert [step["reason"] for step in after["steps"]][-1] == "分开检查"
    assert (events(town, guest)[-1], events(town, host)[-1]) == ("order.restored.v1", "order.split.v1")
    assert one_by_one(town, guest)
    assert one_by_one(town, host)


def test_a_joint_order_names_its_guests_as_they_would_leave(town):
    host, guest = town.submitted(**days(0, 9)), town.approved(town.fire, **days(2, 20))
    joint = town.joins(town.read(host), town.read(guest)).json
    (named,) = joint["guests"]
    came = town.read(guest)
    assert (named["order_id"], named["agencies"]) == (guest["order_id"], [str(town.fire.agency_id)])
    assert (named["starts_on"], named["ends_on"]) == (came["starts_on"], came["ends_on"])
    assert named["items"] == [item["name"] for item in came["items"]]
    assert sorted(named["inspectors"]) == sorted(person["name"] for person in came["inspectors"])
    assert town.read(guest)["guests"] == []
    leaves(town, host, guest)
    assert town.read(host)["guests"] == []


def test_merging_again_after_a_split_restores_the_content_exactly(town):
    host, guest = town.drafted(), town.drafted(town.fire)
    alone = (wish(town.read(host)), wish(town.read(guest)))
    joint = wish(town.joins(host, guest).json)
    for _ in range(3):
        assert leaves(town, host, guest).status_code == 200
        assert (wish(town.read(host)), wish(town.read(guest))) == alone
        assert wish(town.joins(town.read(host), town.read(guest)).json) == joint


def test_of_several_guests_one_leaves_and_the_others_stay(town, health):
    shared = [str(town.fire.item.item_id)]
    host, fire = town.drafted(), town.drafted(town.fire)
    inspector = an_inspector(health.agency_id, scope=("health", "fire"), name="钱四")
    replicate(town.pool, inspector)
    third = town.drafted(health, items=[str(health.item.item_id), *shared])
    town.joins(host, fire)
    joint = town.joins(town.read(host), third).json
    assert (len(joint["agencies"]), len(joint["items"])) == (3, 3)
    assert leaves(town, host, fire).status_code == 200
    joint = town.read(host)
    owners = {item["item_id"]: item["agency_id"] for item in joint["items"]}
    assert owners[shared[0]] == str(health.agency_id), "what both brought stays, as the other's"
    assert {a["agency_id"] for a in joint["agencies"]} == {str(town.safety.agency_id), str(health.agency_id)}
    assert {i["agency_id"] for i in joint["inspectors"]} == {a["agency_id"] for a in joint["agencies"]}
    split = town.told(host)[-1][2]
    assert (split["left"], len(split["items"]), len(split["agencies"])) == (fire["order_id"], 3, 2)


def test_an_issued_joint_order_keeps_its_code_and_shows_what_is_left(town):
    host, guest = town.issued(**days(0, 5)), town.issued(town.fire, **days(0, 9))
    joint = town.joins(town.read(host), town.read(guest)).json
    code = town.call("GET", f"/orders/{host['order_id']}/code", town.safety.clerk).json
    scanned = town.call("GET", f"/codes/{code['token']}").json
    assert len(scanned["order"]["items"]) == 2
    assert leaves(town, joint, guest).status_code == 200
    host = town.read(host)
    assert (host["state"], len(host["approvals"])) == ("issued", 1)
    assert [item["checklist_version"] for item in host["items"]] == [1]
    again = town.call("GET", f"/orders/{host['order_id']}/code", town.safety.clerk).json
    assert again["short_code"] == code["short_code"]
    scanned = town.call("GET", f"/codes/{code['token']}").json
    assert scanned["genuine"]
    assert [item["name"] for item in scanned["order"]["items"]] == [town.safety.item.name]
    assert town.read(guest)["items"][0]["checklist_version"] is None, "locked when it is issued again"


def test_the_last_that_was_waited_for_may_leave(town):
    host, guest = town.submitted(), town.submitted(town.fire)
    joint = town.joins(town.read(host), guest).json
    half = town.does("approve", joint, town.safety.head).json
    assert half["state"] == "submitted"
    assert leaves(town, half, guest).json["state"] == "approved"
    assert events(town, host)[-2:] == ["order.split.v1", "order.approved.v1"]
    assert town.does("issue", town.read(host), town.safety.clerk).json["state"] == "issued"


def test_the_lead_that_leaves_hands_the_order_back_to_whose_it_was(town):
    approved, waiting = town.approved(), town.submitted(town.fire)
    body = {
        "orders": [approved["order_id"], waiting["order_id"]],
        "lead_agency_id": str(town.safety.agency_id),
    }
    proposal = town.call("POST", "/join-proposals", COORDINATOR, json=body).json
    for staff in (town.safety, town.fire):
        path = f"/join-proposals/{proposal['proposal_id']}/accept"
        assert town.call("POST", path, staff.head, json={"round": 1}).status_code == 200
    assert town.read(waiting)["agency_id"] == str(town.safety.agency_id)
    assert leaves(town, waiting, approved, town.safety.head).status_code == 200
    after = town.read(waiting)
    assert (after["agency_id"], len(after["agencies"])) == (str(town.fire.agency_id), 1)
    assert after["agencies"][0]["leads"]
    assert [i["agency_id"] for i in after["items"]] == [str(town.fire.agency_id)]


def test_what_the_lead_changed_in_a_joint_draft_stays_its_own(town):
    host, guest = town.drafted(), town.drafted(town.fire)
    joint = town.joins(host, guest).json
    other = replace(town.safety.item, item_id=town.enterprise.enterprise_id, code="YJ-2", name="动火作业")
    replicate(town.pool, other)
    both = [str(town.safety.item.item_id), str(other.item_id)]
    revised = town.call(
        "PUT",
        f"/orders/{host['order_id']}",
        town.safety.clerk,
        joint["version"],
        json=town.a_draft(items=both),
    )
    assert len(revised.json["items"]) == 3
    leaves(town, host, guest)
    assert {item["item_id"] for item in town.read(host)["items"]} == set(both)
    assert len(town.read(guest)["items"]) == 1


def test_a_guest_leaves_a_joint_order_that_was_cancelled(town):
    host, guest = town.drafted(), town.drafted(town.fire)
    joint = town.joins(host, guest).json
    town.call("POST", f"/orders/{host['order_id']}/cancel", town.safety.clerk, json={"reason": "撤销"})
    answer = leaves(town, joint, guest, town.fire.head)
    assert (answer.status_code, answer.json["state"]) == (200, "cancelled")
    assert town.read(guest)["state"] == "drafted"


def test_an_absorbed_joint_order_leaves_as_a_whole(town, health):
    host, guest, within = town.drafted(), town.drafted(town.fire), town.drafted(health)
    middle = town.joins(guest, within).json
    town.joins(host, middle)
    refused = leaves(town, host, within)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/order_id")
    assert leaves(town, host, guest).status_code == 200
    assert len(town.read(guest)["agencies"]) == 2
    assert leaves(town, guest, within).status_code == 200
    assert town.read(within)["state"] == "drafted"


def test_who_may_not_split_is_told(town, health):
    host, guest = town.drafted(), town.drafted(town.fire)
    joint = town.joins(host, guest).json
    assert leaves(town, joint, guest, town.safety.head).status_code == 403
    assert leaves(town, joint, guest, health.clerk).status_code == 404
    assert leaves(town, guest, host).status_code == 422
    assert leaves(town, joint, town.drafted(health)).json["errors"][0]["pointer"] == "/order_id"
    stale = town.call(
        "POST",
        f"/orders/{host['order_id']}/split",
        COORDINATOR,
        joint["version"] - 1,
        json={"order_id": guest["order_id"], "reason": "分开"},
    )
    assert stale.status_code == 412
