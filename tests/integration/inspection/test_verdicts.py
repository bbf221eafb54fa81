"""不是重复: said by a human, and forgotten when what it was said of changes."""

import pytest

from services.chassis.ids import new_id
from tests.builders.inspection import COORDINATOR, a_staff, a_town, replicate


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def said(town, one, other, by=COORDINATOR, reason="一处查用电，一处查排放"):
    path = f"/duplicates/{one['order_id']}/{other['order_id']}/verdict"
    return town.call("POST", path, by, json={"verdict": "not_duplicate", "reason": reason})


def j2(order):
    return [finding["outcome"] for finding in order["findings"] if finding["rule"] == "J2"]


def of_kind(town, order, kind):
    return [payload for event, _, payload in town.told(order) if event == kind]


def test_a_verdict_answers_j2_for_both(town):
    theirs, mine = town.submitted(town.fire), town.drafted()
    assert j2(mine) == ["justify"]
    answer = said(town, mine, theirs, town.safety.clerk)
    assert (answer.status_code, answer.json["rule"]) == (200, "J2")
    assert {side["order_id"] for side in answer.json["said_of"]} == {mine["order_id"], theirs["order_id"]}
    assert {side["revision"] for side in answer.json["said_of"]} == {1}
    submitted = town.does("submit", town.read(mine), town.safety.clerk)
    assert (submitted.status_code, j2(submitted.json)) == (200, ["notice"])
    [event] = of_kind(town, mine, "duplicate.dismissed.v1")
    assert (event["other"], event["reason"]) == (theirs["order_id"], "一处查用电，一处查排放")


def test_it_is_forgotten_when_either_changes_and_that_is_told(town):
    theirs, mine = town.submitted(town.fire), town.drafted()
    said(town, theirs, mine, town.fire.head)
    path, version = f"/orders/{mine['order_id']}", town.read(mine)["version"]
    revised = town.call("PUT", path, town.safety.clerk, version, json=town.a_draft(on_site_reason="改"))
    assert j2(revised.json) == ["justify"]
    assert [e["other"] for e in of_kind(town, mine, "duplicate.reopened.v1")] == [theirs["order_id"]]
    refused = town.does("submit", revised.json, town.safety.clerk)
    assert refused.json["code"] == "reason_required"


def test_a_pair_the_gate_never_saw_is_found_when_someone_speaks_of_it(town):
    one, other = town.drafted(), town.drafted(town.fire)
    said(town, one, other)
    assert [e["others"] for e in of_kind(town, one, "duplicate.found.v1")] == [[other["order_id"]]]
    said(town, other, one, reason="再说一次")
    found = of_kind(town, one, "duplicate.found.v1") + of_kind(town, other, "duplicate.found.v1")
    assert len(found) == 1


def test_a_verdict_does_not_lift_j1(town):
    first, second = town.submitted(), town.drafted()
    assert said(town, first, second, town.safety.clerk).json["rule"] == "J1"
    refused = town.does("submit", town.read(second), town.safety.clerk)
    assert (refused.status_code, refused.json["findings"][0]["rule"]) == (409, "J1")


def test_who_and_what_is_refused(town):
    health = a_staff("health", name="卫生监督所")
    replicate(town.pool, *health.events)
    one, other = town.drafted(), town.drafted(town.fire)
    assert said(town, one, other, health.clerk).status_code == 404
    assert said(town, one, one).status_code == 422
    assert said(town, one, {"order_id": str(new_id())}).status_code == 404
    town.joins(town.read(one), town.read(other))
    assert said(town, one, other).json["errors"][0]["pointer"] == "/other"
