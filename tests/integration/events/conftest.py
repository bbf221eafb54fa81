"""One service that emits, one that consumes, and a road between them: memory, Postgres or Kafka."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from events import dead_letters, outbox
from events.consumer import Apply, Consumer, Delivery, Subscription
from events.model import Event, Topic
from events.relay import Relay
from events.transports import Producer, Transport
from events.transports.memory import MemoryTransport
from events.transports.postgres import PostgresTransport
from services.chassis.ids import new_id

ROADS = ("memory", "postgres", pytest.param("kafka", marks=pytest.mark.xdist_group("kafka")))


def insert_effects(group: str) -> Apply:
    def apply(connection: psycopg.Connection[Any], deliveries: Sequence[Delivery]) -> None:
        connection.cursor().executemany(
            "INSERT INTO effect (consumer, subject, version, replayed) VALUES (%s, %s, %s, %s)",
            [
                (group, delivery.envelope.subject, delivery.envelope.version, delivery.replayed)
                for delivery in deliveries
            ],
        )

    return apply


def subscribe(group: str, apply: Apply, **changes: Any) -> Subscription:
    given = {"attempts": 2, "topics": (Topic.INSPECTION,)} | changes
    return Subscription(service="oversight", group=group, apply=apply, **given)


class Effects:
    """What a consumer did, in its own database. `refuse` makes it fail on chosen events."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.refuse: Callable[[Delivery], Exception | None] = lambda _: None
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                """
                CREATE TABLE effect (position bigint GENERATED ALWAYS AS IDENTITY, consumer text, subject uuid,
                                     version bigint, replayed boolean)
                """
            )

    def subscription(self, group: str | None = None, **changes: Any) -> Subscription:
        group = group or f"oversight-{new_id().hex}"
        insert = insert_effects(group)

        def apply(connection: psycopg.Connection[Any], deliveries: Sequence[Delivery]) -> None:
            for delivery in deliveries:
                if error := self.refuse(delivery):
                    raise error
            insert(connection, deliveries)

        return subscribe(group, apply, **changes)

    def versions(self, group: str, subject: UUID) -> list[int]:
        """In the order in which they took effect."""
        with psycopg.connect(self.url) as connection:
            rows = connection.execute(
                "SELECT version FROM effect WHERE consumer = %s AND subject = %s ORDER BY position",
                (group, subject),
            )
            return [version for (version,) in rows]

    def count(self, group: str) -> int:
        return self.ask("SELECT count(*) FROM effect WHERE consumer = %s", (group,))

    def dead(self, group: str, state: str = "open") -> list[dead_letters.DeadLetter]:
        with psycopg.connect(self.url) as connection:
            return dead_letters.listed(connection, consumer=group, state=state)

    def parked(self, group: str) -> int:
        return self.ask("SELECT count(*) FROM parked WHERE consumer = %s", (group,))

    def ask(self, sql: Any, params: tuple[Any, ...] = ()) -> Any:
        with psycopg.connect(self.url) as connection:
            row = connection.execute(sql, params).fetchone()
            return row[0] if row else None


class Road:
    def __init__(self, name: str, transport: Transport, database: Any) -> None:
        self.name = name
        self.transport = transport
        self.producer_url = database.url("inspection")
        self.effects = Effects(database.url("oversight"))
        self.pool = ConnectionPool(database.url("oversight"), min_size=1, max_size=8, open=True)

    def emit(self, *events: Event) -> None:
        with psycopg.connect(self.producer_url) as connection:
            outbox.append(connection, events, source="/inspection", correlation_id="a-test")

    def send(self, messages: Sequence[Any]) -> None:
        with self.producing() as producer:
            assert not any(producer.send(messages))

    @contextmanager
    def producing(self) -> Generator[Producer]:
        producer = self.transport.producer()
        try:
            yield producer
        finally:
            producer.close()

    @contextmanager
    def relaying(self) -> Generator[Relay]:
        relay = Relay(self.producer_url, self.transport, service="inspection")
        with running(relay.run):
            yield relay

    @contextmanager
    def consuming(self, subscription: Subscription) -> Generator[Consumer]:
        consumer = Consumer(subscription, self.pool, self.transport)
        with running(consumer.run):
            yield consumer

    def unpublished(self) -> int:
        with psycopg.connect(self.producer_url) as connection:
            row = connection.execute("SELECT count(*) FROM outbox WHERE published_at IS NULL").fetchone()
            return row[0] if row else 0


@contextmanager
def running(run: Callable[[threading.Event], None]) -> Generator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(90)
        assert not thread.is_alive(), "it does not stop"


def eventually(check: Callable[[], Any], seconds: float = 90.0) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, f"not within {seconds:g} s"
        time.sleep(0.05)


@pytest.fixture(params=ROADS)
def road(request: pytest.FixtureRequest, database: Any) -> Generator[Road]:
    road = Road(request.param, transport_for(request, database), database)
    yield road
    road.pool.close()


def transport_for(request: pytest.FixtureRequest, database: Any) -> Transport:
    if request.param == "memory":
        return MemoryTransport()
    if request.param == "postgres":
        return PostgresTransport(database.event_log_url)
    return empty_kafka(request.getfixturevalue("kafka").bootstrap)


def empty_kafka(bootstrap: str, replication: int = 1) -> Transport:
    """Only topics that hold something are made anew: making one costs the broker half a second."""
    from kafka import KafkaAdminClient

    from events.transports.kafka import KafkaTransport

    transport = KafkaTransport(bootstrap, replication=replication)
    admin = KafkaAdminClient(**transport.client)
    ours = [topic for topic in admin.list_topics() if topic.startswith("yicha.")]
    used = {place.topic for place, end in transport.ends(ours).items() if end}
    if used:
        admin.delete_topics(sorted(used))
        eventually(lambda: not used & set(admin.list_topics()))
    admin.close()
    transport.create_topics(list(Topic))
    return transport
