"""Events that could not be applied: kept whole, visible, and applied again when the cause is mended."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec
from psycopg import Connection
from psycopg.rows import class_row

from events import outbox
from events.envelope import Envelope
from events.versions import columns
from events.wire import Record

TYPE = "cn.yicha.dead_letter.v1"
COPY_BYTES = 64 * 1024
_NAMESPACE = UUID("5d1b1c52-6c0e-4c0f-9a37-2f0f3c6c2b11")


Witness = Callable[[Connection[Any], Sequence["DeadLetter"]], None]


def topic_of(topic: str, consumer: str) -> str:
    return f"{topic}.{consumer}.dlq"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    id: UUID
    consumer: str
    state: str
    topic: str
    partition: int
    offset: int
    key: bytes | None
    headers: dict[str, str]
    value: bytes
    event_id: UUID | None
    type: str | None
    subject: str | None
    correlation_id: str | None
    error: str
    attempts: int
    replays: int
    first_failed_at: datetime
    last_failed_at: datetime
    resolved_at: datetime | None

    @property
    def record(self) -> Record:
        headers = {name: text.encode() for name, text in self.headers.items()}
        return Record(self.topic, self.partition, self.offset, self.key, headers, self.value)


def event_id_of(record: Record) -> UUID | None:
    try:
        return UUID(record.headers["ce_id"].decode())
    except (KeyError, ValueError):
        return None


def bury(connection: Connection[Any], consumer: str, record: Record, error: Exception, attempts: int) -> UUID:
    """Keep the record, and send a copy to the group's own topic through the outbox. Repeats change nothing."""
    event_id = event_id_of(record)
    named = event_id or f"{record.topic}/{record.partition}/{record.offset}"
    letter = uuid5(_NAMESPACE, f"{consumer}/{named}")
    row = columns(record) | {
        "id": letter,
        "consumer": consumer,
        "event_id": event_id,
        "type": _header(record, "ce_type"),
        "subject": _header(record, "ce_subject"),
        "correlation_id": _header(record, "ce_correlationid"),
        "error": _clean(f"{type(error).__name__}: {error}")[:4000],
        "attempts": attempts,
    }
    if connection.execute(_BURY, row).rowcount:
        outbox.add(connection, [(topic_of(record.topic, consumer), _copy(letter, row, record))])
    return letter


_BURY = """
INSERT INTO dead_letters (id, consumer, topic, partition, "offset", key, headers, value, event_id, type, subject,
                          correlation_id, error, attempts)
VALUES (%(id)s, %(consumer)s, %(topic)s, %(partition)s, %(offset)s, %(key)s, %(headers)s, %(value)s,
        %(event_id)s, %(type)s, %(subject)s, %(correlation_id)s, %(error)s, %(attempts)s)
ON CONFLICT (id) DO NOTHING
"""


def _copy(letter: UUID, row: dict[str, Any], record: Record) -> Envelope:
    now = datetime.now(UTC)
    told = (
        "consumer",
        "topic",
        "partition",
        "offset",
        "event_id",
        "type",
        "correlation_id",
        "error",
        "attempts",
    )
    payload = {name: row[name] for name in told} | {
        "key": (record.key or b"").decode(errors="replace"),
        "failed_at": now,
        "value_base64": base64.b64encode(record.value[:COPY_BYTES]).decode(),
        "truncated": len(record.value) > COPY_BYTES,
    }
    return Envelope(
        id=letter,
        type=TYPE,
        source=f"/{row['consumer']}",
        subject=row["subject"] or str(letter),
        time=now,
        key=_clean((record.key or str(letter).encode()).decode(errors="replace")),
        version=None,
        correlation_id=row["correlation_id"] or str(letter),
        payload=msgspec.json.encode(payload),
    )


def listed(
    connection: Connection[Any],
    *,
    consumer: str | None = None,
    state: str = "open",
    after: UUID | None = None,
    limit: int = 50,
) -> list[DeadLetter]:
    """The oldest first; `after` is the last that was seen."""
    return _select(
        connection,
        "WHERE state = %(state)s AND (%(consumer)s::text IS NULL OR consumer = %(consumer)s)"
        " AND (%(after)s::uuid IS NULL OR (first_failed_at, id) >"
        " (SELECT first_failed_at, id FROM dead_letters WHERE id = %(after)s))"
        " ORDER BY first_failed_at, id LIMIT %(limit)s",
        {"consumer": consumer, "state": state, "after": after, "limit": limit},
    )


