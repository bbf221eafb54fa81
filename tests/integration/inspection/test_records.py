"""笔录 and 结果 over HTTP: against the locked checklist, signed or witnessed, and the way to the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.catalogue.registry import Question
from services.chassis.identity import Role
from tests.builders.arrival import arrives, entered, inspector_of
from tests.builders.inspection import a_principal, a_town, an_item, replicate, today


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def a_record(town, **changes):
    item_id = str(town.safety.item.item_id)
    answer = {"item_id": item_id, "question_id": "q1", "finding": "ok", "note": ""}
    return {"answers": [answer], "statement": "无异议", "signed_by": "赵经理"} | changes


def records(town, order, by=None, version=None, **changes):
    path = f"/orders/{order['order_id']}/record"
    return town.call("PUT", path, by or inspector_of(town.safety), version, json=a_record(town, **changes))


def recorded(town, **changes):
    order, _ = entered(town)
    assert records(town, order, **changes).status_code == 200
    return order


def concludes(town, order, result, by=None, **more):
    path = f"/orders/{order['order_id']}/conclusion"
    return town.call("POST", path, by or inspector_of(town.safety), json={"result": result, **more})


def told(town, order):
    return [(event, version - order["version"]) for event, version, _ in town.told(order)][4:]


def pointers(answer):
    assert answer.status_code == 422, answer.json
    return [error["pointer"] for error in answer.json["errors"]]


def test_a_record_answers_the_checklist_and_is_signed(town):
    order, _ = entered(town)
    problem = {
        "item_id": str(town.safety.item.item_id),
        "question_id": "q1",
        "finding": "problem",
        "note": "未检测",
    }
    answer = records(town, order, answers=[problem])
    assert (answer.status_code, answer.json["problems"], answer.json["signed_by"]) == (200, 1, "赵经理")
    assert told(town, order) == [("entry.made.v1", 1), ("record.made.v1", 2)]
    facts = town.told(order)[-1][2]
    assert (facts["problems"], facts["answers"]) == (1, 1)
    shown = town.call("GET", f"/orders/{order['order_id']}/record", town.safety.head).json
    assert shown["answers"] == [problem]
    assert town.read(order)["state"] == "recorded"


def test_the_questions_are_those_locked_at_issue(town):
    order, _ = entered(town)
    newer = an_item(
        item_id=town.safety.item.item_id,
        version=2,
        checklist_version=2,
        checklist=(Question(question_id="q2", text="新问题"),),
    )
    replicate(town.pool, newer)
    asked = town.call("GET", f"/orders/{order['order_id']}/checklist", inspector_of(town.safety)).json[
        "items"
    ]
    assert [question["question_id"] for question in asked] == ["q1"]
    assert records(town, order).status_code == 200


def test_each_question_is_answered_once_and_no_other(town):
    order, _ = entered(town)
    one = a_record(town)["answers"][0]
    assert pointers(records(town, order, answers=[])) == ["/answers"]
    assert pointers(records(town, order, answers=[one, one])) == ["/answers/1"]
    assert pointers(records(town, order, answers=[one | {"finding": "maybe"}])) == ["/answers/0/finding"]
    assert town.read(order)["state"] == "entered"
    assert town.call("GET", f"/orders/{order['order_id']}/record", town.safety.head).status_code == 404


def test_r1_nothing_beyond_the_locked_checklist_is_recorded(town):
    order, _ = entered(town)
    one, elsewhere = a_record(town)["answers"][0], str(town.fire.item.item_id)
    for beyond in (one | {"question_id": "q9"}, one | {"item_id": elsewhere}):
        answer = records(town, order, answers=[one, beyond])
        assert (answer.status_code, answer.json["code"]) == (409, "rule_blocked")
        (finding,) = answer.json["findings"]
        assert (finding["rule"], finding["items"]) == ("R1", [beyond["item_id"]])
    assert town.read(order)["state"] == "entered"


def test_a_refusal_to_sign_needs_reason_and_witness(town):
    order, _ = entered(town)
    for unsigned in (None, "  "):
        stopped = records(town, order, signed_by=unsigned)
        assert (stopped.status_code, [f["rule"] for f in stopped.json["findings"]]) == (409, ["R2"])
    before = town.read(order)
    assert (before["state"], [(f["rule"], f["times"]) for f in before["case_findings"]]) == (
        "entered",
        [("R2", 2)],
    )
    witnessed = {"reason": "对结果有异议", "witness": "社区网格员 孙某"}
    assert pointers(records(town, order, refusal=witnessed)) == ["/signed_by"]
    assert pointers(records(town, order, signed_by=None, refusal={"reason": "不签"})) == ["/refusal/witness"]
    kept = records(town, order, signed_by=None, refusal=witnessed).json
    assert (kept["signed_by"], kept["witness"]) == (None, "社区网格员 孙某")


def test_the_same_record_again_is_the_record_and_another_is_refused(town):
    order = recorded(town)
    again = records(town, order, inspector_of(town.safety))
    assert again.status_code == 200
    assert [event for event, _ in told(town, order)].count("record.made.v1") == 1
    other = records(town, order, statement="另有说法")
    assert (other.status_code, other.json["code"]) == (409, "wrong_state")


def test_nothing_is_recorded_without_an_entry(town):
    order = town.issued()
    answer = records(town, order)
    assert (answer.status_code, answer.json["code"], answer.json["allowed"]) == (
        409,
        "wrong_state",
        answer.json["allowed"],
    )
    assert "enter" in answer.json["allowed"]


def test_only_inspectors_who_entered_record_and_conclude(town):
    order, _ = entered(town)
    stranger = a_principal(
        Role.INSPECTOR, agency_id=town.safety.agency_id, inspector_id=town.fire.inspectors[0].inspector_id
    )
    assert records(town, order, by=stranger).status_code == 403
    assert records(town, order, by=inspector_of(town.fire)).status_code == 404
    assert records(town, order, by=town.safety.clerk).status_code == 403
    assert records(town, order).status_code == 200
    assert concludes(town, order, "no_problem", by=stranger).status_code == 403
    assert concludes(town, order, "no_problem", by=inspector_of(town.fire)).status_code == 404


def test_an_old_version_is_refused_where_one_is_given(town):
    order, _ = entered(town)
    assert records(town, order, version=order["version"]).status_code == 412
    assert records(town, order, version=order["version"] + 1).headers["ETag"] == f'"{order["version"] + 2}"'


@pytest.mark.parametrize("result", ["no_problem", "reminder"])
def test_without_anything_to_put_right_the_order_is_closed_at_once(town, result):
    order = recorded(town)
    answer = concludes(town, order, result)
    assert (answer.status_code, answer.json["state"], answer.json["result"]) == (200, "closed", result)
    assert told(town, order)[2:] == [("order.concluded.v1", 3), ("order.closed.v1", 4)]
    facts = town.told(order)[-2][2]
    assert (facts["entered"], facts["items"]) == (True, [str(town.safety.item.item_id)])
    assert town.read(order)["version"] == order["version"] + 4


def test_rectification_waits_for_its_recheck(town):
    order = recorded(town)
    deadline = str(today() + timedelta(days=14))
    answer = concludes(town, order, "order_rectification", deadline=deadline)
    assert (answer.json["state"], answer.json["deadline"]) == ("rectifying", deadline)
    assert told(town, order)[2:] == [("order.concluded.v1", 3)]


def test_a_referred_order_ends_there(town):
    order = recorded(town)
    assert concludes(town, order, "refer").json["state"] == "referred"


def test_r4_rectification_is_ordered_with_a_deadline_and_nothing_else_is(town):
    order = recorded(town)
    for more in ({}, {"deadline": str(today())}):
        answer = concludes(town, order, "order_rectification", **more)
        assert (answer.status_code, answer.json["findings"][0]["key"]) == (409, "R4:deadline")
    later = str(today() + timedelta(days=3))
    assert pointers(concludes(town, order, "no_problem", deadline=later)) == ["/deadline"]
    assert town.read(order)["state"] == "recorded"


@pytest.mark.parametrize("reach", [lambda town: town.issued(), lambda town: entered(town)[0]])
def test_nothing_is_concluded_without_entry_and_record(town, reach):
    answer = concludes(town, reach(town), "no_problem")
    assert (answer.status_code, answer.json["code"]) == (409, "wrong_state")


def test_a_second_conclusion_is_refused_and_a_repeated_one_is_the_first(town):
    order = recorded(town)
    path, by = f"/orders/{order['order_id']}/conclusion", inspector_of(town.safety)
    twice = [town.call("POST", path, by, key="one-and-the-same", json={"result": "reminder"}) for _ in "12"]
    assert twice[0].json == twice[1].json
    assert concludes(town, order, "no_problem").status_code == 409


def test_an_order_is_not_entered_twice(town):
    order = recorded(town)
    concludes(town, order, "no_problem")
    assert arrives(town, order).status_code == 200
    assert town.read(order)["state"] == "closed"


def kept(town, order):
    return [(found["stage"], found["rule"]) for found in town.read(order)["case_findings"]]


def test_what_stopped_a_record_or_a_conclusion_is_kept_with_the_order(town):
    order, _ = entered(town)
    before = town.read(order)
    stray = {"item_id": str(town.safety.item.item_id), "question_id": "q9", "finding": "ok", "note": ""}
    assert records(town, order, answers=[stray]).status_code == 409
    assert kept(town, order) == [("record", "R1")]
    assert records(town, order).status_code == 200
    assert concludes(town, order, "order_rectification").status_code == 409
    assert kept(town, order) == [("record", "R1"), ("conclude", "R4")]
    after = town.read(order)
    assert (after["state"], after["findings"]) == ("recorded", before["findings"])


def test_a_refused_conclusion_is_refused_again_under_its_key_and_kept_once(town):
    order, by = recorded(town), inspector_of(town.safety)
    path, key = f"/orders/{order['order_id']}/conclusion", "conclude-too-early"
    first, again = (
        town.call("POST", path, by, key=key, json={"result": "order_rectification"}) for _ in range(2)
    )
    assert (first.status_code, again.status_code, again.json) == (409, 409, first.json)
    assert kept(town, order) == [("conclude", "R4")]
    assert concludes(town, order, "no_problem", by).status_code == 200
