"""SQL of 检查单号."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection


def met(connection: Connection[Any], enterprise_id: UUID, orders: Sequence[UUID]) -> list[UUID]:
    """Those of the orders under which somebody stood at this enterprise's door."""
    rows = connection.execute(
        """
        SELECT order_id FROM orders o
        WHERE order_id = ANY(%(orders)s) AND enterprise_id = %(enterprise_id)s
          AND (visited OR EXISTS (SELECT FROM visit_refusal r WHERE r.order_id = o.order_id))
        """,
        {"orders": list(orders), "enterprise_id": enterprise_id},
    )
    return [row["order_id"] for row in rows]
