"""A rebuild by replay gives what is live, row by row; and takes its place while the live consumer goes on."""

import threading
import time
from random import Random
from zoneinfo import ZoneInfo

import pytest

from events.consumer import Consumer
from events.errors import Disconnected
from services.chassis.database import open_pool
from services.oversight.rebuild.commands import AlreadyRunning, rebuild
from services.oversight.rebuild.tables import PROJECTED, try_lock, unlock
from services.oversight.worker import subscriptions
from tests.builders.city import AnOrder
from tests.builders.events import garbage, messages
from tests.builders.year import a_year, interleaved
from tests.integration.events.conftest import ROADS, transport_for

CHINA = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def pool(database):
    pool = open_pool(database.url("oversight"), 6, "test")
    yield pool
    pool.close()


@pytest.fixture(params=ROADS)
def transport(request, database):
    transport = transport_for(request, database)
    yield transport
    transport.close()


@pytest.fixture
def producer(transport):
    producer = transport.producer()
    yield producer
    producer.close()


@pytest.fixture
def live(pool, transport):
    """Called, it brings the live consumer up to where the topics end."""
    subscription = subscriptions()[0]
    consumer = Consumer(subscription, pool, transport)
    reader = transport.consumer(subscription.group, subscription.topics)
    yield lambda: catch_up(consumer, reader, transport, subscription)
    reader.close()


def catch_up(consumer, reader, transport, subscription):
    ends = transport.ends(subscription.topics)
    deadline = time.monotonic() + 60
    while consumer.turn(reader, threading.Event(), seconds=0.05) or not reached(
        transport, subscription, ends
    ):
        assert time.monotonic() < deadline, "the live consumer does not come to the end"


def reached(transport, subscription, ends):
    try:
        positions = transport.positions(subscription.group, subscription.topics)
    except Disconnected:  # a broker that has just started has no coordinator yet
        return False
    return all(positions.get(place, 0) >= end for place, end in ends.items())


def rebuilt(pool, transport, *, accept_differences=False):
    return rebuild(pool, transport, CHINA, threading.Event(), accept_differences=accept_differences)


def count(pool, table):
    with pool.connection() as connection:
        return connection.execute(f"SELECT count(*) AS n FROM {table}").fetchone()["n"]


def test_the_rebuilt_rows_equal_the_live_ones_after_every_event_came_ten_times(
    pool, transport, producer, live
):
    sent = messages(interleaved(Random(7), a_year(Random(7), orders=40)))
    for _ in range(10):
        producer.send(sent)
    live()
    outcome = rebuilt(pool, transport)
    assert {one.table: (one.only_live, one.only_new) for one in outcome.differences} == dict.fromkeys(
        PROJECTED, (0, 0)
    )
    assert all(one.rows for one in outcome.differences)
    assert (outcome.swapped, outcome.unapplied) == (True, 0)


def test_after_the_swap_the_live_consumer_goes_on_with_its_prepared_statements(
    pool, transport, producer, live
):
    orders = [AnOrder().drafted().issued().entered() for _ in range(8)]
    for order in orders:  # psycopg prepares a statement on its sixth use
        producer.send(messages(order.events[:2]))
        live()
    assert rebuilt(pool, transport).swapped
    for order in orders:
        producer.send(messages(order.events[2:]))
        live()
    with pool.connection() as connection:
        assert connection.execute("SELECT sum(entered) AS n FROM daily").fetchone() == {"n": 8}
        assert connection.execute("SELECT count(*) AS n FROM dead_letters").fetchone() == {"n": 0}
    again = rebuilt(pool, transport)
    assert (again.equal, again.swapped) == (True, True)


def test_a_damaged_table_is_left_alone_until_one_accepts_the_difference(pool, transport, producer, live):
    producer.send(messages(AnOrder().issued().entered().events))
    live()
    with pool.connection() as connection:
        connection.execute("UPDATE daily SET entered = 40")
    outcome = rebuilt(pool, transport)
    [different] = [one for one in outcome.differences if not one.equal]
    assert (different.table, different.only_live, different.only_new) == ("daily", 1, 1)
    assert not outcome.swapped
    assert rebuilt(pool, transport, accept_differences=True).swapped
    with pool.connection() as connection:
        assert connection.execute("SELECT sum(entered) AS n FROM daily").fetchone() == {"n": 1}


def test_a_swap_ahead_of_the_live_consumer_counts_nothing_twice(pool, transport, producer, live):
    producer.send(messages(AnOrder().issued().entered().concluded().events))
    assert rebuilt(pool, transport, accept_differences=True).swapped
    live()
    with pool.connection() as connection:
        row = connection.execute("SELECT sum(inspections) AS i, sum(concluded) AS c FROM daily").fetchone()
    assert row == {"i": 1, "c": 1}


def test_a_rebuild_leaves_nothing_behind_and_tells_of_what_it_could_not_apply(
    pool, transport, producer, live
):
    producer.send([*messages(AnOrder().issued().events), garbage()])
    live()
    outcome = rebuilt(pool, transport)
    assert (outcome.unapplied, outcome.swapped) == (1, True)
    for table in ("inbox", "versions_seen", "dead_letters"):
        with pool.connection() as connection:
            left = connection.execute(
                f"SELECT count(*) AS n FROM {table} WHERE consumer LIKE 'oversight.rebuild%'"
            )
            assert left.fetchone() == {"n": 0}
    assert count(pool, "order_fact") == 1


def test_two_rebuilds_at_once_are_refused(pool, transport, producer, live):
    with pool.connection() as other:
        assert try_lock(other)
        with pytest.raises(AlreadyRunning):
            rebuilt(pool, transport)
        unlock(other)
    assert rebuilt(pool, transport).swapped
