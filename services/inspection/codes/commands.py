from __future__ import annotations

from uuid import UUID

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.codes import short
from services.inspection.codes import store


def short_code_for(order_id: UUID, connection: Connection[DictRow]) -> str:
    """The typed form of an order's code, drawn on first use and the same ever after."""
    while True:
        known = store.short_code_of(connection, order_id)
        if known:
            return known
        store.keep_short_code(connection, order_id, short.new())


def number_of(order_id: UUID, connection: Connection[DictRow]) -> str:
    """检查单号: the same, in groups, as it stands below the square."""
    return short.shown(short_code_for(order_id, connection))
