"""Whose orders an account sees, and what it may do to them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.chassis.database import UnitOfWork
from services.chassis.errors import Conflict, Forbidden, NotFound, StaleVersion, Text
from services.chassis.identity import Permission, Principal
from services.inspection.orders import locks, store
from services.inspection.orders.model import Content, Order


def own_agency(who: Principal) -> UUID:
    """Raises Forbidden for an account that belongs to no agency."""
    if who.agency_id is None:
        raise Forbidden(Text("账号不属于任何检查主体", "the account belongs to no agency"))
    return who.agency_id


def locked(
    uow: UnitOfWork, order_id: UUID, who: Principal, version: int | None = None
) -> tuple[Order, Content]:
    """An order that `who` sees, locked after its enterprise.

    Raises NotFound also for what lies outside the account's agency, StaleVersion unless it still has `version`.
    """
    order = locks.lock_with_enterprise(uow.connection, order_id)
    content = store.content(uow.connection, order)
    if not who.sees_all and who.agency_id not in content.agencies:
        raise NotFound("order", order_id)
    if version is not None and version != order.version:
        raise StaleVersion(version, order.version)
    return order, content


def leading(order: Order, who: Principal) -> None:
    """Raises Forbidden unless the order is led by the account's agency."""
    if who.agency_id != order.agency_id:
        raise Forbidden(Text("只有牵头机关可以办理", "only the agency that leads the order may do this"))


def any_of(who: Principal, *permissions: Permission) -> None:
    """Raises Forbidden unless `who` holds one of them."""
    if not who.permissions & set(permissions):
        names = " / ".join(permissions)
        raise Forbidden(Text(f"缺少权限：{names}", f"missing permission: one of {names}"))


class WindowOver(Conflict):
    code = "window_over"
    title = Text("检查期限已过", "The window is over")
    remedy = Text("请退回修改期限，或重新拟单。", "Return it for a new window, or draft another order.")


def window_ahead(order: Order, today: date) -> None:
    """Raises WindowOver when no day is left on which the visit may be made."""
    if order.ends_on < today:
        raise WindowOver(
            Text(f"检查期限已于 {order.ends_on} 结束", f"the window ended on {order.ends_on}"),
            ends_on=str(order.ends_on),
        )
