"""不是重复: someone who knows both orders says that they are not the same work."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from events.catalogue.inspection import DuplicateDismissed
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid, NotFound
from services.chassis.identity import Permission, Principal
from services.inspection.duplicates import store
from services.inspection.duplicates.apart import JOINABLE, Side, meet
from services.inspection.orders import locks, scope
from services.inspection.orders import store as orders
from services.inspection.orders.announce import announce

OVERLAPPING = "J1"


@dataclass(frozen=True, kw_only=True)
class Dismiss:
    """Of two orders of one enterprise."""

    one: UUID
    other: UUID
    reason: str


def dismiss(command: Dismiss, uow: UnitOfWork, who: Principal) -> None:
    """It answers rule J2 until one of the two changes; rule J1 it does not lift. By an agency on either order, or by
    a coordinator. Raises Invalid, NotFound, Forbidden.
    """
    one, other = _locked(command, uow)
    _may_say(who, one, other)
    _apart(one, other)
    shared = set(one[1].agencies) & set(other[1].agencies)
    order = meet(uow, one[0], OVERLAPPING if shared else JOINABLE, [other[0].order_id])
    store.answer(uow.connection, one, other, command.reason, who.account_id, clock.now())
    order = announce(
        uow,
        order,
        DuplicateDismissed,
        other=other[0].order_id,
        dismissed_by=who.account_id,
        reason=command.reason,
    )
    orders.save(uow.connection, order)


def _locked(command: Dismiss, uow: UnitOfWork) -> tuple[Side, Side]:
    if command.one == command.other:
        raise Invalid({"/other": "须为两张不同的检查单 / must be two different orders"})
    enterprise_id = locks.enterprise_of(uow.connection, command.one)
    if locks.enterprise_of(uow.connection, command.other) != enterprise_id:
        raise Invalid({"/other": "不是同一企业 / not of the same enterprise"})
    locks.lock_enterprise(uow.connection, enterprise_id)
    held = {key: locks.lock_order(uow.connection, key) for key in sorted((command.one, command.other))}
    one, other = held[command.one], held[command.other]
    return (one, orders.content(uow.connection, one)), (other, orders.content(uow.connection, other))


def _may_say(who: Principal, one: Side, other: Side) -> None:
    if who.may(Permission.ORDER_JOIN):
        return
    if who.agency_id not in (*one[1].agencies, *other[1].agencies):
        raise NotFound("order", one[0].order_id)
    scope.any_of(who, Permission.ORDER_JOIN, Permission.ORDER_DRAFT, Permission.ORDER_APPROVE)


def _apart(one: Side, other: Side) -> None:
    first, second = one[0], other[0]
    if first.absorbed_into == second.order_id or second.absorbed_into == first.order_id:
        raise Invalid({"/other": "两张检查单已合为一次检查 / the two are one visit already"})