def get(connection: Connection[Any], letter: UUID) -> DeadLetter | None:
    found = _select(connection, "WHERE id = %(id)s", {"id": letter})
    return found[0] if found else None


def request_redrive(
    connection: Connection[Any],
    *,
    consumer: str | None = None,
    ids: Sequence[UUID] | None = None,
    dry_run: bool = False,
    witness: Witness | None = None,
) -> list[DeadLetter]:
    """Ask the consumer to apply open letters again; answers which. It does so itself, in the transaction of the
    effects, so that a letter is resolved exactly when they are there, and no other group sees the event twice.
    `witness` writes down, in this transaction, that somebody asked."""
    found = _select(
        connection,
        "WHERE state = 'open' AND (%(consumer)s::text IS NULL OR consumer = %(consumer)s)"
        " AND (%(ids)s::uuid[] IS NULL OR id = ANY (%(ids)s::uuid[])) ORDER BY first_failed_at FOR UPDATE",
        {"consumer": consumer, "ids": None if ids is None else list(ids)},
    )
    if found and not dry_run:
        connection.execute(
            "UPDATE dead_letters SET state = 'requested' WHERE id = ANY (%(ids)s::uuid[])",
            {"ids": [letter.id for letter in found]},
        )
        if witness:
            witness(connection, found)
    return found


def next_requested(connection: Connection[Any], consumer: str) -> DeadLetter | None:
    """Locked; members of a group do not take the same one."""
    found = _select(
        connection,
        "WHERE consumer = %(consumer)s AND state = 'requested'"
        " ORDER BY first_failed_at LIMIT 1 FOR UPDATE SKIP LOCKED",
        {"consumer": consumer},
    )
    return found[0] if found else None


def resolve(connection: Connection[Any], letter: UUID) -> None:
    connection.execute(
        """
        UPDATE dead_letters SET state = 'resolved', replays = replays + 1, resolved_at = clock_timestamp()
         WHERE id = %(id)s
        """,
        {"id": letter},
    )


def failed_again(connection: Connection[Any], letter: UUID, error: Exception) -> None:
    connection.execute(
        """
        UPDATE dead_letters SET state = 'open', replays = replays + 1, attempts = attempts + 1,
               error = %(error)s, last_failed_at = clock_timestamp()
         WHERE id = %(id)s
        """,
        {"id": letter, "error": _clean(f"{type(error).__name__}: {error}")[:4000]},
    )


def failures_in_row(connection: Connection[Any], consumer: str) -> int:
    row: Any = connection.execute(
        "SELECT coalesce(max(count), 0) AS count FROM failures_in_row WHERE consumer = %(consumer)s",
        {"consumer": consumer},
    ).fetchone()
    return row["count"] if isinstance(row, dict) else row[0]


def set_failures_in_row(connection: Connection[Any], consumer: str, count: int) -> None:
    connection.execute(
        """
        INSERT INTO failures_in_row (consumer, count) VALUES (%(consumer)s, %(count)s)
        ON CONFLICT (consumer) DO UPDATE SET count = excluded.count
        """,
        {"consumer": consumer, "count": count},
    )


_COLUMNS = """
id, consumer, state, topic, partition, "offset", key, headers, value, event_id, type, subject, correlation_id,
error, attempts, replays, first_failed_at, last_failed_at, resolved_at
"""


def _select(connection: Connection[Any], where: str, params: dict[str, Any]) -> list[DeadLetter]:
    with connection.cursor(row_factory=class_row(DeadLetter)) as cursor:
        return cursor.execute(f"SELECT {_COLUMNS} FROM dead_letters {where}".encode(), params).fetchall()


def _header(record: Record, name: str) -> str | None:
    value = record.headers.get(name)
    return None if value is None else _clean(value.decode(errors="replace"))


def _clean(text: str) -> str:
    return text.replace("\0", "�")
