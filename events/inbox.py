"""What a group has taken charge of already. Only this constraint means "already done"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import scalar_row


def claim(connection: Connection[Any], consumer: str, event_ids: Iterable[UUID]) -> set[UUID]:
    """Answers those that were not claimed before. A member that lost its partition and works on meets its
    successor here: the second waits for the first's commit. Sorted, so that the two cannot deadlock."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        return set(
            cursor.execute(
                """
                INSERT INTO inbox (consumer, event_id)
                SELECT %(consumer)s, event_id FROM unnest(%(ids)s::uuid[]) AS event_id
                ON CONFLICT DO NOTHING RETURNING event_id
                """,
                {"consumer": consumer, "ids": sorted(set(event_ids))},
            )
        )
