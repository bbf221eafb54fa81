"""Complaints: that there is one, of what kind, and how far it is. Their words stay in feedback."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from events.catalogue.feedback import ComplaintFiled, ComplaintMoved
from events.consumer import Delivery
from services.oversight.projections.rows import json


def apply(connection: Connection[Any], deliveries: Sequence[Delivery], zone: ZoneInfo) -> None:
    filed = [_row(delivery, zone) for delivery in deliveries if isinstance(delivery.event, ComplaintFiled)]
    if filed:
        _insert(connection, filed)
    moved = [event for event in (one.event for one in deliveries) if isinstance(event, ComplaintMoved)]
    if moved:
        _move(connection, list({event.complaint_id: event for event in _by_version(moved)}.values()))


def _by_version(events: Sequence[ComplaintMoved]) -> list[ComplaintMoved]:
    return sorted(events, key=lambda event: event.version)


def _row(delivery: Delivery, zone: ZoneInfo) -> dict[str, Any]:
    event = delivery.event
    assert isinstance(event, ComplaintFiled)
    return {
        "complaint_id": event.complaint_id,
        "version": event.version,
        "enterprise_id": event.enterprise_id,
        "agency_id": event.agency_id,
        "order_id": event.order_id,
        "category": event.category,
        "state": "filed",
        "due_on": event.due_on,
        "filed_on": delivery.envelope.time.astimezone(zone).date(),
    }


def _insert(connection: Connection[Any], rows: Sequence[object]) -> None:
    connection.execute(
        """
        INSERT INTO complaint
        SELECT * FROM jsonb_populate_recordset(NULL::complaint, %(rows)s::jsonb)
        ON CONFLICT DO NOTHING
        """,
        {"rows": json(rows)},
    )


def _move(connection: Connection[Any], events: Sequence[ComplaintMoved]) -> None:
    connection.execute(
        """
        UPDATE complaint SET version = moved.version, state = moved.state, due_on = moved.due_on
        FROM jsonb_to_recordset(%(rows)s::jsonb) AS moved (
            complaint_id uuid, version integer, state text, due_on date)
        WHERE complaint.complaint_id = moved.complaint_id AND complaint.version < moved.version
        """,
        {"rows": json(events)},
    )
