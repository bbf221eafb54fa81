"""Real threads on a real database: heads, phones, enterprises and the clock at one order, hundreds of times over."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest

from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.inspection.orders.commands import expire_due, tell_overdue
from tests.builders.arrival import a_credential, copies, inspector_of
from tests.builders.inspection import today
from tests.builders.life import a_door, a_shared_town

ROUNDS = 100


@pytest.fixture(scope="module")
def town(postgres, tmp_path_factory):
    with a_shared_town(postgres, tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture
def door(town):
    return a_door(town)


@pytest.fixture(scope="module")
def phones():
    with ThreadPoolExecutor(4) as pool:
        yield pool


@pytest.fixture
def race(phones):
    """Start all at the same moment; their answers in order."""

    def at_once(*calls):
        start = Barrier(len(calls))

        def run(call):
            start.wait()
            return call()

        return [answer.result() for answer in [phones.submit(run, call) for call in calls]]

    return at_once


def new_events(town, order):
    """Told since the order was read; their versions go up by one."""
    told = [(event, version) for event, version, _ in town.told(order)]
    assert [version - order["version"] for _, version in told] == list(range(1, len(told) + 1)), told
    return [event for event, _ in told]


def entry(town, door, order):
    code = a_credential(town, inspector_of(town.safety, 1))
    return lambda: door.arrives(order, codes=(code,))


def post(town, order, action, by, **body):
    path = f"/orders/{order['order_id']}/{action}"
    return lambda: town.call("POST", path, by, json=body)


def pending(town, door, count):
    """Urgent orders that were entered and wait for the head's word."""
    order = door.urgent()
    door.enters(order)
    read = town.read(order)
    entered = {"ratification": "pending", "ratify_by": clock.now() + timedelta(hours=1)}
    return copies(town, read, count, **entered)


def doors(town, count):
    return [a_door(town) for _ in range(count)]


def at(town, order, door):
    """The same order at another enterprise: orders at one door would be each other's duplicates."""
    (copy,) = copies(town, order, 1, **{name: UUID(value) for name, value in door.where.items()})
    return copy


def test_one_order_approved_twice_is_approved_once(town, door, race):
    submitted = town.submitted(**door.where)
    for order in [at(town, submitted, here) for here in doors(town, ROUNDS)]:
        answers = race(*[lambda order=order: town.does("approve", order, town.safety.head)] * 2)
        assert sorted(answer.status_code for answer in answers) == [200, 412]
        loser = next(answer for answer in answers if answer.status_code == 412)
        assert loser.json["current_version"] == order["version"] + 1
        assert new_events(town, order) == ["order.approved.v1"]


def test_two_phones_entering_one_urgent_order_make_one_entry(town, door, race):
    one, two = inspector_of(town.safety), inspector_of(town.safety, 1)
    for order in copies(town, door.urgent(), ROUNDS):
        codes = [a_credential(town, who) for who in (two, one)]
        answers = race(
            *[
                lambda order=order, by=by, code=code: door.arrives(order, by, codes=(code,))
                for by, code in zip((one, two), codes, strict=True)
            ]
        )
        assert sorted(answer.status_code for answer in answers) == [200, 201]
        assert len({answer.json["entry_id"] for answer in answers}) == 1
        assert new_events(town, order).count("entry.made.v1") == 1


