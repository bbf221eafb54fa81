"""The tables of the embedded log: appending to partitions and reading from them. See ADR 10."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.rows import TupleRow, dict_row
from psycopg.types.json import Jsonb

from events.errors import Disconnected
from events.transports.partitioning import partition_of, partitions_of
from events.wire import Message, Partition, Record

CHANNEL = "event_log"
_KEEPALIVE = "-c timezone=UTC -c jit=off -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5"

Connection = psycopg.Connection[TupleRow]


def connect(url: str) -> Connection:
    try:
        return psycopg.connect(
            url, autocommit=True, options=_KEEPALIVE, application_name="yicha-events", connect_timeout=10
        )
    except psycopg.OperationalError as error:
        raise Disconnected(str(error)) from error


def create_topics(connection: Connection, topics: Sequence[str]) -> None:
    places = partitions_of([str(topic) for topic in topics])
    connection.execute(
        """
        INSERT INTO partitions (topic, number) SELECT * FROM unnest(%(topics)s::text[], %(numbers)s::int[])
        ON CONFLICT DO NOTHING
        """,
        {"topics": [place.topic for place in places], "numbers": [place.number for place in places]},
    )


@contextmanager
def or_disconnected() -> Generator[None, None, None]:
    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise Disconnected(str(error)) from error


def append(connection: Connection, messages: Sequence[Message]) -> None:
    """Take offsets under the partitions' row locks, in one order everywhere so that producers cannot deadlock."""
    places = [Partition(message.topic, partition_of(message.key or b"")) for message in messages]
    counts = Counter(places)
    following = _lock(connection, sorted(counts))
    offsets: list[int] = []
    for place in places:
        offsets.append(following[place])
        following[place] += 1
    connection.execute(
        _INSERT,
        {
            "topics": [place.topic for place in places],
            "partitions": [place.number for place in places],
            "offsets": offsets,
            "keys": [message.key for message in messages],
            "headers": [
                Jsonb({name: value.decode(errors="replace") for name, value in message.headers.items()})
                for message in messages
            ],
            "values": [message.value for message in messages],
            "moved_topics": [place.topic for place in counts],
            "moved_partitions": [place.number for place in counts],
            "next_offsets": [following[place] for place in counts],
            "channel": CHANNEL,
        },
    )


def _lock(connection: Connection, places: Sequence[Partition]) -> dict[Partition, int]:
    rows = connection.execute(
        """
        SELECT p.topic, p.number, p.next_offset FROM partitions p
          JOIN unnest(%(topics)s::text[], %(numbers)s::int[]) AS wanted (topic, number)
            ON p.topic = wanted.topic AND p.number = wanted.number
         ORDER BY p.topic, p.number FOR UPDATE OF p
        """,
        {"topics": [place.topic for place in places], "numbers": [place.number for place in places]},
    )
    return {Partition(topic, number): next_offset for topic, number, next_offset in rows}


_INSERT = """
WITH inserted AS (
    INSERT INTO records (topic, partition, "offset", key, headers, value)
    SELECT * FROM unnest(%(topics)s::text[], %(partitions)s::int[], %(offsets)s::bigint[],
                         %(keys)b::bytea[], %(headers)b::jsonb[], %(values)b::bytea[])
), moved AS (
    UPDATE partitions p SET next_offset = after.next_offset
      FROM unnest(%(moved_topics)s::text[], %(moved_partitions)s::int[], %(next_offsets)s::bigint[])
           AS after (topic, number, next_offset)
     WHERE p.topic = after.topic AND p.number = after.number
)
SELECT pg_notify(%(channel)s, '')
"""


def read(connection: Connection, following: dict[Partition, int], limit: int) -> list[Record]:
    """From these offsets on, which are moved; a fair part of each partition."""
    if not following:
        return []
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            """
            SELECT found.* FROM unnest(%(topics)s::text[], %(numbers)s::int[], %(offsets)s::bigint[])
                   AS ours (topic, number, next_offset)
             CROSS JOIN LATERAL (
                   SELECT r.topic, r.partition, r."offset", r.key, r.headers, r.value FROM records r
                    WHERE r.topic = ours.topic AND r.partition = ours.number
                      AND r."offset" >= ours.next_offset
                    ORDER BY r."offset" LIMIT %(each)s) AS found
            """,
            {
                "topics": [place.topic for place in following],
                "numbers": [place.number for place in following],
                "offsets": list(following.values()),
                "each": max(1, limit // len(following)),
            },
        ).fetchall()
    records = [_record(row) for row in rows]
    for record in records:
        following[record.place] = record.offset + 1
    return records


def wait_for_hint(connection: Connection, seconds: float) -> None:
    for _ in connection.notifies(timeout=seconds, stop_after=1):
        pass


def _record(row: Mapping[str, Any]) -> Record:
    headers = {name: value.encode() for name, value in row["headers"].items()}
    return Record(row["topic"], row["partition"], row["offset"], row["key"], headers, row["value"])
