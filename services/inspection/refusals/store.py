"""SQL of refusals by enterprises."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from services.chassis.database import many, one
from services.inspection.refusals.model import Shown, ShownInspector, ShownItem, VisitRefusal

C = Connection[Any]
_REFUSAL = """
    SELECT v.refusal_id, v.order_id, v.enterprise_id, v.premises_id, v.agency_id, v.ground, v.words, v.supported,
           v.findings, v.refused_on, v.refused_at,
           (SELECT receipt_id FROM receipt r WHERE r.about = v.refusal_id) AS receipt_id
    FROM visit_refusal v
"""


def of_ground(connection: C, order_id: UUID, ground: str) -> VisitRefusal | None:
    """Refused before on this ground under this order; the order is locked."""
    return one(
        connection, VisitRefusal, _REFUSAL + " WHERE v.order_id = %s AND v.ground = %s", (order_id, ground)
    )


def of_day(connection: C, premises_id: UUID, day: date) -> VisitRefusal | None:
    return one(
        connection,
        VisitRefusal,
        _REFUSAL + " WHERE v.premises_id = %s AND v.refused_on = %s AND v.order_id IS NULL",
        (premises_id, day),
    )


def insert(connection: C, refusal: VisitRefusal) -> bool:
    """False when the same was said before: under the order on this ground, or without one on this day."""
    return (
        connection.execute(
            """
            INSERT INTO visit_refusal (refusal_id, order_id, enterprise_id, premises_id, agency_id, ground, words,
                                       supported, findings, refused_on, refused_at)
            VALUES (%(refusal_id)s, %(order_id)s, %(enterprise_id)s, %(premises_id)s, %(agency_id)s, %(ground)s,
                    %(words)s, %(supported)s, %(findings)s, %(refused_on)s, %(refused_at)s)
            ON CONFLICT DO NOTHING
            """,
            vars(refusal) | {"findings": Jsonb(refusal.findings)},
        ).rowcount
        == 1
    )


def count_on_order(connection: C, order_id: UUID) -> None:
    """On the order's own row, which is locked: an entry sees it however the two race."""
    connection.execute("UPDATE orders SET refusals = refusals + 1 WHERE order_id = %s", (order_id,))


def items(connection: C, order_id: UUID) -> list[ShownItem]:
    return many(
        connection,
        ShownItem,
        """
        SELECT i.item_id, i.name, i.published, i.in_force_from, i.in_force_until
        FROM order_item o JOIN item i USING (item_id) WHERE o.order_id = %s ORDER BY i.code
        """,
        (order_id,),
    )


def inspectors(connection: C, order_id: UUID) -> list[ShownInspector]:
    return many(
        connection,
        ShownInspector,
        """
        SELECT i.inspector_id, i.name, i.kind, i.active, i.valid_from, i.valid_until
        FROM order_inspector o JOIN inspector i USING (inspector_id) WHERE o.order_id = %s ORDER BY i.name
        """,
        (order_id,),
    )


def turned_away_for(connection: C, order_id: UUID, day: date, timezone: str) -> frozenset[str]:
    """Why the system let nobody in under this order on this day."""
    rows = connection.execute(
        """
        SELECT DISTINCT reason FROM entry_refusal
        WHERE order_id = %s AND (refused_at AT TIME ZONE %s)::date = %s
        """,
        (order_id, timezone, day),
    ).fetchall()
    return frozenset(row["reason"] for row in rows)


def orders_here(connection: C, enterprise_id: UUID, premises_id: UUID, day: date) -> list[Shown]:
    """Under which somebody may come to this door on this day."""
    return many(
        connection,
        Shown,
        """
        SELECT order_id, state, trigger, starts_on, ends_on FROM orders
        WHERE enterprise_id = %(enterprise_id)s AND premises_id = %(premises_id)s
          AND starts_on BETWEEN %(day)s - 92 AND %(day)s AND ends_on >= %(day)s
          AND (state IN ('issued', 'entered') OR (state = 'drafted' AND trigger = 'urgent'))
        """,
        {"enterprise_id": enterprise_id, "premises_id": premises_id, "day": day},
    )
