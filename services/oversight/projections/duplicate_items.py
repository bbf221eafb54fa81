"""Items by name and by the cap they publish; joined when somebody reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection

from events.catalogue.registry import ItemChanged
from events.model import Event
from services.oversight.projections.rows import json


def apply(connection: Connection[Any], events: Sequence[Event]) -> None:
    newest: dict[UUID, ItemChanged] = {}
    for event in events:
        if isinstance(event, ItemChanged):
            known = newest.get(event.item_id)
            if known is None or known.version < event.version:
                newest[event.item_id] = event
    if newest:
        _upsert(connection, [_row(item) for item in newest.values()])


def _row(item: ItemChanged) -> dict[str, Any]:
    return {
        "item_id": item.item_id,
        "version": item.version,
        "code": item.code,
        "name": item.name,
        "domain": item.domain,
        "annual_cap": item.annual_cap,
    }


def _upsert(connection: Connection[Any], rows: Sequence[object]) -> None:
    connection.execute(
        """
        INSERT INTO item
        SELECT * FROM jsonb_populate_recordset(NULL::item, %(rows)s::jsonb)
        ON CONFLICT (item_id) DO UPDATE
        SET version = excluded.version, code = excluded.code, name = excluded.name, domain = excluded.domain,
            annual_cap = excluded.annual_cap
        WHERE item.version < excluded.version
        """,
        {"rows": json(rows)},
    )
