"""History applied again, from the topics and from the ledgers, equals what is live."""

import threading

import psycopg
import pytest

from events import tail
from events.model import Topic
from events.replay import from_ledgers, from_topics
from services.chassis.ids import new_id
from tests.builders.events import a_life, a_step
from tests.integration.events.conftest import eventually

STOP = threading.Event()


def live(road, orders):
    subscription = road.effects.subscription()
    with road.relaying(), road.consuming(subscription):
        for order in orders:
            road.emit(*a_life(order, 4))
        eventually(lambda: road.effects.count(subscription.group) == 4 * len(orders))
    return subscription


@pytest.mark.parametrize("source", ["topics", "ledgers"])
def test_a_replay_equals_what_is_live(road, source):
    orders = [new_id() for _ in range(10)]
    lived = live(road, orders)
    again = road.effects.subscription()
    assert replay(road, again, source) == 40
    for order in orders:
        assert road.effects.versions(again.group, order) == road.effects.versions(lived.group, order)
    assert road.effects.ask("SELECT bool_and(replayed) FROM effect WHERE consumer = %s", (again.group,))
    assert not road.effects.ask("SELECT bool_or(replayed) FROM effect WHERE consumer = %s", (lived.group,))


@pytest.mark.parametrize("source", ["topics", "ledgers"])
def test_after_a_replay_the_group_goes_on_live(road, source):
    order = new_id()
    live(road, [order])
    again = road.effects.subscription()
    replay(road, again, source)
    with road.relaying(), road.consuming(again):
        road.emit(a_step(order, 5, enterprise_id=order))
        eventually(lambda: road.effects.versions(again.group, order) == [1, 2, 3, 4, 5])
    assert (
        road.effects.ask("SELECT count(*) FROM effect WHERE consumer = %s AND NOT replayed", (again.group,))
        == 1
    )


@pytest.mark.parametrize("source", ["topics", "ledgers"])
def test_a_replay_that_is_run_again_adds_nothing(road, source):
    live(road, [new_id()])
    again = road.effects.subscription()
    replay(road, again, source)
    replay(road, again, source)
    assert road.effects.count(again.group) == 4


def replay(road, subscription, source: str) -> int:
    if source == "topics":
        return from_topics(subscription, road.pool, road.transport, STOP)
    with psycopg.connect(road.producer_url, autocommit=True) as ledger:
        return from_ledgers(subscription, road.pool, [ledger], STOP)


def test_the_tail_shows_what_a_request_caused_and_nothing_else(road):
    with road.relaying():
        road.emit(*a_life(new_id(), 2))
        eventually(lambda: road.unpublished() == 0)
        mark = tail.now(road.transport, [Topic.INSPECTION])
        road.emit(a_step(order := new_id()))
        eventually(lambda: road.unpublished() == 0)
    seen = list(tail.since(road.transport, mark, correlation_id="a-test"))
    assert [one.envelope.subject for one in seen if one.envelope] == [str(order)]
    assert list(tail.since(road.transport, mark, correlation_id="another")) == []
    everything = tail.since(road.transport, tail.start(road.transport, [Topic.INSPECTION]))
    assert len(list(everything)) == 3
