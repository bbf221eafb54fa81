"""Apply history again under a new group: to rebuild tables, compare them with the live ones, and swap.

From the topic while it keeps everything (registry, or a long retention), else from the ledgers: the outboxes of
the services that own the events. Both mark deliveries as replayed, so that nobody is notified twice; both may be
broken off and started again; afterwards an ordinary consumer of that group goes on from there.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from typing import Any, cast

import structlog
from psycopg import Connection
from psycopg.rows import class_row, scalar_row
from psycopg_pool import ConnectionPool

from events.consumer import Consumer
from events.intake import Intake
from events.outbox import COLUMNS, Row
from events.subscription import Subscription
from events.transports import Transport
from events.wire import Partition, Record

log = structlog.get_logger()
LEDGER = -1  # the partition of what comes from a ledger; its offset is the position there
PAGE = 1000


def from_topics(
    subscription: Subscription, pool: ConnectionPool[Any], transport: Transport, stop: threading.Event
) -> int:
    """Apply everything from the group's position to where the topics end now; answers how many records."""
    ends = transport.ends(subscription.topics)
    consumer = Consumer(
        subscription, pool, transport, replayed=lambda record: record.offset < ends.get(record.place, 0)
    )
    reader = transport.consumer(subscription.group, subscription.topics)
    taken = 0
    try:
        while not stop.is_set() and not _reached(transport, subscription, ends):
            taken += consumer.turn(reader, stop)
    finally:
        reader.close()
    log.info("replayed", consumer=subscription.group, records=taken)
    return taken


def _reached(transport: Transport, subscription: Subscription, ends: dict[Partition, int]) -> bool:
    positions = transport.positions(subscription.group, subscription.topics)
    return all(positions.get(place, 0) >= end for place, end in ends.items())


def from_ledgers(
    subscription: Subscription,
    pool: ConnectionPool[Any],
    ledgers: Sequence[Connection[Any]],
    stop: threading.Event,
) -> int:
    """Apply what the ledgers (connections to the owners' databases) have published on the group's topics.

    Order holds within an aggregate, not between services: the same as on the road.
    """
    intake = Intake(subscription, pool, replayed=lambda _: True)
    taken = 0
    for ledger in ledgers:
        for rows in pages(ledger, [str(topic) for topic in subscription.topics]):
            if stop.is_set():
                return taken
            intake.take([record_of(row) for row in rows])
            taken += len(rows)
    log.info("replayed", consumer=subscription.group, records=taken)
    return taken


def pages(ledger: Connection[Any], topics: Sequence[str]) -> Generator[list[Row], None, None]:
    """What is published now, in the ledger's order."""
    end = _end(ledger)
    position = 0
    while rows := _page(ledger, topics, position, end):
        yield rows
        position = rows[-1].position


def _end(ledger: Connection[Any]) -> int:
    with ledger.cursor(row_factory=scalar_row) as cursor:
        return cast("int", cursor.execute("SELECT coalesce(max(position), 0) FROM outbox").fetchone())


def _page(ledger: Connection[Any], topics: Sequence[str], after: int, end: int) -> list[Row]:
    with ledger.cursor(row_factory=class_row(Row)) as cursor:
        return cursor.execute(
            f"""
            SELECT {COLUMNS} FROM outbox
             WHERE position > %(after)s AND position <= %(end)s AND published_at IS NOT NULL
               AND aggregatetype = ANY (%(topics)s::text[])
             ORDER BY position LIMIT %(page)s
            """,
            {"after": after, "end": end, "topics": list(topics), "page": PAGE},
        ).fetchall()


def record_of(row: Row) -> Record:
    message = row.message()
    return Record(message.topic, LEDGER, row.position, message.key, message.headers, message.value)
