"""SQL of the orders that a draw becomes: one statement, however many they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.inspection.orders.model import Action, Order


def insert_drafts(
    connection: Connection[Any], drafted: Sequence[Order], items: Sequence[UUID], domain: str, who: Principal
) -> None:
    """Orders that differ by their object alone, each with the inspectors that were drawn for it."""
    if not drafted:
        return
    alike = drafted[0]
    connection.execute(
        _INSERT,
        {
            "orders": [order.order_id for order in drafted],
            "premises": [order.premises_id for order in drafted],
            "enterprises": [order.enterprise_id for order in drafted],
            "steps": [new_id() for _ in drafted],
            "items": list(items),
            "domain": domain,
            "version": alike.version,
            "revision": alike.revision,
            "state": alike.state,
            "agency_id": alike.agency_id,
            "draw_id": alike.draw_id,
            "trigger": alike.trigger,
            "on_site_reason": alike.on_site_reason,
            "considered": list(alike.considered),
            "starts_on": alike.starts_on,
            "ends_on": alike.ends_on,
            "drafted_at": alike.drafted_at,
            "action": Action.DRAFT,
            "by": who.account_id,
            "name": who.name,
        },
    )


_INSERT = """
WITH wanted AS (
    SELECT * FROM unnest(%(orders)s::uuid[], %(premises)s::uuid[], %(enterprises)s::uuid[], %(steps)s::uuid[])
        AS given (order_id, premises_id, enterprise_id, step_id)),
made AS (
    INSERT INTO orders (order_id, version, revision, state, agency_id, enterprise_id, premises_id, trigger, draw_id,
                        on_site_reason, considered, starts_on, ends_on, drafted_by, drafted_at)
    SELECT order_id, %(version)s, %(revision)s, %(state)s, %(agency_id)s, enterprise_id, premises_id, %(trigger)s,
           %(draw_id)s, %(on_site_reason)s, %(considered)s::text[], %(starts_on)s, %(ends_on)s, %(by)s, %(drafted_at)s
    FROM wanted),
items AS (
    INSERT INTO order_item (order_id, item_id, agency_id, enterprise_id, premises_id, domain, starts_on, ends_on)
    SELECT order_id, item_id, %(agency_id)s, enterprise_id, premises_id, %(domain)s, %(starts_on)s, %(ends_on)s
    FROM wanted CROSS JOIN unnest(%(items)s::uuid[]) AS item_id),
inspectors AS (
    INSERT INTO order_inspector (order_id, inspector_id, agency_id, enterprise_id, starts_on)
    SELECT wanted.order_id, inspector_id, %(agency_id)s, wanted.enterprise_id, %(starts_on)s
    FROM wanted JOIN draw_result r ON r.draw_id = %(draw_id)s AND r.premises_id = wanted.premises_id
    CROSS JOIN unnest(r.inspectors) AS inspector_id),
agencies AS (
    INSERT INTO order_agency (order_id, agency_id, leads) SELECT order_id, %(agency_id)s, true FROM wanted)
INSERT INTO step (step_id, order_id, version, action, by, name, reason, at)
SELECT step_id, order_id, %(version)s, %(action)s, %(by)s, %(name)s, NULL, %(drafted_at)s FROM wanted
"""
