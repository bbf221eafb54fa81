"""Events leave through the outbox, in the transaction of the command that caused them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row, scalar_row
from psycopg.types.json import Jsonb

from events.envelope import Envelope, encode, seal
from events.model import Event
from events.wire import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    position: int
    created_at: datetime
    id: UUID
    topic: str
    subject: str
    type: str
    payload: bytes
    source: str
    time: datetime
    key: str
    version: int | None
    correlation_id: str
    headers: dict[str, str]

    def message(self) -> Message:
        return encode(self.envelope(), self.topic, self.headers)

    def envelope(self) -> Envelope:
        return Envelope(
            id=self.id,
            type=self.type,
            source=self.source,
            subject=self.subject,
            time=self.time,
            key=self.key,
            version=self.version,
            correlation_id=self.correlation_id,
            payload=self.payload,
        )


def append(connection: Connection[Any], events: Sequence[Event], *, source: str, correlation_id: str) -> None:
    """Write events into the outbox of the connection's schema; `source` is the producer (`/inspection`).

    Lock the aggregate first and call this last: then the order of an aggregate's events is the order
    of its commits, because positions are taken while its lock is held.
    """
    if events:
        sealed = [seal(event, source=source, correlation_id=correlation_id) for event in events]
        add(
            connection,
            [(event.contract.topic, envelope) for event, envelope in zip(events, sealed, strict=True)],
        )


def add(
    connection: Connection[Any],
    envelopes: Sequence[tuple[str, Envelope]],
    headers: Mapping[str, str] | None = None,
) -> None:
    """Write (topic, envelope) pairs. The NOTIFY is only a hint and costs a lock at commit:
    `ALTER ROLE … SET yicha.notify = off` silences it, and relays poll."""
    connection.execute(_ADD, _columns(envelopes) | {"headers": Jsonb(dict(headers or {}))})


# Arrays travel in binary (%b): psycopg quotes a text array in Python, character by character.
# Binary parameters (%b): text arrays would be escaped item by item.
_ADD = """
WITH added AS (
    INSERT INTO outbox (id, aggregatetype, aggregateid, type, payload, source, time, partition_key, version,
                        correlation_id, headers)
    SELECT id, topic, subject, type, payload::json, source, time, key, version, correlation_id, %(headers)s
      FROM unnest(%(ids)b::uuid[], %(topics)b::text[], %(subjects)b::text[], %(types)b::text[],
                  %(payloads)b::text[], %(sources)b::text[], %(times)b::timestamptz[], %(keys)b::text[],
                  %(versions)b::bigint[], %(correlation_ids)b::text[])
           WITH ORDINALITY AS given (id, topic, subject, type, payload, source, time, key, version,
                                     correlation_id, ordinal)
     ORDER BY ordinal
)
SELECT pg_notify(current_schema() || '_outbox', '')
 WHERE current_setting('yicha.notify', true) IS DISTINCT FROM 'off'
"""


def _columns(envelopes: Sequence[tuple[str, Envelope]]) -> dict[str, list[Any]]:
    sealed = [envelope for _, envelope in envelopes]
    return {
        "ids": [envelope.id for envelope in sealed],
        "topics": [str(topic) for topic, _ in envelopes],
        "subjects": [envelope.subject for envelope in sealed],
        "types": [envelope.type for envelope in sealed],
        "payloads": [envelope.payload.decode() for envelope in sealed],
        "sources": [envelope.source for envelope in sealed],
        "times": [envelope.time for envelope in sealed],
        "keys": [envelope.key for envelope in sealed],
        "versions": [envelope.version for envelope in sealed],
        "correlation_ids": [envelope.correlation_id for envelope in sealed],
    }


COLUMNS = """
position, created_at, id, aggregatetype AS topic, aggregateid AS subject, type,
convert_to(payload::text, 'UTF8') AS payload, source, time, partition_key AS key, version, correlation_id, headers
"""


def unpublished(connection: Connection[Any], limit: int, except_keys: Sequence[str] = ()) -> list[Row]:
    """The oldest rows not sent yet, without those whose key is blocked."""
    with connection.cursor(row_factory=class_row(Row)) as cursor:
        return cursor.execute(
            f"""
            SELECT {COLUMNS} FROM outbox
             WHERE published_at IS NULL AND partition_key <> ALL (%(except_keys)s::text[])
             ORDER BY position LIMIT %(limit)s
            """,
            {"limit": limit, "except_keys": list(except_keys)},
        ).fetchall()


def mark_published(connection: Connection[Any], rows: Sequence[Row]) -> None:
    connection.execute(
        """
        UPDATE outbox SET published_at = clock_timestamp(), error = NULL
          FROM unnest(%(positions)s::bigint[], %(created)s::timestamptz[]) AS sent (position, created_at)
         WHERE outbox.position = sent.position AND outbox.created_at = sent.created_at
           AND outbox.created_at BETWEEN %(first)s AND %(last)s
        """,
        {
            "positions": [row.position for row in rows],
            "created": [row.created_at for row in rows],
            "first": min(row.created_at for row in rows),
            "last": max(row.created_at for row in rows),
        },
        prepare=False,  # a cached generic plan would scan every month
    )


def note_refusal(connection: Connection[Any], row: Row, error: str) -> None:
    connection.execute(
        "UPDATE outbox SET error = %(error)s WHERE position = %(position)s AND created_at = %(created_at)s",
        {"error": error, "position": row.position, "created_at": row.created_at},
    )


def oldest_unpublished_seconds(connection: Connection[Any]) -> float:
    with connection.cursor(row_factory=scalar_row) as cursor:
        age = cursor.execute(
            """
            SELECT extract(epoch FROM clock_timestamp() - created_at)::float8 FROM outbox
             WHERE published_at IS NULL ORDER BY position LIMIT 1
            """
        ).fetchone()
    return cast("float", age or 0.0)
