"""The embedded road: a log in Postgres with Kafka's ideas (partitions, offsets, groups) and none of its servers.

A group shares partitions by session advisory locks, held by the same connection that commits the offsets: when
a member dies its locks go with its connection at once, and one that lost its connection can commit nothing.
"""

from __future__ import annotations

import hashlib
import threading
import time
import zlib
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from psycopg.rows import TupleRow, dict_row
from psycopg.types.json import Jsonb

from events.errors import Disconnected
from events.transports.partitioning import partition_of, partitions_of, share
from events.transports.refusal import refusal
from events.wire import Message, Partition, Record

CHANNEL = "event_log"
REBALANCE_SECONDS = 0.5
_KEEPALIVE = "-c timezone=UTC -c jit=off -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5"

Connection = psycopg.Connection[TupleRow]


class PostgresTransport:
    def __init__(self, url: str) -> None:
        self._url = url

    def producer(self) -> PostgresProducer:
        return PostgresProducer(self._url)

    def consumer(self, group: str, topics: Sequence[str]) -> PostgresConsumer:
        return PostgresConsumer(self._url, group, topics)

    def browser(self, starts: Mapping[Partition, int]) -> PostgresBrowser:
        return PostgresBrowser(self._url, starts)

    def groups(self) -> list[str]:
        with connect(self._url) as connection:
            rows = connection.execute("SELECT DISTINCT consumer FROM group_offsets ORDER BY consumer")
            return [group for (group,) in rows]

    def create_topics(self, topics: Sequence[str]) -> None:
        with connect(self._url) as connection:
            create_topics(connection, topics)

    def ends(self, topics: Sequence[str]) -> dict[Partition, int]:
        return self._offsets(
            "SELECT topic, number, next_offset FROM partitions WHERE topic = ANY (%(topics)s::text[])",
            {"topics": list(topics)},
        )

    def positions(self, group: str, topics: Sequence[str]) -> dict[Partition, int]:
        return self._offsets(
            """
            SELECT topic, partition, next_offset FROM group_offsets
             WHERE consumer = %(group)s AND topic = ANY (%(topics)s::text[])
            """,
            {"group": group, "topics": list(topics)},
        )

    def _offsets(self, sql: LiteralString, params: Mapping[str, Any]) -> dict[Partition, int]:
        with connect(self._url) as connection:
            return {
                Partition(topic, number): offset for topic, number, offset in connection.execute(sql, params)
            }

    def close(self) -> None:
        pass


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
def _or_disconnected() -> Generator[None, None, None]:
    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise Disconnected(str(error)) from error


class PostgresProducer:
    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: Connection | None = None
        self._known: set[str] = set()

    def send(self, messages: Sequence[Message]) -> list[Exception | None]:
        """All that may be sent goes in one transaction, or none does."""
        answers = [refusal(message) for message in messages]
        accepted = [message for message, refusal in zip(messages, answers, strict=True) if refusal is None]
        try:
            with _or_disconnected():
                if accepted:
                    self._append(accepted)
        except Disconnected as error:
            self.close()
            return [answer or error for answer in answers]
        return answers

    def _append(self, messages: Sequence[Message]) -> None:
        connection = self._open({message.topic for message in messages})
        with connection.transaction():
            _insert(connection, messages)

    def _open(self, topics: set[str]) -> Connection:
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._url)
        if topics - self._known:
            create_topics(self._connection, sorted(topics - self._known))
            self._known |= topics
        return self._connection

    def close(self) -> None:
        if self._connection:
            self._connection.close()


def _insert(connection: Connection, messages: Sequence[Message]) -> None:
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


