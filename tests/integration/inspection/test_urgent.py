"""突发: they enter first, the head's word follows (rule A6)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from events.catalogue.registry import Question
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.identity import Role
from services.inspection.orders.commands import tell_overdue
from tests.builders.arrival import inspector_of
from tests.builders.inspection import a_principal, an_inspector, an_item, replicate, today
from tests.builders.life import a_door, a_shared_town

MORNING = datetime(2026, 6, 10, 2, tzinfo=UTC)
"""Far from the city's midnight: an inspector drafts an urgent visit of today only."""


@pytest.fixture(scope="module")
def town(postgres, tmp_path_factory):
    with time_machine.travel(MORNING), a_shared_town(postgres, tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture
def door(town):
    return a_door(town)


def pending(door):
    order = door.urgent()
    door.enters(order)
    return order


def waiting(town):
    listed = town.call("GET", "/orders?ratification=pending&limit=200", town.safety.head).json["items"]
    return {order["order_id"] for order in listed}


def test_a6_an_urgent_draft_is_entered_and_the_head_is_told_at_once(town, door):
    order = door.urgent()
    entry = door.enters(order)
    after = town.read(order)
    assert (after["state"], after["ratification"]) == ("entered", "pending")
    within = datetime.fromisoformat(after["ratify_by"]) - datetime.fromisoformat(entry["entered_at"])
    assert within == timedelta(hours=24)
    assert order["order_id"] in waiting(town)
    assert {"ratify", "disapprove"} <= set(after["allowed"])
    event, _, facts = town.told(order)[-1]
    assert (event, datetime.fromisoformat(facts["ratify_by"])) == (
        "entry.made.v1",
        datetime.fromisoformat(after["ratify_by"]),
    )


def test_no_other_draft_is_entered(town, door):
    order = town.drafted(**door.where)
    answer = door.arrives(order)
    assert (answer.status_code, answer.json["reason"]) == (409, "not_issued")


def test_an_urgent_order_that_was_issued_needs_no_word_afterwards(town, door):
    order = door.issued(trigger="urgent")
    door.enters(order)
    after = town.read(order)
    assert (after["state"], after["ratification"], after["ratify_by"]) == ("entered", None, None)


def test_an_urgent_draft_still_needs_two_inspectors_its_own_door_and_its_day(town, door):
    order = door.urgent()
    alone = door.arrives(order, codes=())
    assert (alone.status_code, alone.json["reason"]) == (409, "too_few_inspectors")
    elsewhere = a_door(town).arrives(order)
    assert (elsewhere.status_code, elsewhere.json["reason"]) == (409, "wrong_premises")
    later = str(datetime.now(UTC).date() + timedelta(days=5))
    early = door.arrives(door.urgent(starts_on=later, ends_on=later))
    assert (early.status_code, early.json["reason"]) == (409, "outside_window")


def test_no_urgency_gives_a_power_the_agency_does_not_have(town, door):
    """The item is of another domain: rule A1 stops it at the door, and what the gate found is kept."""
    order = door.urgent(items=[str(town.fire.item.item_id)])
    answer = door.arrives(order)
    assert (answer.status_code, answer.json["rule"], answer.json["reason"]) == (409, "A1", "rule_blocked")
    after = town.read(order)
    assert (after["state"], after["ratification"]) == ("drafted", None)
    assert "A1" in [finding["rule"] for finding in after["findings"]]
    refusals = [payload for event, _, payload in town.told() if event == "entry.refused.v1"]
    assert refusals[-1]["order_id"] == order["order_id"]


def test_r1_the_checklist_of_an_urgent_order_is_locked_when_they_enter(town, door):
    order = pending(door)
    item_id = town.safety.item.item_id
    newer = an_item(
        item_id=item_id,
        version=2,
        checklist_version=2,
        checklist=(Question(question_id="q2", text="新问题"),),
    )
    replicate(town.pool, newer)
    try:
        path = f"/orders/{order['order_id']}/checklist"
        asked = town.call("GET", path, inspector_of(town.safety)).json["items"]
        assert [question["question_id"] for question in asked] == ["q1"]
    finally:
        with town.pool.connection() as connection:
            connection.execute("UPDATE item SET checklist_version = 1 WHERE item_id = %s", (item_id,))


def test_a_head_ratifies_once(town, door):
    order = pending(door)
    answer = door.says("ratify", order, key="the-same-key-twice")
    assert (answer.status_code, answer.json["ratification"]) == (200, "ratified")
    assert order["order_id"] not in waiting(town)
    assert door.says("ratify", order, key="the-same-key-twice").json == answer.json
    again = door.says("ratify", order)
    assert (again.status_code, again.json["code"]) == (409, "wrong_state")
    assert door.says("disapprove", order, json={"reason": "不符"}).status_code == 409
    assert door.told(order)[-1] == "order.ratified.v1"


def test_nobody_decides_on_an_urgent_inspection_of_their_own(town, door):
    head = a_principal(Role.APPROVER, Role.AGENCY_CLERK, agency_id=town.safety.agency_id)
    drafted = town.call("POST", "/orders", head, json=town.a_draft(trigger="urgent", **door.where)).json
    door.enters(drafted)
    own = door.says("ratify", drafted, head)
    assert (own.status_code, own.json["findings"][0]["key"]) == (409, "A5:same_person")
    assert door.says("disapprove", drafted, head, json={"reason": "不符"}).status_code == 403
    inspector = inspector_of(town.safety)
    there = a_principal(Role.APPROVER, agency_id=town.safety.agency_id, inspector_id=inspector.inspector_id)
    assert door.says("ratify", drafted, there).status_code == 403
    assert door.says("ratify", drafted, town.fire.head).status_code == 404
    assert door.says("ratify", drafted, town.safety.clerk).status_code == 403
    assert town.read(drafted)["ratification"] == "pending"


@pytest.mark.parametrize("result", ["order_rectification", "refer"])
def test_a6_nothing_is_ordered_before_the_head_has_spoken(town, door, result):
    order = pending(door)
    door.records(order, "problem")
    more = {"deadline": str(datetime.now(UTC).date() + timedelta(days=9))} if result != "refer" else {}
    early = door.concludes(order, result, **more)
    assert (early.status_code, early.json["findings"][0]["key"]) == (409, "A6:ground:pending")
    assert door.says("ratify", order).status_code == 200
    assert door.concludes(order, result, **more).status_code == 200


def test_what_is_concluded_early_is_closed_by_the_heads_word(town, door):
    order = pending(door)
    door.records(order)
    concluded = door.concludes(order, "no_problem")
    assert (concluded.status_code, concluded.json["state"]) == (200, "concluded")
    closed_by_hand = town.call("POST", f"/orders/{order['order_id']}/close", town.safety.head, json={})
    assert (closed_by_hand.status_code, closed_by_hand.json["findings"][0]["key"]) == (409, "A6:unspoken")
    assert door.says("ratify", order).json["state"] == "closed"
    assert door.told(order)[-3:] == ["order.concluded.v1", "order.ratified.v1", "order.closed.v1"]


def test_after_a_no_nothing_can_be_ordered_and_the_order_ends(town, door):
    order = pending(door)
    assert door.says("disapprove", order).status_code == 422
    said = door.says("disapprove", order, json={"reason": "没有突发情况"})
    assert (said.status_code, said.json["ratification"]) == (200, "disapproved")
    assert said.json["steps"][-1]["reason"] == "没有突发情况"
    assert door.records(order, "problem").status_code == 200
    answer = door.concludes(order, "refer")
    assert (answer.status_code, answer.json["findings"][0]["key"]) == (409, "A6:ground:disapproved")
    assert door.concludes(order, "reminder").json["state"] == "closed"


def test_a6_a_silent_head_is_told_of_once(town, door):
    order = pending(door)

    def tell(hours):
        with UnitOfWork(town.pool, "/inspection") as uow:
            tell_overdue(uow, clock.now() + timedelta(hours=hours))
            uow.commit()
        return [event for event in door.told(order) if event == "deadline.passed.v1"]

    assert tell(23) == []
    assert tell(25) == ["deadline.passed.v1"]
    assert tell(26) == ["deadline.passed.v1"]
    facts = town.told(order)[-1][2]
    assert (facts["rule"], facts["kind"]) == ("A6", "ratification")
    assert town.read(order)["overdue"] == ["ratification"]
    assert door.says("ratify", order).status_code == 200


def test_the_enterprise_reads_who_comes_and_that_the_approval_is_pending(town, door):
    order = door.urgent()
    code = town.call("GET", f"/orders/{order['order_id']}/code", town.safety.clerk).json

    def check():
        return town.call("GET", f"/codes/{code['token']}").json

    before = check()
    assert (before["valid"], before["reason"]) == (True, "approval_pending")
    assert len(before["order"]["inspectors"]) == 2
    assert "待补" in before["text"]["zh"]
    door.enters(order)
    assert (check()["reason"], check()["order"]["ratification"]) == ("approval_pending", "pending")
    door.says("disapprove", order, json={"reason": "不符"})
    assert (check()["valid"], check()["reason"]) == (False, "order_disapproved")


def test_a_draft_that_is_not_urgent_has_no_code(town, door):
    order = town.drafted(**door.where)
    answer = town.call("GET", f"/orders/{order['order_id']}/code", town.safety.clerk)
    assert (answer.status_code, answer.json["code"]) == (409, "wrong_state")


def test_leaving_needs_the_scan_that_came_before(town, door):
    order = door.urgent()
    absent = town.call("POST", f"/entries/{order['order_id']}/leave", inspector_of(town.safety), json={})
    assert absent.status_code == 404
    entry = door.enters(order)
    left = town.call("POST", f"/entries/{entry['entry_id']}/leave", inspector_of(town.safety), json={})
    assert left.status_code == 200


def test_a_joint_urgent_order_waits_for_the_head_of_each_agency(town, door):
    order, guest = door.urgent(), town.drafted(town.fire, **door.where)
    joint = town.joins(order, guest)
    assert joint.status_code == 200, joint.json
    door.enters(order)
    assert door.says("ratify", order).json["ratification"] == "pending"
    assert door.told(order)[-1] == "approval.given.v1"
    assert door.says("ratify", order).json["code"] == "already_approved"
    assert door.says("ratify", order, town.fire.head).json["ratification"] == "ratified"


def test_replacing_needs_an_issued_order(town, door):
    """On the day, with the word of the head of their agency."""
    spare = an_inspector(town.safety.agency_id, name="备员")
    replicate(town.pool, spare)
    order = door.issued()
    gone = str(town.safety.inspectors[1].inspector_id)
    body = {"replaced": gone, "replacement": str(spare.inspector_id), "reason": "突发疾病"}
    path = f"/orders/{order['order_id']}/inspectors/replace"
    assert town.call("POST", path, town.safety.clerk, json=body).status_code == 403
    stranger = body | {"replacement": str(town.fire.inspectors[0].inspector_id)}
    refused = town.call("POST", path, town.safety.head, json=stranger)
    assert [error["pointer"] for error in refused.json["errors"]] == ["/replacement"]
    absent = body | {"replaced": str(spare.inspector_id)}
    refused = town.call("POST", path, town.safety.head, json=absent)
    assert [error["pointer"] for error in refused.json["errors"]] == ["/replaced"]
    done = town.call("POST", path, town.safety.head, json=body)
    assert done.status_code == 200, done.json
    assert {i["inspector_id"] for i in done.json["inspectors"]} == {
        str(spare.inspector_id),
        str(town.safety.inspectors[0].inspector_id),
    }
    event, _, facts = town.told(order)[-1]
    assert (event, facts["replaced"], facts["replacement"]) == (
        "inspector.replaced.v1",
        gone,
        str(spare.inspector_id),
    )
    assert door.arrives(order).json["reason"] == "not_on_order"
    early = town.call(
        "POST", f"/orders/{door.urgent()['order_id']}/inspectors/replace", town.safety.head, json=body
    )
    assert (early.status_code, early.json["code"]) == (409, "wrong_state")


def test_a3_a_replacement_must_count(town, door):
    assistant = an_inspector(town.safety.agency_id, name="辅助", kind="assistant")
    replicate(town.pool, assistant)
    order = door.issued()
    body = {
        "replaced": str(town.safety.inspectors[1].inspector_id),
        "replacement": str(assistant.inspector_id),
        "reason": "临时",
    }
    refused = town.call(
        "POST", f"/orders/{order['order_id']}/inspectors/replace", town.safety.head, json=body
    )
    assert (refused.status_code, refused.json["findings"][0]["rule"]) == (409, "A3")
    assert {i["inspector_id"] for i in town.read(order)["inspectors"]} == {
        str(i.inspector_id) for i in town.safety.inspectors
    }


def drafts(town, door, by, **changes):
    given = door.where | {"trigger": "urgent", "starts_on": str(today()), "ends_on": str(today())}
    return town.call("POST", "/orders", by, json=town.a_draft(**given | changes))


def test_an_inspector_drafts_an_urgent_visit_and_enters_at_once(town, door):
    inspector = inspector_of(town.safety)
    drafted = drafts(town, door, inspector)
    assert drafted.status_code == 201, drafted.json
    assert drafted.json["agency_id"] == str(town.safety.agency_id)
    door.enters(drafted.json, by=inspector)
    assert town.read(drafted.json)["ratification"] == "pending"
    assert door.says("ratify", drafted.json, inspector).status_code == 403
    ratified = door.says("ratify", drafted.json)
    assert (ratified.status_code, ratified.json["ratification"]) == (200, "ratified")


def test_an_inspector_drafts_nothing_else(town, door):
    refused = drafts(town, door, inspector_of(town.safety), trigger="routine")
    assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
    assert "A6" in refused.json["zh"]["detail"]


def test_an_inspectors_urgent_visit_is_their_own_and_of_today(town, door):
    others = [str(town.safety.inspectors[1].inspector_id), str(town.fire.inspectors[0].inspector_id)]
    later = {"starts_on": str(today() + timedelta(days=1)), "ends_on": str(today() + timedelta(days=7))}
    refused = drafts(town, door, inspector_of(town.safety), inspectors=others, **later)
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json["errors"]] == ["/inspectors", "/starts_on", "/ends_on"]


def test_an_inspector_takes_back_a_draft_of_their_own_and_no_other(town, door):
    inspector = inspector_of(town.safety)
    own, office = drafts(town, door, inspector).json, door.urgent()
    taken_back = town.call("POST", f"/orders/{own['order_id']}/cancel", inspector, json={"reason": "误报"})
    assert (taken_back.status_code, taken_back.json["state"]) == (200, "cancelled")
    other = town.call("POST", f"/orders/{office['order_id']}/cancel", inspector, json={"reason": "误报"})
    assert other.status_code == 403
    revised = town.call("PUT", f"/orders/{office['order_id']}", inspector, office["version"], json={})
    assert revised.status_code == 403
