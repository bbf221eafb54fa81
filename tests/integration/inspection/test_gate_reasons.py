"""Reasons: each finding its own, asked for once, and told with who and why. A look that decides nothing keeps nothing."""

from datetime import timedelta

import pytest

from tests.builders.inspection import a_town, today
from tests.builders.past import CHENGDU, SUQIAN, a_scene


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def keys(findings, outcome="justify"):
    return sorted(finding["key"] for finding in findings if finding["outcome"] == outcome)


def test_each_finding_needs_its_own_reason(town):
    town.submitted(town.fire)
    order = town.drafted(considered=[])
    j2, a9 = sorted(keys(order["findings"]), reverse=True)
    assert (j2[:2], a9) == ("J2", "A9:considered")
    half = town.does("submit", order, town.safety.clerk, {a9: "须现场测量"})
    assert (half.status_code, keys(half.json["findings"])) == (409, [j2])
    order = town.read(order)
    assert all(finding["reason"] is None for finding in order["findings"])
    done = town.does("submit", order, town.safety.clerk, {a9: "须现场测量", j2: "时间无法合并"})
    assert done.json["state"] == "submitted"
    told = [payload for event, _, payload in town.told(order) if event == "finding.overridden.v1"]
    assert {(each["rule"], each["finding_key"], each["reason"]) for each in told} == {
        ("A9", a9, "须现场测量"),
        ("J2", j2, "时间无法合并"),
    }
    assert {each["overridden_by"] for each in told} == {str(town.safety.clerk.account_id)}


def test_at_approval_only_what_is_new_is_asked_for(town):
    """A9 was answered at submission; meanwhile others took every day of the window."""
    scene = a_scene(town, CHENGDU)
    order = town.submitted(scene.staff, **scene.where, considered=[])
    for day in range(8):
        scene.planned(today() + timedelta(days=day), today() + timedelta(days=day))
    new = town.does("approve", order, scene.staff.head)
    assert (new.status_code, new.json["code"]) == (409, "rule_blocked")  # J1: one's own agency
    asked = keys(town.read(order)["findings"])
    assert {key.split(":")[0] for key in asked} == {"A9", "F3"}
    with town.pool.connection() as connection:
        connection.execute(
            "UPDATE order_agency SET agency_id = %s WHERE order_id <> %s",
            (town.fire.agency_id, order["order_id"]),
        )
    new = town.does("approve", town.read(order), scene.staff.head)
    assert (new.status_code, new.json["code"]) == (409, "reason_required")
    asked = keys(new.json["findings"])
    assert {key.split(":")[0] for key in asked} == {"F3", "J2"}
    done = town.does("approve", town.read(order), scene.staff.head, dict.fromkeys(asked, "群众集中投诉"))
    assert done.json["state"] == "approved"
    reasons = {f["key"]: f["reason"] for f in done.json["findings"] if f["outcome"] == "justify"}
    assert reasons == {"A9:considered": "检查内容不同"} | dict.fromkeys(asked, "群众集中投诉")


def test_f3_a_reason_speaks_of_so_many_visits_and_not_of_one_more(town):
    """Given for the second visit of the day, it is no answer to the third; one given for the third is one to the second."""
    scene = a_scene(town, CHENGDU)
    other = {"agency_id": town.fire.agency_id, "items": (town.fire.item.item_id,), "result": "reminder"}
    day = {"starts_on": str(today()), "ends_on": str(today())}
    key = f"F3:day:{today():%Y-%m}"
    scene.visited(today(), **other)
    order = town.submitted(scene.staff, **scene.where, **day)
    assert nth_and_reason(order, key) == (2, "检查内容不同")
    more = scene.visited(today(), **other)
    asked = town.does("approve", order, scene.staff.head)
    assert (asked.status_code, asked.json["code"]) == (409, "reason_required")
    assert nth_and_reason(town.read(order), key) == (3, None)
    assert key in keys(asked.json["findings"])
    reasons = dict.fromkeys(keys(asked.json["findings"]), "第三次也须今天")
    approved = town.does("approve", town.read(order), scene.staff.head, reasons).json
    assert nth_and_reason(approved, key) == (3, "第三次也须今天")
    told = [payload for event, _, payload in town.told(order) if event == "finding.overridden.v1"]
    assert [each["reason"] for each in told if each["finding_key"] == key] == [
        "检查内容不同",
        "第三次也须今天",
    ]
    with town.pool.connection() as connection:
        connection.execute("UPDATE orders SET state = 'cancelled' WHERE order_id = %s", (more.order_id,))
    issued = town.does("issue", approved, scene.staff.clerk)
    assert nth_and_reason(issued.json, key) == (2, "第三次也须今天")


def nth_and_reason(order, key):
    (finding,) = (finding for finding in order["findings"] if finding["key"] == key)
    return finding["figures"]["nth"], finding["reason"]


def test_a_dry_run_keeps_nothing(town):
    town.submitted(town.fire)
    with town.pool.connection() as connection:
        before = [_rows(connection, table) for table in _TABLES]
        answer = town.call("POST", "/gate-checks", town.safety.clerk, json=town.a_draft(considered=[]))
        assert keys(answer.json["findings"])
        assert [_rows(connection, table) for table in _TABLES] == before


_TABLES = ("orders", "order_item", "order_inspector", "finding", "duplicate", "step", "outbox")


def _rows(connection, table):
    return connection.execute(f"SELECT count(*) FROM {table}").fetchone()


def test_what_no_plan_foresees_is_reviewed_before_its_issue(town):
    """In Suqian; assigned, so that it may be done on any day of the month."""
    scene = a_scene(town, SUQIAN)
    order = town.submitted(scene.staff, **scene.where, trigger="assigned", clue="宿应急交办〔2026〕7号")
    assert keys(order["findings"], "notice") == [f"A8:{scene.staff.agency_id}"]
    approved = town.does("approve", order, scene.staff.head).json
    stopped = town.does("issue", approved, scene.staff.clerk)
    assert (stopped.status_code, keys(stopped.json["findings"], "block")) == (
        409,
        [f"A8:{scene.staff.agency_id}"],
    )
    with town.pool.connection() as connection:
        connection.execute(
            "INSERT INTO review SELECT order_id, revision, true, '', drafted_by, '统筹', now() FROM orders "
            "WHERE order_id = %s",
            (order["order_id"],),
        )
    issued = town.does("issue", town.read(order), scene.staff.clerk)
    assert issued.json["state"] == "issued"
    assert issued.json["policy"].startswith("suqian@")


def test_a_quiet_window_stops_a_routine_visit_at_its_submission(town):
    scene = a_scene(town, SUQIAN)
    first = (today().replace(day=1) + timedelta(days=40)).replace(day=1)
    quiet = {"starts_on": str(first), "ends_on": str(first + timedelta(days=18))}
    order = town.drafted(scene.staff, **scene.where, **quiet)
    refused = town.does("submit", order, scene.staff.clerk)
    assert (refused.json["code"], keys(refused.json["findings"], "block")) == (
        "rule_blocked",
        [f"F5:{first:%Y-%m}"],
    )
    longer = quiet | {"ends_on": str(first + timedelta(days=19))}
    order = town.drafted(scene.staff, **scene.where, **longer)
    assert f"F5:{first:%Y-%m}" in keys(order["findings"], "notice")
    assert town.does("submit", order, scene.staff.clerk).status_code == 200
