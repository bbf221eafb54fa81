from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.codes import short
from services.inspection.codes import store


def short_code_for(order_id: UUID, connection: Connection[DictRow]) -> str:
    """The typed form of an order's code, drawn on first use and the same ever after."""
    return _short_codes([order_id], connection)[order_id]


def numbers_of(orders: Sequence[UUID], connection: Connection[DictRow]) -> Mapping[UUID, str]:
    """检查单号: the same, in groups, as it stands below the square."""
    return {order_id: short.shown(code) for order_id, code in _short_codes(orders, connection).items()}


def _short_codes(orders: Sequence[UUID], connection: Connection[DictRow]) -> Mapping[UUID, str]:
    while True:
        known = store.short_codes_of(connection, orders)
        missing = [order_id for order_id in orders if order_id not in known]
        if not missing:
            return known
        store.keep_short_codes(connection, {order_id: short.new() for order_id in missing})
