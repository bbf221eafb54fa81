"""SQL of what people say of pairs. None of these commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from services.chassis.database import one as one_row
from services.inspection.orders.model import Content, Order


@dataclass(frozen=True, kw_only=True)
class Pair:
    """`reason` says why the two go on apart, `said_of` what both were when it was said; None: nobody said so."""

    one: UUID
    other: UUID
    rule: str
    found_at: datetime
    reason: str | None
    answered_at: datetime | None
    said_of: list[dict[str, Any]] | None


def pair(connection: Connection[Any], one: UUID, other: UUID) -> Pair | None:
    return one_row(
        connection,
        Pair,
        """
        SELECT one, other, rule, found_at, reason, answered_at, said_of FROM duplicate
        WHERE one = LEAST(%(one)s::uuid, %(other)s) AND other = GREATEST(%(one)s::uuid, %(other)s)
        """,
        {"one": one, "other": other},
    )


def answer(
    connection: Connection[Any],
    one: tuple[Order, Content],
    other: tuple[Order, Content],
    reason: str,
    by: UUID,
    at: datetime,
) -> None:
    """Beside what was said stands what it was said of."""
    connection.execute(
        """
        UPDATE duplicate SET reason = %(reason)s, answered_by = %(by)s, answered_at = %(at)s, said_of = %(said_of)s
        WHERE one = LEAST(%(one)s::uuid, %(other)s) AND other = GREATEST(%(one)s::uuid, %(other)s)
        """,
        {
            "one": one[0].order_id,
            "other": other[0].order_id,
            "reason": reason,
            "by": by,
            "at": at,
            "said_of": Jsonb([_said_of(one), _said_of(other)]),
        },
    )


def _said_of(side: tuple[Order, Content]) -> dict[str, Any]:
    order, content = side
    return {
        "order_id": str(order.order_id),
        "revision": order.revision,
        "starts_on": str(order.starts_on),
        "ends_on": str(order.ends_on),
        "items": [str(item) for item in content.item_ids],
    }
