"""Orders of the past, brought in from elsewhere in bulk: a demo's year, or another system's archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from events.catalogue.inspection import (
    EntryMade,
    OrderClosed,
    OrderConcluded,
    OrderEvent,
    OrderIssued,
    Result,
    Trigger,
)
from services.chassis.database import UnitOfWork
from services.chassis.ids import new_id
from services.inspection.orders.model import State

POLICY = "imported"
"""What stands where an order remembers the policy that judged it: none did."""


@dataclass(frozen=True, kw_only=True)
class PastOrder:
    """A visit that is over. `entered_at` is None when nobody scanned in; times are aware and in UTC."""

    order_id: UUID
    agency_id: UUID
    enterprise_id: UUID
    premises_id: UUID
    items: tuple[UUID, ...]
    inspectors: tuple[UUID, ...]
    trigger: Trigger
    starts_on: date
    ends_on: date
    entered_at: datetime | None
    result: Result
    concluded_at: datetime

    @property
    def state(self) -> State:
        return State.REFERRED if self.result == "refer" else State.CLOSED


def load_history(uow: UnitOfWork, orders: Iterable[PastOrder]) -> int:
    """Insert past orders and emit the events they would have made. Returns how many were new.

    An order that is already there is left alone, so a load may be repeated. The items must be in the replica
    already. The caller commits.
    """
    given = {order.order_id: order for order in orders}
    entries = {order.order_id: new_id() for order in given.values() if order.entered_at}
    new = _insert(uow.connection, list(given.values()), entries)
    for order_id in given:
        if order_id in new:
            for event in _events(given[order_id], entries.get(order_id)):
                uow.emit(event)
    return len(new)


def _events(order: PastOrder, entry_id: UUID | None) -> Iterator[OrderEvent]:
    agencies = (order.agency_id,)
    about: dict[str, Any] = {
        "order_id": order.order_id,
        "enterprise_id": order.enterprise_id,
        "premises_id": order.premises_id,
        "agency_id": order.agency_id,
    }
    yield OrderIssued(
        **about,
        version=1,
        trigger=order.trigger,
        items=order.items,
        agencies=agencies,
        inspectors=order.inspectors,
        starts_on=order.starts_on,
        ends_on=order.ends_on,
        policy_version=POLICY,
    )
    if entry_id and order.entered_at:
        yield EntryMade(
            **about,
            version=2,
            entry_id=entry_id,
            inspectors=order.inspectors,
            agencies=agencies,
            entered_at=order.entered_at,
            device_time=order.entered_at,
            online=True,
            flags=(),
        )
    concluding = 3 if entry_id else 2
    yield OrderConcluded(
        **about,
        version=concluding,
        result=order.result,
        items=order.items,
        agencies=agencies,
        entered=entry_id is not None,
        concluded_at=order.concluded_at,
    )
    if order.state is State.CLOSED:
        yield OrderClosed(**about, version=concluding + 1)


def _insert(connection: Connection[Any], orders: Sequence[PastOrder], entries: dict[UUID, UUID]) -> set[UUID]:
    """All of them in one statement; the ids of those that were not there yet."""
    rows = connection.execute(
        _INSERT, {"rows": Jsonb([_row(order, entries.get(order.order_id)) for order in orders])}
    ).fetchall()
    return {row["order_id"] for row in rows}


def _row(order: PastOrder, entry_id: UUID | None) -> dict[str, Any]:
    closed = order.state is State.CLOSED
    return {
        "order_id": str(order.order_id),
        "version": 2 + (entry_id is not None) + closed,
        "state": order.state,
        "agency_id": str(order.agency_id),
        "enterprise_id": str(order.enterprise_id),
        "premises_id": str(order.premises_id),
        "trigger": order.trigger,
        "starts_on": str(order.starts_on),
        "ends_on": str(order.ends_on),
        "entry_id": entry_id and str(entry_id),
        "entered_at": order.entered_at and order.entered_at.isoformat(),
        "result": order.result,
        "concluded_at": order.concluded_at.isoformat(),
        "closed_at": order.concluded_at.isoformat() if closed else None,
        "items": [str(item) for item in order.items],
        "inspectors": [str(inspector) for inspector in order.inspectors],
    }


_INSERT = """
WITH given AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(%(rows)s) AS row (
        order_id uuid, version int, state text, agency_id uuid, enterprise_id uuid, premises_id uuid, trigger text,
        starts_on date, ends_on date, entry_id uuid, entered_at timestamptz, result text, concluded_at timestamptz,
        closed_at timestamptz, items uuid[], inspectors uuid[])),
added AS (
    INSERT INTO orders (order_id, version, state, agency_id, enterprise_id, premises_id, trigger, on_site_reason,
                        starts_on, ends_on, drafted_by, drafted_at, issued_at, entered_at, recorded_at,
                        concluded_at, closed_at, result, policy)
    SELECT order_id, version, state, agency_id, enterprise_id, premises_id, trigger, '',
           starts_on, ends_on, '00000000-0000-0000-0000-000000000000', starts_on, starts_on, entered_at,
           entered_at, concluded_at, closed_at, result, 'imported'
    FROM given
    ON CONFLICT DO NOTHING RETURNING order_id),
fresh AS MATERIALIZED (SELECT given.* FROM given JOIN added USING (order_id)),
of_items AS (
    INSERT INTO order_item (order_id, item_id, agency_id, enterprise_id, premises_id, domain, starts_on, ends_on,
                            checklist_version)
    SELECT f.order_id, named.item_id, f.agency_id, f.enterprise_id, f.premises_id, i.domain, f.starts_on, f.ends_on,
           i.checklist_version
    FROM fresh f CROSS JOIN unnest(f.items) AS named (item_id) LEFT JOIN item i ON i.item_id = named.item_id),
of_inspectors AS (
    INSERT INTO order_inspector (order_id, inspector_id, agency_id, enterprise_id, starts_on)
    SELECT order_id, inspector_id, agency_id, enterprise_id, starts_on
    FROM fresh CROSS JOIN unnest(inspectors) AS inspector_id),
of_agencies AS (
    INSERT INTO order_agency (order_id, agency_id, leads) SELECT order_id, agency_id, true FROM fresh),
of_entries AS (
    INSERT INTO entry (entry_id, order_id, enterprise_id, premises_id, made_by, entered_at, device_time, received_at,
                       device_id, online, flags)
    SELECT entry_id, order_id, enterprise_id, premises_id, inspectors[1], entered_at, entered_at, entered_at,
           'imported', true, '{}'
    FROM fresh WHERE entry_id IS NOT NULL),
of_entrants AS (
    INSERT INTO entry_inspector (entry_id, inspector_id, premises_id, entered_at)
    SELECT entry_id, inspector_id, premises_id, entered_at
    FROM fresh CROSS JOIN unnest(inspectors) AS inspector_id WHERE entry_id IS NOT NULL)
SELECT order_id FROM added
"""