def test_a_ratification_and_a_disapproval_have_one_winner(town, door, race):
    outcomes = Counter()
    for order in pending(town, door, ROUNDS):
        answers = race(
            post(town, order, "ratify", town.safety.head),
            post(town, order, "disapprove", town.safety.head, reason="不符"),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        loser = next(answer for answer in answers if answer.status_code == 409)
        assert loser.json["code"] == "wrong_state"
        assert "ratify" not in loser.json["allowed"]
        (said,) = new_events(town, order)
        won = "ratified" if answers[0].status_code == 200 else "disapproved"
        assert said == f"order.{won}.v1"
        outcomes[won] += 1
    print(dict(outcomes))


def test_a_ratification_and_the_clock_tell_one_story(town, door, race):
    """The timer runs out as the head says yes: either it was in time, or it was late and both are told."""

    def tell():
        with UnitOfWork(town.pool, "/inspection") as uow:
            told = tell_overdue(uow, clock.now() + timedelta(hours=2))
            uow.commit()
        return told

    outcomes = Counter()
    for order in pending(town, door, ROUNDS):
        ratified, _ = race(post(town, order, "ratify", town.safety.head), tell)
        assert ratified.status_code == 200, ratified.json
        events = new_events(town, order)
        assert events in (["order.ratified.v1"], ["deadline.passed.v1", "order.ratified.v1"])
        outcomes[len(events)] += 1
    print(dict(outcomes))


def test_a_refusal_and_an_entry_know_of_each_other(town, door, race):
    """Whoever is first: an entry after a refusal says so, a refusal after the entry is told where to complain."""
    outcomes = Counter()
    orders = copies(town, door.issued(), ROUNDS)
    for order in orders:
        code = town.call("GET", f"/orders/{order['order_id']}/code", town.safety.clerk).json["token"]
        refused, entered = race(
            lambda code=code: town.call("POST", f"/codes/{code}/refusal", json={"ground": "no_credential"}),
            entry(town, door, order),
        )
        assert entered.status_code == 201, entered.json
        first = "after_refusal" in entered.json["flags"]
        assert refused.status_code == (201 if first else 409), refused.json
        if not first:
            assert refused.json["code"] == "already_inside"
        assert new_events(town, order) == ["entry.made.v1"]
        outcomes["refusal" if first else "entry"] += 1
    print(dict(outcomes))
    refusals = [p for event, _, p in town.told() if event == "visit.refused.v1"]
    mine = {order["order_id"] for order in orders}
    assert sum(refusal["order_id"] in mine for refusal in refusals) == outcomes["refusal"]


def test_the_same_refusal_from_many_phones_is_one_with_one_receipt(town, door, race):
    for order in copies(town, door.issued(), ROUNDS // 4):
        code = town.call("GET", f"/orders/{order['order_id']}/code", town.safety.clerk).json["token"]
        tap = lambda code=code: town.call("POST", f"/codes/{code}/refusal", json={"ground": "no_code"})  # noqa: E731
        answers = race(*[tap] * 4)
        assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
        assert len({answer.json["receipt_id"] for answer in answers}) == 1


def test_without_a_code_many_phones_at_one_door_make_one_refusal(town, race):
    for _ in range(ROUNDS // 4):
        path = f"/premises-codes/{a_door(town).plate}/refusal"
        answers = race(*[lambda path=path: town.call("POST", path, json={})] * 4)
        assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
        assert len({answer.json["receipt_id"] for answer in answers}) == 1


def test_a_cancellation_and_an_urgent_entry_have_one_winner(town, door, race):
    outcomes = Counter()
    for order in copies(town, door.urgent(), ROUNDS):
        entered, cancelled = race(
            entry(town, door, order), post(town, order, "cancel", town.safety.clerk, reason="误报")
        )
        assert (entered.status_code, cancelled.status_code) in {(201, 409), (409, 200)}
        loser = cancelled if entered.status_code == 201 else entered
        assert loser.json["code"] in ("wrong_state", "entry_refused")
        events = [event for event in new_events(town, order) if event != "duplicate.found.v1"]
        assert events == ["entry.made.v1" if entered.status_code == 201 else "order.cancelled.v1"]
        outcomes[events[0]] += 1
    print(dict(outcomes))


def test_a_replacement_and_an_entry_have_one_winner(town, door, race):
    """Either the old pair is inside, or one of them was replaced and stays out."""
    gone, spare = town.safety.inspectors[1], town.fire.inspectors[0]
    with town.pool.connection() as connection:
        connection.execute(
            "UPDATE inspector SET agency_id = %s, scope = '{emergency}' WHERE inspector_id = %s",
            (town.safety.agency_id, spare.inspector_id),
        )
    issued = door.issued()
    for here in doors(town, ROUNDS):
        order = at(town, issued, here)
        body = {"replaced": str(gone.inspector_id), "replacement": str(spare.inspector_id), "reason": "生病"}
        replaced, entered = race(
            post(town, order, "inspectors/replace", town.safety.head, **body), entry(town, here, order)
        )
        assert (replaced.status_code, entered.status_code) in {(200, 409), (409, 201)}
        if replaced.status_code == 409:
            assert replaced.json["code"] == "wrong_state"
        else:
            assert entered.json["reason"] == "not_on_order"


def test_an_entry_and_the_clock_have_one_winner(town, door, race):
    """The clock has run past the window and the days of grace as they stand at the gate."""
    far = today() + timedelta(days=30)

    def expire(order):
        with UnitOfWork(town.pool, "/inspection") as uow:
            expire_due(uow, far, backfill_days=10, limit=1)
            uow.commit()

    outcomes = Counter()
    for order in copies(town, door.issued(), ROUNDS):
        entered, _ = race(entry(town, door, order), lambda order=order: expire(order))
        events = new_events(town, order)
        assert events == (["entry.made.v1"] if entered.status_code == 201 else ["order.expired.v1"])
        outcomes[entered.status_code] += 1
        with town.pool.connection() as connection:
            connection.execute(
                "UPDATE orders SET state = 'cancelled' WHERE order_id = %s AND open",
                (UUID(order["order_id"]),),
            )
    print(dict(outcomes))


def test_two_rechecks_of_one_rectification_close_it_once(town, door, race):
    first = town.read(door.rectifying())
    state = {"result": "order_rectification", "rectification_due_on": today() + timedelta(days=7)}
    body = {"mode": "remote", "passed": True, "note": "看照片"}
    for order in copies(town, first, ROUNDS // 2, **state):
        with town.pool.connection() as connection:
            connection.execute(
                "INSERT INTO record SELECT %s, made_by, name, made_at, statement, signed_by, refusal_reason, "
                "witness FROM record WHERE order_id = %s",
                (order["order_id"], first["order_id"]),
            )
        answers = race(*[post(town, order, "recheck", inspector_of(town.safety), **body)] * 2)
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        assert new_events(town, order) == ["order.closed.v1"]
