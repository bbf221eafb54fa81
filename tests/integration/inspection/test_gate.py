"""The gate over HTTP: what it finds, what it keeps, what it lets through."""

import pytest

from services.chassis.ids import new_id
from tests.builders.grounds import rectifying
from tests.builders.inspection import a_premises, a_staff, a_town, days, replicate


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def rules(findings):
    return [finding["rule"] for finding in findings]


def test_another_agencys_order_must_be_joined_or_answered(town):
    other = town.issued()
    order = town.drafted(town.fire)
    (finding,) = order["findings"]
    assert (finding["rule"], finding["outcome"], finding["orders"]) == ("J2", "justify", [other["order_id"]])
    refused = town.does("submit", order, town.fire.clerk)
    assert (refused.status_code, refused.json["code"]) == (409, "reason_required")
    assert refused.json["findings"][0]["citations"]
    order = town.read(order)
    answer = town.does("submit", order, town.fire.clerk, {finding["key"]: "消防专项，须单独进行"})
    assert (answer.status_code, answer.json["state"]) == (200, "submitted")
    assert answer.json["findings"][0]["reason"] == "消防专项，须单独进行"
    assert [event for event, _, _ in town.told(order)] == [
        "order.drafted.v1",
        "duplicate.found.v1",
        "finding.overridden.v1",
        "order.submitted.v1",
    ]


def test_a_pair_is_found_once_and_answered_once(town):
    """Whoever looks later sees the answer of the other side as a notice."""
    first = town.submitted()
    second = town.submitted(town.fire)
    approved = town.does("approve", first, town.safety.head)
    (finding,) = approved.json["findings"]
    assert (finding["rule"], finding["outcome"]) == ("J2", "notice")
    assert "检查内容不同" in finding["explanation"]["zh"]
    found = [payload for event, _, payload in town.told() if event == "duplicate.found.v1"]
    assert [(f["order_id"], f["others"]) for f in found] == [(second["order_id"], [first["order_id"]])]


def test_an_answer_is_forgotten_when_the_order_changes(town):
    first = town.submitted()
    second = town.submitted(town.fire)
    path = f"/orders/{second['order_id']}"
    town.call("POST", f"{path}/return", town.fire.head, json={"reason": "改期限"})
    second = town.call(
        "PUT", path, town.fire.clerk, town.read(second)["version"], json=town.a_draft(town.fire)
    ).json
    assert second["findings"][0]["outcome"] == "justify"
    assert town.does("submit", second, town.fire.clerk).json["code"] == "reason_required"
    assert town.does("approve", first, town.safety.head).json["findings"] == []


def test_one_agencys_overlapping_orders_must_be_merged(town):
    town.submitted(**days(0, 5))
    order = town.drafted(**days(3, 9))
    assert [(f["rule"], f["outcome"]) for f in order["findings"]] == [("J1", "block")]
    refused = town.does("submit", order, town.safety.clerk)
    assert (refused.status_code, refused.json["code"]) == (409, "rule_blocked")
    assert town.read(order)["state"] == "drafted"


def test_orders_side_by_side_do_not_overlap(town):
    town.submitted(**days(0, 5))
    assert town.drafted(**days(6, 9))["findings"] == []


def test_a_blocked_submission_keeps_what_was_found(town):
    """Nothing was there when it was drafted; the finding came with the other order, and stays after the refusal."""
    order = town.drafted(**days(0, 5))
    town.submitted(**days(3, 9))
    refused = town.does("submit", order, town.safety.clerk)
    assert refused.status_code == 409
    after = town.read(order)
    assert (after["state"], rules(after["findings"]), after["version"]) == ("drafted", ["J1"], 2)
    assert refused.json["version"] == 2
    assert town.told(order)[-1][0] == "duplicate.found.v1"


def test_two_premises_are_two_visits_that_need_a_reason(town):
    elsewhere = a_premises(short_code="333333333")
    known = town.enterprise
    replicate(
        town.pool, type(known)(**vars(known) | {"version": 2, "premises": (*known.premises, elsewhere)})
    )
    town.submitted()
    order = town.drafted(premises_id=str(elsewhere.premises_id))
    assert [(f["rule"], f["outcome"]) for f in order["findings"]] == [("J1", "justify")]
    assert [event for event, _, _ in town.told(order)] == ["order.drafted.v1"]


def test_the_cap_stops_a_routine_visit_and_only_counts_one_after_a_complaint(town):
    staff = a_staff(item={"annual_cap": 2})
    replicate(town.pool, *staff.events)
    for first in (0, 3):
        town.submitted(staff, **days(first, first + 1))
    third = town.drafted(staff, **days(10, 11))
    (finding,) = third["findings"]
    assert (finding["rule"], finding["outcome"]) == ("F1", "block")
    assert finding["figures"]["nth"] == 3
    assert finding["figures"]["cap"] == 2
    assert "第 3 次检查，上限 2 次/年" in finding["explanation"]["zh"]
    complaint = town.drafted(staff, trigger="complaint", clue="12345-2026-001", **days(10, 11))
    assert [(f["rule"], f["outcome"]) for f in complaint["findings"]] == [("F1", "notice")]
    first = rectifying(town, town.submitted(staff, trigger="complaint", clue="12345-2", **days(6, 7)))
    recheck = town.drafted(staff, trigger="recheck", recheck_of=first["order_id"], **days(10, 11))
    assert recheck["findings"] == []


def test_a_cancelled_order_gives_its_place_back(town):
    staff = a_staff(item={"annual_cap": 1})
    replicate(town.pool, *staff.events)
    order = town.submitted(staff, **days(0, 1))
    assert rules(town.drafted(staff, **days(5, 6))["findings"]) == ["F1"]
    town.call("POST", f"/orders/{order['order_id']}/cancel", staff.clerk, json={"reason": "撤销"})
    assert town.drafted(staff, **days(5, 6))["findings"] == []


def test_another_agencys_item_and_inspector_are_stopped(town):
    borrowed = [str(town.fire.inspectors[0].inspector_id), str(town.safety.inspectors[0].inspector_id)]
    order = town.drafted(items=[str(town.fire.item.item_id)], inspectors=borrowed)
    assert set(rules(order["findings"])) == {"A1", "A3"}
    assert town.does("submit", order, town.safety.clerk).status_code == 409


def test_the_industry_department_is_proposed_to_lead(town):
    industry = a_staff(name="经开区工信局", lead_industries=("C",))
    replicate(town.pool, *industry.events)
    town.submitted(**days(0, 3))
    (finding,) = town.drafted(industry, **days(10, 12))["findings"]
    assert finding["figures"]["lead"] == "经开区工信局"


def test_orders_far_apart_are_not_joined(town):
    town.submitted(**days(0, 3))
    assert town.drafted(town.fire, **days(34, 40))["findings"] == []
    assert rules(town.drafted(town.fire, **days(33, 40))["findings"]) == ["J2"]


def test_what_moved_since_submission_is_seen_at_approval(town):
    order = town.submitted()
    shut = town.safety.agency
    replicate(town.pool, type(shut)(**vars(shut) | {"version": 2, "active": False}))
    answer = town.does("approve", order, town.safety.head)
    assert (answer.status_code, rules(answer.json["findings"])) == (409, ["A1"])


def test_an_unknown_order_is_not_found(town):
    answer = town.call("POST", f"/orders/{new_id()}/submit", town.safety.clerk, json={})
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")
