"""How an order ends: withdrawn, out of time, or closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from events.catalogue.inspection import OrderCancelled, OrderClosed, OrderExpired
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.identity import Permission, Principal
from services.inspection.gate import Stage
from services.inspection.gate.case import read_case
from services.inspection.orders import locks, scope, store
from services.inspection.orders.announce import announce
from services.inspection.orders.case import weigh
from services.inspection.orders.commands.outcome import Done
from services.inspection.orders.model import Action, Order, State

Recheck = Literal["remote", "on_site"]


@dataclass(frozen=True, kw_only=True)
class Cancel:
    order_id: UUID
    version: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class Close:
    order_id: UUID
    version: int | None


def cancel(command: Cancel, uow: UnitOfWork, who: Principal) -> Done:
    """By the agency that leads, by whoever drafted it, or by a coordinator. Raises WrongState, StaleVersion."""
    order, _ = scope.locked(uow, command.order_id, who, command.version)
    if not who.may(Permission.ORDER_JOIN):
        if who.account_id != order.drafted_by:
            scope.any_of(who, Permission.ORDER_DRAFT, Permission.ORDER_APPROVE)
        scope.leading(order, who)
    order = announce(uow, order.after(Action.CANCEL), OrderCancelled)
    store.note_step(uow.connection, order, Action.CANCEL, who, command.reason)
    store.save(uow.connection, order)
    return Done(order)


def close(command: Close, uow: UnitOfWork, who: Principal) -> Done:
    """办结 of what was concluded. Raises WrongState, StaleVersion."""
    order, _ = scope.locked(uow, command.order_id, who, command.version)
    scope.leading(order, who)
    return _closed(uow, order, who, None)


def close_order(
    uow: UnitOfWork, order: Order, who: Principal | None, recheck: Recheck | None = None
) -> Order:
    """Close a locked order with what was just done to it; `recheck` is how it was seen that all was put right.

    Raises WrongState, and RuleBlocked (A6, R2, R4) wherever it is closed from: then nothing of it was done.
    """
    done = _closed(uow, order, who, recheck)
    if done.refusal:
        raise done.refusal
    return done.order


def _closed(uow: UnitOfWork, order: Order, who: Principal | None, recheck: Recheck | None) -> Done:
    action, now = Action.RECHECK if order.state is State.RECTIFYING else Action.CLOSE, clock.now()
    closed = replace(order.after(action), closed_at=now)
    facts = read_case(uow.connection, order, now, closing=True, rechecked=recheck is not None)
    if refusal := weigh(uow, facts, Stage.CLOSE):
        return Done(order, refusal)
    closed = announce(uow, closed, OrderClosed, recheck=recheck)
    store.note_step(uow.connection, closed, action, who)
    store.save(uow.connection, closed)
    return Done(closed)


def expire_due(uow: UnitOfWork, today: date, backfill_days: int, limit: int = 500) -> int:
    """Let go of orders whose window is over; returns how many, at most `limit`.

    An issued order waits `backfill_days` longer: a phone that was without signal may still bring its entry
    (rule E3). Rows that someone is working on are left for the next run, so an entry that races the clock wins.
    """
    due = locks.lock_ended(uow.connection, today, backfill_days, limit)
    for order in due:
        expired = announce(uow, order.after(Action.EXPIRE), OrderExpired)
        store.note_step(uow.connection, expired, Action.EXPIRE)
        store.save(uow.connection, expired)
    return len(due)
