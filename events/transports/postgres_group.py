"""A member of a group that reads the embedded log.

A group shares partitions by session advisory locks, held by the same connection that commits the offsets: when
a member dies its locks go with its connection at once, and one that lost its connection can commit nothing.
"""

from __future__ import annotations

import hashlib
import threading
import time
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

from psycopg.rows import TupleRow

from events.errors import Disconnected
from events.transports import postgres_log as log
from events.transports.partitioning import partitions_of, share
from events.transports.postgres_log import Connection, or_disconnected
from events.wire import Partition, Record

REBALANCE_SECONDS = 0.5


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
        with or_disconnected():
            while True:
                connection = self._open()
                self._rebalance(connection)
                if records := log.read(connection, self._next, limit):
                    return records
                remaining = deadline - time.monotonic()
                if remaining <= 0:
                    return []
                log.wait_for_hint(connection, min(remaining, REBALANCE_SECONDS))

    def _open(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._next.clear()
            self._balanced_at = 0.0
            self._connection = log.connect(self._url)
            log.create_topics(self._connection, self._topics)
            self._connection.execute(f"LISTEN {log.CHANNEL}")
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
        with or_disconnected():
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
        with or_disconnected():
            rows = self._open().execute(
                "SELECT topic, number, next_offset FROM partitions WHERE topic = ANY (%(topics)s::text[])",
                {"topics": self._topics},
            )
            ends = {Partition(topic, number): offset for topic, number, offset in rows}
        return {place: ends.get(place, 0) - start for place, start in self._next.items()}

    def close(self) -> None:
        if self._connection:
            self._connection.close()


def _one(connection: Connection, sql: LiteralString, params: Mapping[str, Any]) -> TupleRow:
    row = connection.execute(sql, params).fetchone()
    assert row is not None
    return row


def _group_lock(group: str) -> int:
    return zlib.crc32(group.encode()) & 0x7FFFFFFF


def _lock_of(group: str, place: Partition) -> int:
    digest = hashlib.sha256(f"{group}/{place.topic}/{place.number}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
