"""Every event of an order moves its version by one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from events.catalogue.inspection import OrderEvent
from services.chassis.database import UnitOfWork
from services.inspection.orders.model import Order


def announce(uow: UnitOfWork, order: Order, event: type[OrderEvent], **facts: Any) -> Order:
    """Emit the order's next event and return the order at its version. The row must be locked, and saved
    before the commit: consumers refuse a version that skips one."""
    order = replace(order, version=order.version + 1)
    uow.emit(
        event(
            order_id=order.order_id,
            version=order.version,
            enterprise_id=order.enterprise_id,
            premises_id=order.premises_id,
            agency_id=order.agency_id,
            **facts,
        )
    )
    return order
