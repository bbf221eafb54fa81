from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection

from services.chassis.database import many


@dataclass(frozen=True, kw_only=True)
class Change:
    """`account` is the name of who did it, None a command on the machine."""

    position: int
    at: datetime
    tag: str
    account: str | None
    details: dict[str, Any]


def page(connection: Connection[Any], subject: str, after: int | None, limit: int) -> list[Change]:
    """The newest first."""
    return many(
        connection,
        Change,
        """
        SELECT t.position, t.at, t.tag, a.name AS account, t.details
        FROM audit t LEFT JOIN account a USING (account_id)
        WHERE t.subject = %(subject)s AND starts_with(t.subject, %(subject)s)
          AND t.tag IN ('registry.registered', 'registry.changed', 'inspector.photo_put', 'contact.read')
          AND (%(after)s::bigint IS NULL OR t.position < %(after)s)
        ORDER BY t.position DESC LIMIT %(limit)s
        """,
        {"subject": subject, "after": after, "limit": limit},
    )
