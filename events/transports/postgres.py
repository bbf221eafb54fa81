"""The embedded road: a log in Postgres with Kafka's ideas (partitions, offsets, groups) and none of its servers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

from events.errors import Disconnected
from events.transports import postgres_log as log
from events.transports.postgres_group import PostgresConsumer
from events.transports.postgres_log import Connection, or_disconnected
from events.transports.refusal import refusal
from events.wire import Message, Partition, Record


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
        with log.connect(self._url) as connection:
            rows = connection.execute("SELECT DISTINCT consumer FROM group_offsets ORDER BY consumer")
            return [group for (group,) in rows]

    def create_topics(self, topics: Sequence[str]) -> None:
        with log.connect(self._url) as connection:
            log.create_topics(connection, topics)

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
        with log.connect(self._url) as connection:
            return {
                Partition(topic, number): offset for topic, number, offset in connection.execute(sql, params)
            }

    def close(self) -> None:
        pass


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
            with or_disconnected():
                if accepted:
                    self._append(accepted)
        except Disconnected as error:
            self.close()
            return [answer or error for answer in answers]
        return answers

    def _append(self, messages: Sequence[Message]) -> None:
        connection = self._open({message.topic for message in messages})
        with connection.transaction():
            log.append(connection, messages)

    def _open(self, topics: set[str]) -> Connection:
        if self._connection is None or self._connection.closed:
            self._connection = log.connect(self._url)
        if topics - self._known:
            log.create_topics(self._connection, sorted(topics - self._known))
            self._known |= topics
        return self._connection

    def close(self) -> None:
        if self._connection:
            self._connection.close()


class PostgresBrowser:
    def __init__(self, url: str, starts: Mapping[Partition, int]) -> None:
        self._connection = log.connect(url)
        self._connection.execute(f"LISTEN {log.CHANNEL}")
        self._next = dict(starts)

    def poll(self, seconds: float, limit: int) -> list[Record]:
        with or_disconnected():
            found = log.read(self._connection, self._next, limit)
            if not found:
                log.wait_for_hint(self._connection, seconds)
                found = log.read(self._connection, self._next, limit)
            return found

    def close(self) -> None:
        self._connection.close()
