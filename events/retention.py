"""What is kept for how long. By default for good: the outboxes are the ledger, the log is what rebuilds read.

See ADR 60 for why the rows of an inbox may go, and which of them stay.
"""

from __future__ import annotations

from typing import Any, LiteralString, cast

from psycopg import Connection
from psycopg.rows import scalar_row

from events.model import COMPACTED

BATCH = 10_000


def open_months(connection: Connection[Any]) -> None:
    """Raises LockNotAvailable when somebody was in the way: there are months in hand to try again."""
    connection.execute("SELECT open_outbox_months()")


def drop_months(connection: Connection[Any], keep: int) -> list[str]:
    """Months of the outbox before the last `keep` go, once all in them is published; answers which.
    Raises LockNotAvailable."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        dropped = cursor.execute("SELECT drop_outbox_months(%(keep)s)", {"keep": keep}).fetchone()
        return cast("list[str]", dropped)


def forget_inbox(connection: Connection[Any], days: int) -> int:
    """One batch of what was handled more than `days` ago and is known by its version as well. Commit, and call
    it again until it answers 0."""
    return connection.execute(_FORGET_INBOX, {"days": days, "batch": BATCH}).rowcount


def forget_records(connection: Connection[Any], days: int) -> int:
    """One batch of the embedded log's records older than `days`, read or not, as Kafka's retention does. Topics of
    state stay whole, and so does the last record of each partition: by it a reader finds the end."""
    parameters = {"days": days, "batch": BATCH, "compacted": [str(topic) for topic in COMPACTED]}
    return connection.execute(_FORGET_RECORDS, parameters).rowcount


_FORGET_INBOX: LiteralString = """
DELETE FROM inbox WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM inbox
     WHERE versioned AND handled_at < now() - make_interval(days => %(days)s) LIMIT %(batch)s))
"""
_FORGET_RECORDS: LiteralString = """
DELETE FROM records WHERE ctid = ANY (ARRAY(
    SELECT r.ctid FROM partitions p JOIN records r ON r.topic = p.topic AND r.partition = p.number
     WHERE r.appended_at < now() - make_interval(days => %(days)s)
       AND r."offset" < p.next_offset - 1 AND r.topic <> ALL (%(compacted)s::text[])
     LIMIT %(batch)s))
"""
