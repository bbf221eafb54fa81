"""Real threads on a real database: who wins, and what the other is told."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from services.chassis.database import UnitOfWork
from services.inspection.orders.commands import expire_due
from tests.builders.inspection import a_premises, a_town, an_enterprise, replicate, today

PAIRS = 200


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def enterprises(town, count):
    """The bodies that point at `count` new enterprises."""
    new = [an_enterprise(premises=(a_premises(),)) for _ in range(count)]
    replicate(town.pool, *new)
    return [
        {"enterprise_id": str(e.enterprise_id), "premises_id": str(e.premises[0].premises_id)} for e in new
    ]


def race(*runs):
    """Start all at the same moment; their answers in order."""
    start = Barrier(len(runs))

    def run(go):
        start.wait()
        return go()

    with ThreadPoolExecutor(len(runs)) as pool:
        return [future.result() for future in [pool.submit(run, go) for go in runs]]


def draft_and_submit(town, staff, where):
    def go():
        order = town.call("POST", "/orders", staff.clerk, json=town.a_draft(staff, **where)).json
        return town.does("submit", order, staff.clerk)

    return go


def test_two_agencies_racing_for_one_enterprise_cannot_both_miss_the_other(town):
    outcomes = Counter()
    for where in enterprises(town, PAIRS):
        answers = race(draft_and_submit(town, town.safety, where), draft_and_submit(town, town.fire, where))
        through = [answer for answer in answers if answer.status_code == 200]
        stopped = [answer for answer in answers if answer.status_code == 409]
        assert (len(through), len(stopped)) == (1, 1), [answer.json for answer in answers]
        assert [finding["rule"] for finding in stopped[0].json["findings"]] == ["J2"]
        assert stopped[0].json["findings"][0]["orders"] == [through[0].json["order_id"]]
        outcomes[through[0].json["agency_id"]] += 1
    found = [payload for event, _, payload in town.told() if event == "duplicate.found.v1"]
    assert len(found) == PAIRS
    print(f"{PAIRS} pairs, won {sorted(outcomes.values())}, each found once")


def test_of_one_agencys_two_overlapping_orders_exactly_one_is_submitted(town):
    for where in enterprises(town, PAIRS):
        answers = race(*[draft_and_submit(town, town.safety, where) for _ in range(2)])
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        stopped = next(answer for answer in answers if answer.status_code == 409)
        assert (stopped.json["code"], stopped.json["findings"][0]["rule"]) == ("rule_blocked", "J1")


def test_an_order_approved_by_many_at_once_is_approved_once(town):
    for where in enterprises(town, 20):
        order = town.submitted(**where)
        answers = race(*[lambda order=order: town.does("approve", order, town.safety.head) for _ in range(5)])
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412]
        events = [event for event, _, _ in town.told(order)]
        assert events.count("order.approved.v1") == 1


def test_two_heads_approving_a_joint_order_at_once_both_count(town):
    for where in enterprises(town, 20):
        order = town.joins(town.submitted(**where), town.submitted(town.fire, **where)).json
        answers = race(
            lambda order=order: town.does("approve", order, town.safety.head),
            lambda order=order: town.does("approve", order, town.fire.head),
        )
        assert [answer.status_code for answer in answers] == [200, 200]
        assert town.read(order)["state"] == "approved"


def test_a_merge_that_races_a_cancellation_leaves_one_clear_end(town):
    ends = Counter()
    for where in enterprises(town, 40):
        host, guest = town.drafted(**where), town.drafted(town.fire, **where)
        merged, cancelled = race(
            lambda host=host, guest=guest: town.joins(host, guest),
            lambda guest=guest: town.call(
                "POST", f"/orders/{guest['order_id']}/cancel", town.fire.clerk, json={"reason": "撤销"}
            ),
        )
        assert sorted([merged.status_code, cancelled.status_code]) == [200, 409]
        state = town.read(guest)["state"]
        assert state == ("absorbed" if merged.status_code == 200 else "cancelled")
        assert len(town.read(host)["agencies"]) == (2 if state == "absorbed" else 1)
        ends[state] += 1
    print(dict(ends))


def test_an_issue_that_races_the_clock_has_one_winner(town):
    after = today() + timedelta(days=8)
    for where in enterprises(town, 40):
        order = town.approved(**where)

        def expire():
            with UnitOfWork(town.pool, "/inspection") as uow:
                expired = expire_due(uow, after, backfill_days=10)
                uow.commit()
            return expired

        issued, expired = race(lambda order=order: town.does("issue", order, town.safety.clerk), expire)
        state = town.read(order)["state"]
        assert (issued.status_code, expired, state) in {
            (200, 0, "issued"),
            (409, 1, "expired"),
            (412, 1, "expired"),
        }


def test_every_order_of_a_crowd_has_its_events_without_a_gap(town):
    (where,) = enterprises(town, 1)
    staffs = [town.safety, town.fire] * 10
    race(*[draft_and_submit(town, staff, where) for staff in staffs])
    versions: dict[str, list[int]] = {}
    for _, version, payload in town.told():
        versions.setdefault(payload["order_id"], []).append(version)
    assert len(versions) == len(staffs)
    assert all(seen == list(range(1, len(seen) + 1)) for seen in versions.values())
