"""What only Kafka can do to us."""

import threading
import time

import psycopg
import pytest
from kafka import KafkaAdminClient

from events import outbox
from events.consumer import Consumer
from events.model import PARTITIONS, Topic
from events.transports import kafka as road_module
from events.transports.kafka import KafkaTransport
from services.chassis.ids import new_id
from tests.builders.events import a_life, a_message, a_step
from tests.integration.events.conftest import Road, empty_kafka, eventually, running

# After an outage kafka-python leaves the sockets of failed attempts to the garbage collector.
leaks = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
pytestmark = [leaks, pytest.mark.xdist_group("kafka")]


@pytest.fixture
def road(kafka, database):
    road = Road("kafka", empty_kafka(kafka.bootstrap), database)
    yield road
    road.pool.close()


def test_a_broker_away_for_twenty_seconds_delays_and_loses_nothing(road, kafka):
    orders = [new_id() for _ in range(5)]
    subscription = road.effects.subscription()
    lives = list(zip(*(a_life(order, 10) for order in orders), strict=True))
    with road.relaying() as relay, road.consuming(subscription) as consumer:
        road.emit(*lives[0])
        eventually(lambda: road.effects.count(subscription.group) == 5)
        kafka.kill(0)
        try:
            for steps in lives[1:]:
                road.emit(*steps)
                time.sleep(20 / 9)
            assert relay.alive()
            assert consumer.alive()
        finally:
            kafka.start(0)
        eventually(lambda: road.effects.count(subscription.group) == 50)
    for order in orders:
        assert road.effects.versions(subscription.group, order) == list(range(1, 11))
    assert road.effects.parked(subscription.group) == 0


def test_a_member_thrown_out_in_mid_batch_and_its_heir_count_once(road, monkeypatch):
    """It is too slow, its partitions go to another, and both apply the same batch at the same time."""
    monkeypatch.setitem(road_module._CONSUMER, "max_poll_interval_ms", 3_000)
    orders = [new_id() for _ in range(24)]
    subscription = road.effects.subscription()
    slow = threading.Event()

    def linger(_):
        if not slow.is_set():
            slow.set()
            time.sleep(8)

    road.effects.refuse = linger
    road.send([a_message(a_step(order, enterprise_id=order)) for order in orders])
    with road.consuming(subscription):
        assert slow.wait(90)
        with road.consuming(subscription):
            eventually(lambda: road.effects.count(subscription.group) == 24, 60)
            road.send([a_message(a_step(order, 2, enterprise_id=order)) for order in orders])
            eventually(lambda: road.effects.count(subscription.group) == 48, 60)
    for order in orders:
        assert road.effects.versions(subscription.group, order) == [1, 2]


def test_a_rebalance_in_mid_batch_counts_once(road):
    orders = [new_id() for _ in range(24)]
    subscription = road.effects.subscription(batch=4)
    road.effects.refuse = lambda _: time.sleep(0.05)
    stop = threading.Event()
    with road.consuming(subscription):
        for version in range(1, 6):
            road.send([a_message(a_step(order, version, enterprise_id=order)) for order in orders])
            with running(Consumer(subscription, road.pool, road.transport).run):
                stop.wait(1.0)
        eventually(lambda: road.effects.count(subscription.group) == 120, 90)
    for order in orders:
        assert road.effects.versions(subscription.group, order) == [1, 2, 3, 4, 5]


def recreate(bootstrap: str, topic: str, configs: dict[str, str]) -> None:
    admin = KafkaAdminClient(**KafkaTransport(bootstrap).client)
    admin.delete_topics([topic])
    eventually(lambda: topic not in admin.list_topics())
    shape = {"num_partitions": PARTITIONS, "replication_factor": 1, "configs": configs}
    admin.create_topics({str(topic): shape}, wait_for_metadata=True)
    admin.close()


def test_a_record_the_broker_refuses_blocks_its_key_alone(road, kafka):
    """The client fails every later send with the old error; innocent events must not be blocked for it."""
    recreate(kafka.bootstrap, Topic.INSPECTION, {"max.message.bytes": "2000"})
    large, free = new_id(), new_id()
    subscription = road.effects.subscription()
    with psycopg.connect(road.producer_url) as connection:
        (steps, others) = (a_life(large, 2), a_life(free, 3))
        outbox.append(connection, [steps[0]], source="/" + "x" * 5000, correlation_id="c")
        outbox.append(
            connection, [others[0], steps[1], *others[1:]], source="/inspection", correlation_id="c"
        )
    with road.relaying(), road.consuming(subscription):
        eventually(lambda: road.effects.versions(subscription.group, free) == [1, 2, 3], 60)
    assert road.effects.versions(subscription.group, large) == []
    assert road.unpublished() == 2
