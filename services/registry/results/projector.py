"""The last result of each item at each enterprise, as the inspections tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Connection

from events.catalogue.inspection import OrderConcluded
from events.consumer import Delivery


def apply(connection: Connection[Any], deliveries: Sequence[Delivery]) -> None:
    concluded = [delivery.event for delivery in deliveries if isinstance(delivery.event, OrderConcluded)]
    rows = [(event, item) for event in concluded for item in event.items]
    if not rows:
        return
    connection.execute(
        """
        INSERT INTO item_result AS known (enterprise_id, item_id, result, concluded_at)
        SELECT DISTINCT ON (enterprise_id, item_id) enterprise_id, item_id, result, concluded_at
        FROM unnest(%(enterprises)s::uuid[], %(items)s::uuid[], %(results)s::text[], %(times)s::timestamptz[])
             AS given (enterprise_id, item_id, result, concluded_at)
        ORDER BY enterprise_id, item_id, concluded_at DESC
        ON CONFLICT (enterprise_id, item_id) DO UPDATE
        SET result = excluded.result, concluded_at = excluded.concluded_at
        WHERE known.concluded_at < excluded.concluded_at
        """,
        {
            "enterprises": [event.enterprise_id for event, _ in rows],
            "items": [item for _, item in rows],
            "results": [event.result for event, _ in rows],
            "times": [event.concluded_at for event, _ in rows],
        },
    )
