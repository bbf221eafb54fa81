"""The relay's benchmark ships the events that its bare producer sends. How fast is not asked."""

import json
import threading
import time

import psycopg

from benchmarks import relay
from events.consumer import Consumer
from events.relay import Relay
from events.transports.memory import MemoryTransport
from services.chassis.database import open_pool
from services.oversight.worker import subscriptions

EVENTS = 30


def shipped(database, road):
    """In batches, so that there is a first and a last."""
    worker, producer = Relay(database.url("inspection"), road, batch=10), road.producer()
    with psycopg.connect(worker.url, autocommit=True) as connection:
        while worker.ship(connection, producer):
            pass


def projected(database, road):
    (subscription,) = subscriptions()
    with open_pool(database.url("oversight"), 2, "oversight") as pool:
        reader = road.consumer(subscription.group, subscription.topics)
        consumer = Consumer(subscription, pool, road)
        while consumer.turn(reader, threading.Event(), seconds=0.1):
            pass


def form(message):
    """What a message is made of, without what is said in it."""
    return message.topic, sorted(message.headers), sorted(json.loads(message.value))


def test_what_is_shipped_is_what_the_bare_producer_sends(database):
    road = MemoryTransport()
    relay.fill(database, EVENTS)
    assert (relay.unpublished(database), relay.visible(database)) == (EVENTS, 0)
    shipped(database, road)
    assert relay.unpublished(database) == 0
    assert relay.shipped_a_second(database, EVENTS) > 0
    ours = [record for records in road.records.values() for record in records]
    assert [form(message) for message in ours] == [form(relay.a_message()) for _ in range(EVENTS)]


def test_what_is_shipped_becomes_visible_to_its_reader(database):
    road, reader = MemoryTransport(), relay.Reader(database.url("oversight"))
    relay.fill(database, EVENTS)
    with psycopg.connect(database.url("inspection")) as connection:
        orders = connection.execute("SELECT aggregateid::uuid FROM outbox").fetchall()
    for (order_id,) in orders:
        reader.expect(order_id, time.monotonic())
    shipped(database, road)
    projected(database, road)
    assert reader.finish() == 0
    assert (len(reader.latencies), relay.visible(database)) == (EVENTS, EVENTS)
