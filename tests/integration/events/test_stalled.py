"""A consumer that gets nothing although something waits says so and ends, to be started again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

import pytest
from psycopg_pool import ConnectionPool

from events import consumer as loop
from events.consumer import Consumer
from events.errors import Disconnected, Stalled
from events.transports.memory import MemoryTransport
from events.wire import Partition, Record
from services.chassis.ids import new_id
from tests.builders.events import a_message, a_step
from tests.integration.events.conftest import Effects
from yicha_cli.loops import Crew, Loop

PLACE = Partition("yicha.inspection", 0)
QUIET = 0.4


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(loop, "STALLED_SECONDS", QUIET)
    monkeypatch.setattr(loop, "MEASURE_SECONDS", 0.02)
    monkeypatch.setattr(loop, "BACKOFF_SECONDS", 0.02)
    monkeypatch.setattr(loop, "LONGEST_BACKOFF_SECONDS", 0.02)


@pytest.fixture
def effects(database):
    return Effects(database.url("oversight"))


@pytest.fixture
def pool(effects):
    with ConnectionPool(effects.url, min_size=1, open=True) as pool:
        yield pool


class Reader:
    """A road of which the test says what it gives and how much waits."""

    def __init__(self, give: Callable[[], Sequence[Record]], lag: Callable[[], dict[Partition, int]]) -> None:
        self._give = give
        self.lag = lag

    def poll(self, seconds, limit):
        time.sleep(0.01)
        return self._give()

    def commit(self, offsets):
        pass

    def rewind(self, records):
        pass

    def wait(self, seconds, stop):
        stop.wait(seconds)

    def close(self):
        pass


class Road(MemoryTransport):
    def __init__(self, give=list, waiting=0, lag=None):
        super().__init__()
        self._reader = Reader(give, lag or (lambda: {PLACE: waiting}))

    def consumer(self, group, topics):
        return self._reader


def works_on(effects, pool, road, seconds=QUIET * 4):
    """Runs the consumer; answers normally when it had to be stopped."""
    stop = threading.Event()
    timer = threading.Timer(seconds, stop.set)
    timer.start()
    try:
        Consumer(effects.subscription(), pool, road).run(stop)
    finally:
        timer.cancel()
        timer.join()
    assert stop.is_set()


def a_record(offset):
    message = a_message(a_step(new_id()))
    return Record(message.topic, 0, offset, message.key, message.headers, message.value)


def test_records_that_wait_and_never_come_end_it(effects, pool):
    with pytest.raises(Stalled, match="3 records wait"):
        works_on(effects, pool, Road(waiting=3), seconds=30)


def test_nothing_to_do_is_not_being_stalled(effects, pool):
    works_on(effects, pool, Road(waiting=0))


def test_a_lag_that_never_ends_is_none_while_records_come(effects, pool):
    offsets = iter(range(10**6))
    works_on(effects, pool, Road(lambda: [a_record(next(offsets))], waiting=1000))


def test_a_batch_that_takes_long_is_progress(effects, pool):
    """The lag is measured after it: it must not be taken for the time in which nothing came."""

    def slowly(_):
        time.sleep(QUIET * 1.5)

    effects.refuse = slowly
    offsets = iter(range(10**6))
    works_on(effects, pool, Road(lambda: [a_record(next(offsets))], waiting=1000))


def test_a_loop_is_alive_while_it_applies_a_batch(effects, pool):
    stop, seen = threading.Event(), []

    def look(_):
        seen.append(consumer.alive(within=0.0))
        stop.set()

    effects.refuse = look
    consumer = Consumer(effects.subscription(), pool, Road(lambda: [a_record(0)]))
    consumer.run(stop)
    assert seen == [True]
    assert not consumer.alive(within=0.0)


def test_a_lag_after_a_long_idle_time_is_given_its_own_time(effects, pool, monkeypatch):
    """Of which it had nothing yet when it is first seen."""
    patient = QUIET * 5
    monkeypatch.setattr(loop, "STALLED_SECONDS", patient)
    begun, stop = time.monotonic(), threading.Event()

    def lag():
        if time.monotonic() - begun > patient * 1.2:
            stop.set()
        return {PLACE: int(stop.is_set())}

    Consumer(effects.subscription(), pool, Road(lag=lag)).run(stop)


def test_a_road_that_is_away_is_waited_for(effects, pool):
    def away():
        raise Disconnected("away")

    works_on(effects, pool, Road(away, waiting=3))
    works_on(effects, pool, Road(lag=away))


def test_one_loop_that_falls_takes_the_worker_along(effects, pool):
    """The process ends, is seen, and is started again."""
    stop = threading.Event()
    fallen = Consumer(effects.subscription(), pool, Road(waiting=3))
    crew = Crew(
        [
            Loop("fallen", fallen.run, fallen.alive),
            Loop("other", lambda stop: stop.wait(60) and None, lambda: True),
        ],
        stop,
    )
    crew.start()
    assert stop.wait(90), "nobody asked the others to stop"
    crew.join(60)
    assert crew.failed
