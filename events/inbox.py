"""What a group has taken charge of already. Only this constraint means "already done"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import scalar_row


def claim(connection: Connection[Any], consumer: str, events: Mapping[UUID, bool]) -> set[UUID]:
    """Answers those that were not claimed before; `events` says of each whether its version is remembered too,
    so that retention may forget it here. A member that lost its partition and works on meets its
    successor here: the second waits for the first's commit. Sorted, so that the two cannot deadlock."""
    ids = sorted(events)
    with connection.cursor(row_factory=scalar_row) as cursor:
        return set(
            cursor.execute(
                """
                INSERT INTO inbox (consumer, event_id, versioned)
                SELECT %(consumer)s, event_id, versioned
                FROM unnest(%(ids)s::uuid[], %(versioned)s::boolean[]) AS given (event_id, versioned)
                ON CONFLICT DO NOTHING RETURNING event_id
                """,
                {"consumer": consumer, "ids": ids, "versioned": [events[event_id] for event_id in ids]},
            )
        )