class PostgresConsumer:
    def __init__(self, url: str, group: str, topics: Sequence[str]) -> None:
        self._url = url
        self._group = group
        self._topics = [str(topic) for topic in topics]
        self._connection: Connection | None = None
        self._next: dict[Partition, int] = {}
        self._balanced_at = 0.0

    def poll(self, seconds: float, limit: int) -> list[Record]:
        deadline = time.monotonic() + seconds
        with _or_disconnected():
            while True:
                connection = self._open()
                self._rebalance(connection)
                if records := _read(connection, self._next, limit):
                    return records
                remaining = deadline - time.monotonic()
                if remaining <= 0:
                    return []
                _wait_for_hint(connection, min(remaining, REBALANCE_SECONDS))

    def _open(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._next.clear()
            self._balanced_at = 0.0
            self._connection = connect(self._url)
            create_topics(self._connection, self._topics)
            self._connection.execute(f"LISTEN {CHANNEL}")
            self._connection.execute(
                "SELECT pg_advisory_lock(%(group)s::int, pg_backend_pid())",
                {"group": _group_lock(self._group)},
            )
        return self._connection

    def _rebalance(self, connection: Connection) -> None:
        if time.monotonic() - self._balanced_at < REBALANCE_SECONDS:
            return
        ours = self._our_share(connection)
        for place in [place for place in self._next if place not in ours]:
            connection.execute(
                "SELECT pg_advisory_unlock(%(lock)s::bigint)", {"lock": _lock_of(self._group, place)}
            )
            del self._next[place]
        taken = [place for place in sorted(ours - self._next.keys()) if self._take(connection, place)]
        self._next |= self._committed(connection, taken)
        self._balanced_at = time.monotonic()

    def _our_share(self, connection: Connection) -> set[Partition]:
        rank, members = _one(
            connection,
            """
            SELECT count(*) FILTER (WHERE pid < pg_backend_pid()), count(*) FROM pg_locks
             WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid::bigint = %(group)s
               AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """,
            {"group": _group_lock(self._group)},
        )
        return share(partitions_of(self._topics), rank, members)

    def _take(self, connection: Connection, place: Partition) -> bool:
        (taken,) = _one(
            connection,
            "SELECT pg_try_advisory_lock(%(lock)s::bigint)",
            {"lock": _lock_of(self._group, place)},
        )
        return taken

    def _committed(self, connection: Connection, places: Sequence[Partition]) -> dict[Partition, int]:
        rows = connection.execute(
            "SELECT topic, partition, next_offset FROM group_offsets WHERE consumer = %(group)s",
            {"group": self._group},
        )
        known = {Partition(topic, number): offset for topic, number, offset in rows}
        return {place: known.get(place, 0) for place in places}

    def commit(self, offsets: Mapping[Partition, int]) -> None:
        connection = self._connection
        if connection is None or connection.closed or not offsets.keys() <= self._next.keys():
            raise Disconnected("the connection that held these partitions is gone")
        with _or_disconnected():
            connection.execute(
                """
                INSERT INTO group_offsets (consumer, topic, partition, next_offset)
                SELECT %(group)s, * FROM unnest(%(topics)s::text[], %(numbers)s::int[], %(offsets)s::bigint[])
                ON CONFLICT (consumer, topic, partition) DO UPDATE SET next_offset = excluded.next_offset
                """,
                {
                    "group": self._group,
                    "topics": [place.topic for place in offsets],
                    "numbers": [place.number for place in offsets],
                    "offsets": list(offsets.values()),
                },
            )

    def rewind(self, records: Sequence[Record]) -> None:
        for record in reversed(records):
            if record.place in self._next:
                self._next[record.place] = record.offset

    def wait(self, seconds: float, stop: threading.Event) -> None:
        stop.wait(seconds)

    def lag(self) -> dict[Partition, int]:
        with _or_disconnected():
            rows = self._open().execute(
                "SELECT topic, number, next_offset FROM partitions WHERE topic = ANY (%(topics)s::text[])",
                {"topics": self._topics},
            )
            ends = {Partition(topic, number): offset for topic, number, offset in rows}
        return {place: ends.get(place, 0) - start for place, start in self._next.items()}

    def close(self) -> None:
        if self._connection:
            self._connection.close()


def _read(connection: Connection, following: dict[Partition, int], limit: int) -> list[Record]:
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


class PostgresBrowser:
    def __init__(self, url: str, starts: Mapping[Partition, int]) -> None:
        self._connection = connect(url)
        self._connection.execute(f"LISTEN {CHANNEL}")
        self._next = dict(starts)

    def poll(self, seconds: float, limit: int) -> list[Record]:
        with _or_disconnected():
            found = _read(self._connection, self._next, limit)
            if not found:
                _wait_for_hint(self._connection, seconds)
                found = _read(self._connection, self._next, limit)
            return found

    def close(self) -> None:
        self._connection.close()


def _wait_for_hint(connection: Connection, seconds: float) -> None:
    for _ in connection.notifies(timeout=seconds, stop_after=1):
        pass


def _one(connection: Connection, sql: LiteralString, params: Mapping[str, Any]) -> TupleRow:
    row = connection.execute(sql, params).fetchone()
    assert row is not None
    return row


def _record(row: Mapping[str, Any]) -> Record:
    headers = {name: value.encode() for name, value in row["headers"].items()}
    return Record(row["topic"], row["partition"], row["offset"], row["key"], headers, row["value"])


def _group_lock(group: str) -> int:
    return zlib.crc32(group.encode()) & 0x7FFFFFFF


def _lock_of(group: str, place: Partition) -> int:
    digest = hashlib.sha256(f"{group}/{place.topic}/{place.number}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
