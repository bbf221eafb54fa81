"""SQL of orders. None of these commits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis import clock
from services.chassis.database import many
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.inspection.orders.model import Action, Approval, Content, Order, OrderInspector, OrderItem

C = Connection[Any]


def insert(connection: C, order: Order) -> None:
    connection.execute(
        """
        INSERT INTO orders (order_id, version, revision, state, agency_id, enterprise_id, premises_id, trigger, clue,
                            campaign_id, draw_id, recheck_of, assistance_letter, on_site_reason, considered,
                            starts_on, ends_on, drafted_by, drafted_at, judgement_id, policy)
        VALUES (%(order_id)s, %(version)s, %(revision)s, %(state)s, %(agency_id)s, %(enterprise_id)s,
                %(premises_id)s, %(trigger)s, %(clue)s, %(campaign_id)s, %(draw_id)s, %(recheck_of)s,
                %(assistance_letter)s, %(on_site_reason)s, %(considered)s, %(starts_on)s, %(ends_on)s,
                %(drafted_by)s, %(drafted_at)s, %(judgement_id)s, %(policy)s)
        """,
        _row(order),
    )


def save(connection: C, order: Order) -> None:
    """Write back a locked order. Who drafted it for which enterprise never changes."""
    connection.execute(
        """
        UPDATE orders SET
            version = %(version)s, revision = %(revision)s, state = %(state)s, premises_id = %(premises_id)s,
            trigger = %(trigger)s, clue = %(clue)s, campaign_id = %(campaign_id)s, draw_id = %(draw_id)s,
            recheck_of = %(recheck_of)s, assistance_letter = %(assistance_letter)s,
            on_site_reason = %(on_site_reason)s, considered = %(considered)s,
            starts_on = %(starts_on)s, ends_on = %(ends_on)s, submitted_by = %(submitted_by)s,
            submitted_at = %(submitted_at)s, issued_at = %(issued_at)s, entered_at = %(entered_at)s,
            recorded_at = %(recorded_at)s, concluded_at = %(concluded_at)s, closed_at = %(closed_at)s,
            result = %(result)s, rectification_due_on = %(rectification_due_on)s,
            absorbed_into = %(absorbed_into)s, judgement_id = %(judgement_id)s, policy = %(policy)s,
            ratification = %(ratification)s, ratify_by = %(ratify_by)s, conclude_by = %(conclude_by)s,
            overdue = %(overdue)s
        WHERE order_id = %(order_id)s
        """,
        _row(order),
    )


def _row(order: Order) -> dict[str, Any]:
    return asdict(order) | {"considered": list(order.considered), "overdue": list(order.overdue)}


def add_content(connection: C, order: Order, content: Content) -> None:
    """Items, inspectors and agencies that are not there yet; one round trip."""
    connection.execute(
        """
        WITH items AS (
            INSERT INTO order_item (order_id, item_id, agency_id, enterprise_id, premises_id, domain, starts_on, ends_on,
                                    trigger)
            SELECT %(order_id)s, item_id, agency_id, %(enterprise_id)s, %(premises_id)s, domain,
                   %(starts_on)s, %(ends_on)s, trigger
            FROM unnest(%(items)s::uuid[], %(owners)s::uuid[], %(domains)s::text[], %(triggers)s::text[])
                 AS given (item_id, agency_id, domain, trigger)
            ON CONFLICT DO NOTHING),
        inspectors AS (
            INSERT INTO order_inspector (order_id, inspector_id, agency_id, enterprise_id, starts_on)
            SELECT %(order_id)s, inspector_id, agency_id, %(enterprise_id)s, %(starts_on)s
            FROM unnest(%(inspectors)s::uuid[], %(employers)s::uuid[]) AS given (inspector_id, agency_id)
            ON CONFLICT DO NOTHING)
        INSERT INTO order_agency (order_id, agency_id, leads)
        SELECT %(order_id)s, agency_id, agency_id = %(agency_id)s FROM unnest(%(agencies)s::uuid[]) AS agency_id
        ON CONFLICT DO NOTHING
        """,
        {
            "order_id": order.order_id,
            "agency_id": order.agency_id,
            "enterprise_id": order.enterprise_id,
            "premises_id": order.premises_id,
            "starts_on": order.starts_on,
            "ends_on": order.ends_on,
            "items": [item.item_id for item in content.items],
            "owners": [item.agency_id for item in content.items],
            "domains": [item.domain for item in content.items],
            "triggers": [item.trigger for item in content.items],
            "inspectors": [inspector.inspector_id for inspector in content.inspectors],
            "employers": [inspector.agency_id for inspector in content.inspectors],
            "agencies": list(content.agencies),
        },
    )


def delete_content(connection: C, order_id: UUID) -> None:
    connection.execute(
        """
        WITH items AS (DELETE FROM order_item WHERE order_id = %(order_id)s),
             inspectors AS (DELETE FROM order_inspector WHERE order_id = %(order_id)s)
        DELETE FROM order_agency WHERE order_id = %(order_id)s
        """,
        {"order_id": order_id},
    )


def content(connection: C, order: Order) -> Content:
    """What a locked order covers."""
    key = {"order_id": order.order_id}
    agencies = connection.execute(
        "SELECT agency_id FROM order_agency WHERE order_id = %(order_id)s ORDER BY leads DESC, agency_id", key
    ).fetchall()
    return Content(
        items=tuple(many(connection, OrderItem, _ITEMS, key)),
        inspectors=tuple(many(connection, OrderInspector, _INSPECTORS, key)),
        agencies=tuple(row["agency_id"] for row in agencies),
        approvals=tuple(many(connection, Approval, _APPROVALS, key | {"revision": order.revision})),
    )


_ITEMS = """
SELECT item_id, agency_id, domain, checklist_version, trigger FROM order_item WHERE order_id = %(order_id)s ORDER BY item_id
"""
_INSPECTORS = """
SELECT inspector_id, agency_id FROM order_inspector WHERE order_id = %(order_id)s ORDER BY inspector_id
"""
_APPROVALS = """
SELECT agency_id, approved_by, name, approved_at, starts_on, ends_on FROM approval
WHERE order_id = %(order_id)s AND revision = %(revision)s ORDER BY approved_at
"""


def insert_approval(
    connection: C, order: Order, approval: Approval, *, carried_from: UUID | None = None
) -> None:
    connection.execute(
        """
        INSERT INTO approval (approval_id, order_id, agency_id, revision, starts_on, ends_on, approved_by, name,
                              approved_at, carried_from)
        VALUES (%(approval_id)s, %(order_id)s, %(agency_id)s, %(revision)s, %(starts_on)s, %(ends_on)s,
                %(approved_by)s, %(name)s, %(approved_at)s, %(carried_from)s)
        """,
        asdict(approval)
        | {
            "approval_id": new_id(),
            "order_id": order.order_id,
            "revision": order.revision,
            "carried_from": carried_from,
        },
    )


def lock_checklists(connection: C, order_id: UUID) -> None:
    """Rule R1: what is asked on site is what was in force at issue. Those already locked stay."""
    connection.execute(
        """
        UPDATE order_item o SET checklist_version = i.checklist_version
        FROM item i WHERE i.item_id = o.item_id AND o.order_id = %s AND o.checklist_version IS NULL
        """,
        (order_id,),
    )


def note_step(
    connection: C, order: Order, action: Action, who: Principal | None = None, reason: str | None = None
) -> None:
    """Who did what; `who` is None when the clock did."""
    connection.execute(
        """
        INSERT INTO step (step_id, order_id, version, action, by, name, reason, at)
        VALUES (%(step_id)s, %(order_id)s, %(version)s, %(action)s, %(by)s, %(name)s, %(reason)s, %(at)s)
        """,
        {
            "step_id": new_id(),
            "order_id": order.order_id,
            "version": order.version,
            "action": action,
            "by": who.account_id if who else None,
            "name": who.name if who else None,
            "reason": reason,
            "at": clock.now(),
        },
    )


def was_there(connection: C, order_id: UUID, account_id: UUID, inspector_id: UUID | None) -> bool:
    """Whether this account scanned in under the order, or its inspector was among those present."""
    row = connection.execute(
        """
        SELECT FROM entry e WHERE e.order_id = %(order_id)s AND (
            EXISTS (SELECT FROM entry_inspector i
                    WHERE i.entry_id = e.entry_id AND i.inspector_id = %(inspector_id)s)
            OR EXISTS (SELECT FROM step s
                       WHERE s.order_id = e.order_id AND s.action = 'enter' AND s.by = %(account_id)s))
        """,
        {"order_id": order_id, "account_id": account_id, "inspector_id": inspector_id},
    ).fetchone()
    return row is not None


def replace_inspector(connection: C, order_id: UUID, replaced: UUID, replacement: UUID) -> None:
    connection.execute(
        "UPDATE order_inspector SET inspector_id = %s WHERE order_id = %s AND inspector_id = %s",
        (replacement, order_id, replaced),
    )


def employer_of(connection: C, inspector_id: UUID) -> UUID | None:
    row = connection.execute(
        "SELECT agency_id FROM inspector WHERE inspector_id = %s", (inspector_id,)
    ).fetchone()
    return row["agency_id"] if row else None


def areas_of(connection: C, agencies: Iterable[UUID]) -> dict[UUID, str]:
    rows = connection.execute(
        "SELECT agency_id, area_code FROM agency WHERE agency_id = ANY (%s)", (list(agencies),)
    ).fetchall()
    return {row["agency_id"]: row["area_code"] for row in rows}


def only_approved_since(connection: C, order_id: UUID, version: int) -> bool:
    """Whether nothing was done to the order since that version but other heads approving it."""
    row = connection.execute(
        "SELECT FROM step WHERE order_id = %s AND version > %s AND action <> 'approve' LIMIT 1",
        (order_id, version),
    ).fetchone()
    return row is None
