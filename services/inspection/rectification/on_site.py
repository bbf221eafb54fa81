"""A recheck on site is an order of its own; what comes of it is said of the order that asked for the rectification."""

from __future__ import annotations

from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.inspection.orders.commands.end import close_order
from services.inspection.orders.locks import lock_order
from services.inspection.orders.model import Order, State
from services.inspection.rectification import store
from services.inspection.rectification.extend import extend
from services.inspection.rectification.model import Recheck


def settle(uow: UnitOfWork, order: Order, who: Principal) -> Order:
    """`order` is a recheck that was just concluded; both orders are of one enterprise, whose lock is held.

    Not everything put right: the deadline it set is that of the first order, which goes on waiting, and the recheck
    itself is done. Otherwise the first order is closed; where the matter was referred it goes on there.
    """
    assert order.recheck_of is not None
    first = lock_order(uow.connection, order.recheck_of)
    if first.state is not State.RECTIFYING or first.enterprise_id != order.enterprise_id:
        return order
    failed = order.result == "order_rectification"
    store.insert_recheck(uow.connection, _recheck(first, order, who, passed=not failed))
    if not failed:
        close_order(uow, first, who, recheck="on_site")
        return order
    assert order.rectification_due_on is not None
    extend(uow, first, order.rectification_due_on, "on_site", who)
    return close_order(uow, order, who)


def _recheck(first: Order, order: Order, who: Principal, *, passed: bool) -> Recheck:
    return Recheck(
        recheck_id=new_id(),
        order_id=first.order_id,
        mode="on_site",
        passed=passed,
        note=order.on_site_reason,
        due_on=None if passed else order.rectification_due_on,
        made_under=order.order_id,
        by=who.account_id,
        name=who.name,
        at=clock.now(),
    )
