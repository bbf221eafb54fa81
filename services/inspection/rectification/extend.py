"""Not everything was put right: the order waits on, with a new deadline and a new alert when that passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from events.catalogue.inspection import RecheckFailed
from services.chassis.database import UnitOfWork
from services.chassis.identity import Principal
from services.inspection.orders import store
from services.inspection.orders.announce import announce
from services.inspection.orders.model import Action, Order
from services.inspection.rectification.model import Mode


def extend(uow: UnitOfWork, order: Order, due_on: date, mode: Mode, who: Principal) -> Order:
    """Of a locked order. Raises WrongState unless it is rectifying."""
    waiting = tuple(kind for kind in order.overdue if kind != "rectification")
    order = replace(order.after(Action.EXTEND), rectification_due_on=due_on, overdue=waiting)
    order = announce(uow, order, RecheckFailed, mode=mode, rectification_due_on=due_on)
    store.note_step(uow.connection, order, Action.EXTEND, who)
    store.save(uow.connection, order)
    return order
