"""What the consumer wrote down for the groups of rebuilds: of use only while they run."""

from __future__ import annotations

from typing import Any, LiteralString, cast

from psycopg import Connection
from psycopg.rows import scalar_row

GROUPS = "oversight.rebuild."
_TABLES: tuple[LiteralString, ...] = ("inbox", "versions_seen", "parked", "dead_letters", "failures_in_row")


def unapplied(connection: Connection[Any], group: str) -> int:
    with connection.cursor(row_factory=scalar_row) as cursor:
        counted = cursor.execute(
            """
            SELECT (SELECT count(*) FROM parked WHERE consumer = %(group)s)
                 + (SELECT count(*) FROM dead_letters WHERE consumer = %(group)s AND state <> 'resolved')
            """,
            {"group": group},
        ).fetchone()
        return cast("int", counted)


def forget(connection: Connection[Any]) -> None:
    """Also of a rebuild that was killed."""
    for table in _TABLES:
        connection.execute(f"DELETE FROM {table} WHERE starts_with(consumer, %(groups)s)", {"groups": GROUPS})
