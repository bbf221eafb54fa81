"""合并、联合: one order takes in another of the same premises and serves both (rules J1, J2)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.chassis.database import UnitOfWork
from services.chassis.errors import Forbidden, Invalid, Text
from services.chassis.identity import Permission, Principal
from services.inspection.joint.uniting import unite
from services.inspection.orders import locks, scope, store
from services.inspection.orders.commands.outcome import Done
from services.inspection.orders.judgement import Reasons
from services.inspection.orders.model import Content, Order


@dataclass(frozen=True, kw_only=True)
class Merge:
    """`order_id` takes in `absorb`."""

    order_id: UUID
    absorb: UUID
    version: int | None
    reasons: Reasons


def merge(command: Merge, uow: UnitOfWork, who: Principal) -> Done:
    """The joint order keeps its own state, window and lead; a visit is made and counted once (rule J5).

    By a coordinator, or by the agency that leads both. Raises NotFound, Forbidden, Invalid, WrongState,
    StaleVersion, NotApprovedYet.
    """
    host, host_content = scope.locked(uow, command.order_id, who, command.version)
    guest, guest_content = _guest(command, uow, host)
    _may_join(who, host, guest)
    order = unite(uow, (host, host_content), [(guest, guest_content)], who, command.reasons)
    return Done(order)


def _guest(command: Merge, uow: UnitOfWork, host: Order) -> tuple[Order, Content]:
    """The other order, of the same premises. Its enterprise is compared before its row is locked: the lock on
    the host's enterprise is the one that keeps such merges apart."""
    if command.absorb == command.order_id:
        raise Invalid({"/absorb": "不能并入自身 / an order cannot absorb itself"})
    if locks.enterprise_of(uow.connection, command.absorb) != host.enterprise_id:
        raise Invalid({"/absorb": "不是同一企业 / not of the same enterprise"})
    guest = locks.lock_order(uow.connection, command.absorb)
    if guest.premises_id != host.premises_id:
        raise Invalid({"/absorb": "不是同一经营场所，不能合为一次 / not at the same premises"})
    return guest, store.content(uow.connection, guest)


def _may_join(who: Principal, host: Order, guest: Order) -> None:
    if who.may(Permission.ORDER_JOIN):
        return
    scope.any_of(who, Permission.ORDER_JOIN, Permission.ORDER_DRAFT)
    if not who.agency_id == host.agency_id == guest.agency_id:
        raise Forbidden(
            Text("跨机关联合由统筹机构决定", "orders of different agencies are joined by the coordinator"),
            remedy=Text("请联系统筹机构联合。", "Ask the coordinator to join them."),
        )
