from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from services.chassis import correlation
from services.chassis.audit.act import Act
from services.chassis.audit.origin import origin
from services.chassis.database import many

COLUMNS = """
audit.position, audit.at, audit.tag, audit.subject, audit.account_id, audit.correlation_id, audit.origin, audit.details
"""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An act as it was written down."""

    position: int
    at: datetime
    tag: str
    subject: str
    account_id: UUID | None
    correlation_id: str
    origin: str
    details: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Search:
    """`after` is the last position seen: the newest come first. `subject` may end early: `account/` is all."""

    limit: int
    after: int | None = None
    tag: str | None = None
    account_id: UUID | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def write(connection: Connection[Any], act: Act) -> None:
    """In the transaction of the act: both are there, or neither."""
    connection.execute(
        """
        INSERT INTO audit (tag, subject, account_id, correlation_id, origin, details)
        VALUES (%(tag)s, %(subject)s, %(account_id)s, %(correlation_id)s, %(origin)s, %(details)s)
        """,
        {
            "tag": act.tag.value,
            "subject": act.subject,
            "account_id": act.account_id,
            "correlation_id": correlation.current(),
            "origin": origin(),
            "details": Jsonb(act.details),
        },
    )


def search(connection: Connection[DictRow], wanted: Search) -> list[Entry]:
    return many(
        connection,
        Entry,
        f"""
        SELECT {COLUMNS} FROM audit
        WHERE (%(after)s::bigint IS NULL OR position < %(after)s)
          AND (%(tag)s::text IS NULL OR tag = %(tag)s)
          AND (%(account_id)s::uuid IS NULL OR account_id = %(account_id)s)
          AND (%(subject)s::text IS NULL OR starts_with(subject, %(subject)s))
          AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
          AND (%(until)s::timestamptz IS NULL OR at < %(until)s)
        ORDER BY position DESC LIMIT %(limit)s
        """,
        vars(wanted),
    )
