"""Joining and splitting against whatever else may happen to the orders. Real threads, many rounds, one winner."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.builders.arrival import a_credential, arrives, inspector_of
from tests.builders.inspection import a_town
from tests.builders.joint import at_places, proposals_for

ROUNDS = 100


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


@pytest.fixture
def race():
    """Two threads for all rounds; their answers in order."""
    with ThreadPoolExecutor(2) as pool:

        def run(*calls):
            start = Barrier(len(calls))

            def go(call):
                start.wait()
                return call()

            return [answer.result() for answer in [pool.submit(go, call) for call in calls]]

        yield run


def accepts(town, proposal, staff):
    path = f"/join-proposals/{proposal.proposal_id}/accept"
    return lambda: town.call("POST", path, staff.clerk, json={"round": 1})


def cancels(town, order, staff):
    path = f"/orders/{order['order_id']}/cancel"
    return lambda: town.call("POST", path, staff.clerk, order["version"], json={"reason": "撤销"})


def outcome(*answers):
    return tuple(answer.json.get("code", answer.status_code) for answer in answers)


def state(town, proposal):
    with town.pool.connection() as connection:
        return connection.execute(
            "SELECT state, joint_order_id FROM join_proposal WHERE proposal_id = %s", (proposal.proposal_id,)
        ).fetchone()


def without_gaps(town, *orders):
    for order in orders:
        versions = [version for _, version, _ in town.told(order)]
        assert versions == list(range(order["version"] + 1, order["version"] + 1 + len(versions)))


def test_an_acceptance_that_races_the_cancellation_of_either_order_has_one_winner(town, race):
    """Whichever order is cancelled: the one that becomes the joint order, or the one that is taken in."""
    ends = Counter()
    rounds = at_places(town, [town.drafted(), town.submitted(town.fire)], ROUNDS)
    proposals = proposals_for(town, rounds)
    for number, (orders, proposal) in enumerate(zip(rounds, proposals, strict=True)):
        accepts(town, proposal, town.safety)()
        which = number % 2
        loser_may = (town.safety, town.fire)[which]
        accepted, cancelled = race(
            accepts(town, proposal, town.fire), cancels(town, orders[which], loser_may)
        )
        ends[outcome(accepted, cancelled)] += 1
        end = town.read(orders[which])["state"]
        if accepted.status_code == 200:
            assert accepted.json["state"] == "joined"
            assert end == ("drafted", "absorbed")[which]
        else:
            assert (end, state(town, proposal)["state"]) == ("cancelled", "lapsed")
            assert accepted.json["moved_on"] == [orders[which]["order_id"]]
            assert town.read(orders[1 - which])["state"] in ("drafted", "submitted"), "left as it was"
        without_gaps(town, *orders)
    print(dict(ends))
    assert set(ends) <= {(200, "stale_version"), (200, "wrong_state"), ("proposal_lapsed", 200)}


def test_two_acceptances_at_once_both_count_and_the_orders_are_joined_once(town, race):
    rounds = at_places(town, [town.submitted(), town.submitted(town.fire)], ROUNDS)
    for orders, proposal in zip(rounds, proposals_for(town, rounds), strict=True):
        answers = race(accepts(town, proposal, town.safety), accepts(town, proposal, town.fire))
        assert outcome(*answers) == (200, 200)
        assert sorted(answer.json["state"] for answer in answers) == ["joined", "open"]
        joined = [e for order in orders for e, *_ in town.told(order) if e == "order.joined.v1"]
        assert len(joined) == 1


def test_one_agency_that_accepts_twice_at_once_accepts_once(town, race):
    rounds = at_places(town, [town.submitted(), town.submitted(town.fire)], ROUNDS)
    for proposal in proposals_for(town, rounds):
        answers = race(accepts(town, proposal, town.fire), accepts(town, proposal, town.fire))
        assert sorted(map(str, outcome(*answers))) == ["200", "already_accepted"]
        assert state(town, proposal)["state"] == "open"


def test_an_acceptance_that_races_a_revision_joins_what_was_proposed_or_nothing(town, race):
    ends = Counter()
    rounds = at_places(town, [town.drafted(), town.submitted(town.fire)], ROUNDS)
    for (mine, theirs), proposal in zip(rounds, proposals_for(town, rounds), strict=True):
        accepts(town, proposal, town.safety)()
        where = {name: mine[name] for name in ("enterprise_id", "premises_id")}
        body = town.a_draft(on_site_reason="另一理由", **where)
        path = f"/orders/{mine['order_id']}"
        accepted, revised = race(
            accepts(town, proposal, town.fire),
            lambda path=path, body=body, v=mine["version"]: town.call(
                "PUT", path, town.safety.clerk, v, json=body
            ),
        )
        ends[outcome(accepted, revised)] += 1
        joined = accepted.status_code == 200
        assert town.read(mine)["on_site_reason"] == (mine["on_site_reason"] if joined else "另一理由")
        assert town.read(theirs)["state"] == ("absorbed" if joined else "submitted")
        without_gaps(town, mine, theirs)
    print(dict(ends))
    assert set(ends) <= {(200, "stale_version"), ("proposal_lapsed", 200)}


def test_a_split_that_races_the_entry_of_those_who_leave_has_one_winner(town, race):
    ends = Counter()
    host, guest = town.issued(), town.issued(town.fire)
    joint = town.joins(town.read(host), town.read(guest)).json
    people = [inspector_of(town.fire), inspector_of(town.fire, 1)]
    for orders in at_places(town, [joint, town.read(guest)], ROUNDS):
        code = a_credential(town, people[1])
        body = {"order_id": orders[1]["order_id"], "reason": "分开"}
        path = f"/orders/{orders[0]['order_id']}/split"
        entered, split = race(
            lambda order=orders[0], code=code: arrives(
                town, order, people[0], (code,), premises_code=order["plate"]
            ),
            lambda path=path, body=body: town.call("POST", path, town.fire.head, json=body),
        )
        ends[outcome(entered, split)] += 1
        won = entered.status_code == 201
        assert town.read(orders[0])["state"] == ("entered" if won else "issued")
        assert town.read(orders[1])["state"] == ("absorbed" if won else "drafted")
        assert len(town.read(orders[0])["agencies"]) == (2 if won else 1)
        without_gaps(town, orders[0])
    print(dict(ends))
    assert set(ends) <= {(201, "wrong_state"), ("entry_refused", 200)}


def test_two_proposals_for_one_order_at_once_leave_one(town, race):
    for orders in at_places(town, [town.submitted(), town.submitted(town.fire)], ROUNDS):
        body = {"orders": [order["order_id"] for order in orders]}
        answers = race(
            lambda body=body: town.call("POST", "/join-proposals", town.safety.clerk, json=body),
            lambda body=body: town.call("POST", "/join-proposals", town.fire.clerk, json=body),
        )
        assert sorted(map(str, outcome(*answers))) == ["201", "already_proposed"]
