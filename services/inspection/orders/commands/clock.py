"""What the clock tells: a deadline that passed, once (rules A6, R3, R4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from events.catalogue.inspection import DeadlinePassed
from services.chassis.database import UnitOfWork
from services.chassis.policy import city_day, policies
from services.inspection.gate import Stage, judge
from services.inspection.gate.case import CaseFacts
from services.inspection.orders import locks, store
from services.inspection.orders.announce import announce
from services.inspection.orders.model import DEADLINES, Order, Overdue


def tell_overdue(uow: UnitOfWork, now: datetime, limit: int = 500) -> int:
    """Judge the orders that owe something by now; returns how many were told of, at most `limit`.

    What is past due is remembered on the order's own row, so the next run passes over it; rows that someone is
    working on are left for that run, and may owe nothing any more by then.
    """
    latest = max(city_day(profile, now) for profile in policies().profiles)
    due = locks.lock_overdue(uow.connection, now, latest, limit)
    areas = store.areas_of(uow.connection, {order.agency_id for order in due})
    told = 0
    for order in due:
        facts = CaseFacts(
            profile=policies().governing(areas.get(order.agency_id, ""), now), now=now, order=order
        )
        told += _tell(uow, facts)
    return told


def _tell(uow: UnitOfWork, facts: CaseFacts) -> bool:
    order = facts.order
    for finding in judge(facts, Stage.CLOCK):
        kind = finding.key.partition(":")[2]
        if kind in DEADLINES:
            order = _passed(uow, order, finding.rule, kind, facts)
    if order is facts.order:
        return False
    store.save(uow.connection, order)
    return True


def _passed(uow: UnitOfWork, order: Order, rule: str, kind: Overdue, facts: CaseFacts) -> Order:
    due_at = facts.deadlines[kind]
    order = announce(uow, order, DeadlinePassed, rule=rule, kind=kind, due_at=due_at)
    return replace(order, overdue=(*order.overdue, kind))
