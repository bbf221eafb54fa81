"""Two phones, one order; an entry against a cancellation; an entry against the clock. Real threads, many rounds."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.inspection.orders.commands import expire_due
from tests.builders.arrival import a_credential, arrives, copies, inspector_of
from tests.builders.inspection import a_town, today

ROUNDS = 100


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def at_once(*calls):
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as phones:
        return [answer.result() for answer in [phones.submit(run, call) for call in calls]]


def events_of(town, order):
    """Told since the order was issued; their versions go up by one."""
    told = [(event, version) for event, version, _ in town.told(order)]
    assert [version - order["version"] for _, version in told] == list(range(1, len(told) + 1))
    return [event for event, _ in told]


def test_two_phones_entering_one_order_make_one_entry(town):
    one, two = inspector_of(town.safety), inspector_of(town.safety, 1)
    for order in copies(town, town.issued(), ROUNDS):
        of_one, of_two = (a_credential(town, who) for who in (one, two))
        answers = at_once(
            lambda order=order, code=of_two: arrives(town, order, one, (code,)),
            lambda order=order, code=of_one: arrives(town, order, two, (code,), device_id="another-phone"),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 201]
        assert len({answer.json["entry_id"] for answer in answers}) == 1
        assert events_of(town, order) == ["entry.made.v1"]


def test_an_entry_and_a_cancellation_have_one_winner(town):
    one = inspector_of(town.safety)
    outcomes = Counter()
    for order in copies(town, town.issued(), ROUNDS):
        code = a_credential(town, inspector_of(town.safety, 1))
        path = f"/orders/{order['order_id']}/cancel"
        entry, cancel = at_once(
            lambda order=order, code=code: arrives(town, order, one, (code,)),
            lambda path=path: town.call("POST", path, town.safety.clerk, json={"reason": "企业停产"}),
        )
        outcomes[(entry.status_code, cancel.status_code)] += 1
        won = "entry.made.v1" if entry.status_code == 201 else "order.cancelled.v1"
        assert events_of(town, order) == [won]
        lost = cancel if entry.status_code == 201 else entry
        assert lost.json["code"] in ("wrong_state", "entry_refused")
    assert set(outcomes) <= {(201, 409), (409, 200)}


def test_an_entry_brought_late_counts_whatever_the_clock_does(town):
    """The window ended twelve days ago: the clock lets go of the order just as the phone finds its signal. Whoever is
    first, the entry was made in time; what the order went through is told in its order, without a gap."""
    one, then = inspector_of(town.safety), clock.now() - timedelta(days=13)
    late = {"online": False, "offline_reason": "井下无信号", "device_time": then.isoformat()}
    window = {"starts_on": today() - timedelta(days=20), "ends_on": today() - timedelta(days=12)}
    for order in copies(town, town.issued(), ROUNDS, issued_at=then, **window):
        code = a_credential(
            town, inspector_of(town.safety, 1), valid_from=then, valid_until=then + timedelta(seconds=30)
        )
        entry, _ = at_once(
            lambda order=order, code=code: arrives(town, order, one, (code,), **late), lambda: expire(town)
        )
        assert entry.status_code == 201, entry.json
        assert "late" in entry.json["flags"]
        assert events_of(town, order) in (["entry.made.v1"], ["order.expired.v1", "entry.made.v1"])
        assert town.read(order)["state"] == "entered"


def expire(town):
    with UnitOfWork(town.pool, "/inspection") as uow:
        expire_due(uow, today(), backfill_days=10)
        uow.commit()
