"""Joint plans over HTTP: asked for, made by the worker's code, accepted into proposals."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest

from services.chassis import clock, jobs
from services.chassis.policy import policies
from services.inspection.computations.makers import MAKERS
from services.inspection.computations.work import work_off
from services.inspection.jobs import blueprint
from services.inspection.planner.reader import Asked, read_problem
from tests.builders.inspection import AREA, COORDINATOR, a_premises, a_town, an_enterprise, replicate, today


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def asked(town, **changes):
    body = {
        "area_code": AREA,
        "starts_on": str(today()),
        "ends_on": str(today() + timedelta(days=60)),
        "time_limit_seconds": 10,
    }
    return town.call("POST", "/joint-plans", COORDINATOR, json=body | changes)


def made(town, **changes):
    answer = asked(town, **changes)
    assert answer.status_code == 202, answer.json
    work_off(town.pool, MAKERS, stop=lambda: False)
    return shown(town, f"/{answer.json['joint_plan_id']}")


def shown(town, path):
    answer = town.call("GET", f"/joint-plans{path}", COORDINATOR)
    assert answer.status_code == 200, answer.json
    return answer.json


def a_month_of(town, staff=None, **changes):
    """Over a quiet month's end, so that some day of the window is allowed whatever day it is today."""
    return town.drafted(staff, ends_on=str(today() + timedelta(days=45)), **changes)


def test_two_agencies_orders_become_one_visit(town):
    orders = {a_month_of(town)["order_id"], a_month_of(town, town.fire)["order_id"]}
    plan = made(town)
    assert (plan["state"], plan["progress"]) == ("finished", 1)
    figures = plan["figures"]
    assert (figures["status"], figures["visits"], figures["bound"], figures["visits_saved"]) == (
        "optimal",
        1,
        1,
        1,
    )
    [visit] = shown(town, f"/{plan['joint_plan_id']}/visits")["items"]
    assert {order["order_id"] for order in visit["orders"]} == orders
    assert visit["headcount"] == 4
    assert shown(town, f"/{plan['joint_plan_id']}/apart")["items"] == []


def test_an_order_that_stands_alone_says_why(town):
    elsewhere = an_enterprise(premises=(a_premises(short_code="333333333"),))
    replicate(town.pool, elsewhere)
    a_month_of(town)
    other = a_month_of(
        town,
        town.fire,
        enterprise_id=str(elsewhere.enterprise_id),
        premises_id=str(elsewhere.premises[0].premises_id),
    )
    plan = made(town)
    apart = shown(town, f"/{plan['joint_plan_id']}/apart")["items"]
    assert [one["why"][0]["code"] for one in apart] == ["only_order", "only_order"]
    assert other["order_id"] in {one["order_id"] for one in apart}
    first = shown(town, f"/{plan['joint_plan_id']}/visits?limit=1")
    rest = shown(town, f"/{plan['joint_plan_id']}/visits?after={first['next']}")
    assert [visit["number"] for visit in first["items"] + rest["items"]] == [1, 2]


def test_an_accepted_visit_is_proposed_once(town):
    a_month_of(town)
    a_month_of(town, town.fire)
    plan = made(town)
    path = f"/joint-plans/{plan['joint_plan_id']}/accept"
    answers = [town.call("POST", path, COORDINATOR, json={"visits": [1]}).json["visits"] for _ in range(2)]
    assert answers[0] == answers[1]
    [accepted] = answers[0]
    assert accepted["refused"] is None
    proposal = town.call("GET", f"/join-proposals/{accepted['proposal_id']}", COORDINATOR).json
    [visit] = shown(town, f"/{plan['joint_plan_id']}/visits")["items"]
    assert visit["proposal_id"] == proposal["proposal_id"]
    assert proposal["terms"][-1]["starts_on"] == proposal["terms"][-1]["ends_on"] == visit["day"]


