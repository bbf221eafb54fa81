"""What is registered, as it travels: the `*_state` views are the one place that says how.

Commands read the row back through its view and emit it; imports copy the view into the outbox. Both
roads therefore carry the same payload.
"""

from __future__ import annotations

from typing import Any, LiteralString
from uuid import UUID

import msgspec
from psycopg import Connection

from events.catalogue.registry import AgencyChanged, EnterpriseChanged, InspectorChanged, ItemChanged
from events.model import Event
from services.chassis.database import UnitOfWork

VIEWS: dict[type[Event], LiteralString] = {
    AgencyChanged: "SELECT payload FROM agency_state WHERE id = %s",
    InspectorChanged: "SELECT payload FROM inspector_state WHERE id = %s",
    ItemChanged: "SELECT payload FROM item_state WHERE id = %s",
    EnterpriseChanged: "SELECT payload FROM enterprise_state WHERE id = %s",
}


def emit(uow: UnitOfWork, changed: type[Event], ident: UUID) -> None:
    """Say what the aggregate is now. Call it when all its rows are written."""
    uow.emit(read(uow.connection, changed, ident))


def read(connection: Connection[Any], changed: type[Event], ident: UUID) -> Event:
    row = connection.execute(VIEWS[changed], (ident,)).fetchone()
    assert row is not None, f"{changed.__name__}: {ident} was written in this transaction"
    return msgspec.convert(row["payload"], changed)
