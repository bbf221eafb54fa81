"""How far the projections are, and the word to those who watch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Connection

from events.consumer import Delivery

CHANNEL = "yicha_oversight"


def advance(connection: Connection[Any], deliveries: Sequence[Delivery]) -> None:
    """NOTIFY goes out with the commit: whoever hears it finds the new figures."""
    last = deliveries[-1].envelope
    connection.execute(
        """
        WITH moved AS (
            UPDATE progress
            SET position = position + 1, events = events + %(count)s, last_event_id = %(id)s,
                last_event_type = %(type)s, changed_at = now()
            RETURNING position)
        SELECT pg_notify(%(channel)s, position::text) FROM moved
        """,
        {"count": len(deliveries), "id": last.id, "type": last.type, "channel": CHANNEL},
    )


def announce(connection: Connection[Any]) -> None:
    """The tables were exchanged: all who watch look again."""
    connection.execute(
        """
        WITH moved AS (UPDATE progress SET position = position + 1, changed_at = now() RETURNING position)
        SELECT pg_notify(%(channel)s, position::text) FROM moved
        """,
        {"channel": CHANNEL},
    )
