"""SQL of joint orders. None of these commits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.types.json import Jsonb

from services.chassis.database import many
from services.inspection.joint.model import Side
from services.inspection.orders.locks import COLUMNS
from services.inspection.orders.model import Content, Order

C = Connection[Any]


def remember_host(connection: C, side: Side) -> None:
    """What it is by itself; a host that has guests already is remembered as it was before them."""
    order, content = side
    connection.execute(
        """
        INSERT INTO joint_host (order_id, agency_id, content)
        VALUES (%(order_id)s, %(agency_id)s, %(content)s) ON CONFLICT DO NOTHING
        """,
        {
            "order_id": order.order_id,
            "agency_id": order.agency_id,
            "content": Jsonb(msgspec.to_builtins(replace(content, approvals=()))),
        },
    )


def host_itself(connection: C, order_id: UUID) -> tuple[UUID, Content] | None:
    """Whose the order was before its first guest came, and what it covered."""
    row = connection.execute(
        "SELECT agency_id, content FROM joint_host WHERE order_id = %s", (order_id,)
    ).fetchone()
    return (row["agency_id"], msgspec.convert(row["content"], Content)) if row else None


def host_revised(connection: C, order: Order, content: Content) -> None:
    """The host's own agency wrote its part anew; one that leads another's order leaves that one's part alone."""
    connection.execute(
        """
        UPDATE joint_host SET content = %(content)s
        WHERE order_id = %(order_id)s AND agency_id = %(agency_id)s
        """,
        {
            "order_id": order.order_id,
            "agency_id": order.agency_id,
            "content": Jsonb(msgspec.to_builtins(content)),
        },
    )


def forget_host(connection: C, order_id: UUID) -> None:
    connection.execute("DELETE FROM joint_host WHERE order_id = %s", (order_id,))


def guests(connection: C, order_id: UUID) -> list[Order]:
    """The orders that live on inside this one."""
    return many(
        connection,
        Order,
        f"SELECT {COLUMNS} FROM orders WHERE absorbed_into = %s ORDER BY order_id",
        (order_id,),
    )


def sides_within(connection: C, order_id: UUID) -> list[Side]:
    """All that live on inside this order, also those that a guest had taken in before, with what they came with; their
    approvals hold no more. One statement."""
    rows = connection.execute(_WITHIN, {"order_id": order_id}).fetchall()
    contents = [msgspec.convert(row.pop("content"), Content) for row in rows]
    return [(Order(**row), content) for row, content in zip(rows, contents, strict=True)]


_WITHIN = f"""
WITH RECURSIVE guest (guest_id) AS (
    SELECT order_id FROM orders WHERE absorbed_into = %(order_id)s
    UNION ALL
    SELECT o.order_id FROM guest g JOIN orders o ON o.absorbed_into = g.guest_id)
SELECT {COLUMNS}, jsonb_build_object(
    'items', ARRAY(SELECT jsonb_build_object('item_id', i.item_id, 'agency_id', i.agency_id, 'domain', i.domain)
                   FROM order_item i WHERE i.order_id = guest_id ORDER BY i.item_id),
    'inspectors', ARRAY(SELECT jsonb_build_object('inspector_id', i.inspector_id, 'agency_id', i.agency_id)
                        FROM order_inspector i WHERE i.order_id = guest_id ORDER BY i.inspector_id),
    'agencies', ARRAY(SELECT a.agency_id FROM order_agency a WHERE a.order_id = guest_id
                      ORDER BY a.leads DESC, a.agency_id),
    'approvals', '[]'::jsonb) AS content
FROM guest JOIN orders ON order_id = guest_id ORDER BY order_id
"""


def rewrite(connection: C, order: Order, content: Content) -> None:
    """Bring the rows in line with `content`, those that are there already, and the order with its lead.
    Locked checklists stay."""
    connection.execute(
        """
        WITH gone AS (
            DELETE FROM order_item WHERE order_id = %(order_id)s AND item_id <> ALL (%(items)s)),
        items AS (
            UPDATE order_item i SET starts_on = %(starts_on)s, ends_on = %(ends_on)s, agency_id = given.agency_id,
                                    trigger = given.trigger
            FROM unnest(%(items)s::uuid[], %(owners)s::uuid[], %(triggers)s::text[])
                 AS given (item_id, agency_id, trigger)
            WHERE i.order_id = %(order_id)s AND i.item_id = given.item_id),
        inspectors AS (
            DELETE FROM order_inspector
            WHERE order_id = %(order_id)s AND inspector_id <> ALL (%(inspectors)s)),
        lead AS (
            UPDATE orders SET agency_id = %(agency_id)s
            WHERE order_id = %(order_id)s AND agency_id <> %(agency_id)s),
        left_over AS (
            DELETE FROM order_agency WHERE order_id = %(order_id)s AND agency_id <> ALL (%(agencies)s))
        UPDATE order_agency SET leads = (agency_id = %(agency_id)s)
        WHERE order_id = %(order_id)s AND agency_id = ANY (%(agencies)s)
        """,
        {
            "order_id": order.order_id,
            "agency_id": order.agency_id,
            "starts_on": order.starts_on,
            "ends_on": order.ends_on,
            "items": [item.item_id for item in content.items],
            "owners": [item.agency_id for item in content.items],
            "triggers": [item.trigger for item in content.items],
            "inspectors": list(content.inspector_ids),
            "agencies": list(content.agencies),
        },
    )


def unlock_checklists(connection: C, order_id: UUID) -> None:
    """A draft has none locked: issue will lock what is in force then."""
    connection.execute("UPDATE order_item SET checklist_version = NULL WHERE order_id = %s", (order_id,))
