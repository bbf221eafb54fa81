"""The order of one aggregate's events, as a consumer sees it.

Version ≤ seen: drop. Next: apply. Gap: park it, and so all that follow, until the missing one comes; then they
go on in order. Registry state is whole in each event, so there a gap is harmless: anything newer is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row, tuple_row
from psycopg.types.json import Jsonb

from events.model import COMPACTED
from events.wire import Record


class Verdict(Enum):
    APPLY = auto()
    DROP = auto()
    PARK = auto()


def judge(topic: str, version: int, seen: int) -> Verdict:
    if version <= seen:
        return Verdict.DROP
    if version == seen + 1 or topic in COMPACTED:
        return Verdict.APPLY
    return Verdict.PARK


def seen(connection: Connection[Any], consumer: str, aggregates: Iterable[str]) -> dict[str, int]:
    """The versions seen, locked until the end of the transaction; 0 for a aggregate that is new."""
    wanted = sorted(set(aggregates))
    if not wanted:
        return {}
    with connection.cursor(row_factory=tuple_row) as cursor:
        cursor.execute(
            """
            INSERT INTO versions_seen (consumer, aggregate, version)
            SELECT %(consumer)s, aggregate, 0 FROM unnest(%(aggregates)s::text[]) AS aggregate
            ON CONFLICT DO NOTHING
            """,
            {"consumer": consumer, "aggregates": wanted},
        )
        cursor.execute(
            """
            SELECT v.aggregate, v.version FROM versions_seen v
              JOIN unnest(%(aggregates)s::text[]) AS wanted (aggregate) ON v.aggregate = wanted.aggregate
             WHERE v.consumer = %(consumer)s ORDER BY v.aggregate FOR UPDATE OF v
            """,
            {"consumer": consumer, "aggregates": wanted},
        )
        return dict(cursor.fetchall())


def store(connection: Connection[Any], consumer: str, versions: Mapping[str, int]) -> None:
    connection.execute(
        """
        UPDATE versions_seen v SET version = now.version
          FROM unnest(%(aggregates)s::text[], %(versions)s::bigint[]) AS now (aggregate, version)
         WHERE v.consumer = %(consumer)s AND v.aggregate = now.aggregate
        """,
        {"consumer": consumer, "aggregates": list(versions), "versions": list(versions.values())},
    )


def park(connection: Connection[Any], consumer: str, aggregate: str, version: int, record: Record) -> None:
    connection.execute(
        """
        INSERT INTO parked (consumer, aggregate, version, topic, partition, "offset", key, headers, value)
        VALUES (%(consumer)s, %(aggregate)s, %(version)s, %(topic)s, %(partition)s, %(offset)s, %(key)s,
                %(headers)s, %(value)s)
        ON CONFLICT DO NOTHING
        """,
        {"consumer": consumer, "aggregate": aggregate, "version": version} | columns(record),
    )


def unpark(connection: Connection[Any], consumer: str, next_versions: Mapping[str, int]) -> list[Record]:
    """Take out what waited for these aggregates, as far as it follows without a gap; in order per aggregate."""
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            """
            WITH following AS (
                SELECT p.*, p.version - row_number() OVER (PARTITION BY p.aggregate ORDER BY p.version)
                            = next.version - 1 AS gapless
                  FROM parked p
                  JOIN unnest(%(aggregates)s::text[], %(versions)s::bigint[]) AS next (aggregate, version)
                    ON p.aggregate = next.aggregate
                 WHERE p.consumer = %(consumer)s AND p.version >= next.version
            ), taken AS (
                DELETE FROM parked p USING following f
                 WHERE p.consumer = f.consumer AND p.aggregate = f.aggregate AND p.version = f.version AND f.gapless
                RETURNING p.*
            )
            SELECT topic, partition, "offset", key, headers, value FROM taken ORDER BY aggregate, version
            """,
            {
                "consumer": consumer,
                "aggregates": list(next_versions),
                "versions": list(next_versions.values()),
            },
        ).fetchall()
    return [record_of(row) for row in rows]


def next_parked(connection: Connection[Any], consumer: str, aggregate: str) -> Record | None:
    """The parked event that is due now, left where it is."""
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(
            """
            SELECT p.topic, p.partition, p."offset", p.key, p.headers, p.value FROM parked p
              JOIN versions_seen v USING (consumer, aggregate)
             WHERE p.consumer = %(consumer)s AND p.aggregate = %(aggregate)s AND p.version = v.version + 1
            """,
            {"consumer": consumer, "aggregate": aggregate},
        ).fetchone()
    return record_of(row) if row else None


def remove_parked(connection: Connection[Any], consumer: str, aggregate: str, version: int) -> None:
    connection.execute(
        """
        DELETE FROM parked
         WHERE consumer = %(consumer)s AND aggregate = %(aggregate)s AND version = %(version)s
        """,
        {"consumer": consumer, "aggregate": aggregate, "version": version},
    )


def columns(record: Record) -> dict[str, Any]:
    """A record as columns. Headers become text; a NUL, which Postgres has no place for, becomes U+FFFD."""
    texts = {name: value.decode(errors="replace") for name, value in record.headers.items()}
    return {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "key": record.key,
        "headers": Jsonb({name.replace("\0", "�"): text.replace("\0", "�") for name, text in texts.items()}),
        "value": record.value,
    }


def record_of(row: Mapping[str, Any]) -> Record:
    headers = {name: text.encode() for name, text in row["headers"].items()}
    return Record(row["topic"], row["partition"], row["offset"], row["key"], headers, row["value"])


def waiting(connection: Connection[Any], consumer: str) -> Sequence[tuple[str, int]]:
    """Subjects with parked events and how many."""
    with connection.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(
            "SELECT aggregate, count(*) FROM parked WHERE consumer = %(consumer)s GROUP BY aggregate",
            {"consumer": consumer},
        ).fetchall()