def test_two_coordinators_who_accept_one_visit_make_one_proposal(town):
    a_month_of(town)
    a_month_of(town, town.fire)
    path = f"/joint-plans/{made(town)['joint_plan_id']}/accept"
    answers = []

    def accept():
        answers.append(town.call("POST", path, COORDINATOR, json={"visits": [1]}).json["visits"][0])

    threads = [threading.Thread(target=accept) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({answer["proposal_id"] for answer in answers}) == 1
    assert all(answer["refused"] is None for answer in answers)


def test_a_visit_whose_orders_changed_is_refused_with_what_changed(town):
    mine = a_month_of(town)
    a_month_of(town, town.fire)
    plan = made(town)
    town.does("cancel", mine, town.safety.clerk)
    cancelled = town.call(
        "POST",
        f"/orders/{mine['order_id']}/cancel",
        COORDINATOR,
        mine["version"],
        json={"reason": "不再需要"},
    ).json
    answer = town.call(
        "POST", f"/joint-plans/{plan['joint_plan_id']}/accept", COORDINATOR, json={"visits": [1, 99]}
    )
    outdated, unknown = answer.json["visits"]
    assert outdated["refused"]["code"] == "plan_outdated"
    assert outdated["refused"]["changed"] == [
        {
            "order_id": mine["order_id"],
            "planned_version": mine["version"],
            "version": cancelled["version"],
            "state": "cancelled",
        }
    ]
    assert unknown["refused"]["code"] == "not_found"


def test_only_who_may_join_asks_for_a_plan(town):
    body = {"area_code": AREA, "starts_on": str(today()), "ends_on": str(today())}
    assert town.call("POST", "/joint-plans", town.safety.clerk, json=body).status_code == 403


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": str(today() - timedelta(days=1))}, "/ends_on"),
        ({"ends_on": str(today() + timedelta(days=400))}, "/ends_on"),
        ({"starts_on": "9999-12-01", "ends_on": "9999-12-31"}, "/starts_on"),
        ({"area_code": "宿迁"}, "/area_code"),
        ({"time_limit_seconds": 0}, "/time_limit_seconds"),
    ],
)
def test_a_bad_request_names_its_field(town, changes, field):
    answer = asked(town, **changes)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == field


def test_a_plan_interrupted_by_a_killed_worker_is_made_by_the_next(town):
    a_month_of(town)
    plan_id = asked(town).json["joint_plan_id"]
    with town.pool.connection() as connection:
        connection.execute("UPDATE computation SET state = 'running', progress = 0.4")
    work_off(town.pool, MAKERS, stop=lambda: False)
    assert shown(town, f"/{plan_id}")["state"] == "finished"


def test_a_worker_that_is_to_stop_leaves_the_plan_to_the_next(town):
    a_month_of(town)
    plan_id = asked(town).json["joint_plan_id"]
    answers = iter([False, False])
    work_off(town.pool, MAKERS, stop=lambda: next(answers, True))
    assert shown(town, f"/{plan_id}")["state"] == "running"
    work_off(town.pool, MAKERS, stop=lambda: False)
    assert shown(town, f"/{plan_id}")["state"] == "finished"


def test_visits_that_were_made_take_their_place(town):
    """They are counted, fill the diaries of their inspectors, and are not planned again."""
    order = town.issued()
    with town.pool.connection() as connection:
        connection.execute(
            "UPDATE orders SET state = 'entered', entered_at = now() WHERE order_id = %s",
            (order["order_id"],),
        )
        problem = read_problem(connection, whole_area(), policies(), clock.now())
    assert problem.orders == ()
    a_month_of(town)
    with town.pool.connection() as connection:
        problem = read_problem(connection, whole_area(), policies(), clock.now())
    [fixed] = problem.fixed
    assert fixed.day == today()
    assert fixed.inspectors == {i.inspector_id for i in town.safety.inspectors}
    assert fixed.counts == {(town.safety.agency_id, "emergency")}
    assert sum(problem.counted.values()) == 0, "it would be counted twice"


def whole_area():
    return Asked(area=AREA, starts_on=today(), ends_on=today() + timedelta(days=60), visits_a_day=2)


def test_a_request_wakes_the_worker(town):
    settings, stop = town.app.extensions["yicha.settings"], threading.Event()
    worker = threading.Thread(target=jobs.run, args=(settings, blueprint, town.pool, stop))
    worker.start()
    try:
        path, deadline = f"/{asked(town).json['joint_plan_id']}", time.monotonic() + 90
        while shown(town, path)["state"] != "finished" and time.monotonic() < deadline:
            time.sleep(0.1)
        assert shown(town, path)["figures"]["visits"] == 0
    finally:
        stop.set()
        worker.join()
