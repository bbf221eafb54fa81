"""Why two orders go on apart: said once, it answers rule J2 for both until one of them changes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from events.catalogue.inspection import DuplicateFound, FindingOverridden
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.identity import Principal
from services.inspection.duplicates import store
from services.inspection.orders import findings
from services.inspection.orders import store as orders
from services.inspection.orders.announce import announce
from services.inspection.orders.model import Content, Order

JOINABLE = "J2"
Side = tuple[Order, Content]


def go_apart(
    uow: UnitOfWork, ours: Sequence[Side], others: Sequence[Side], reason: str, who: Principal
) -> None:
    """For every two of them that no agency shares. All are locked, after their enterprise."""
    for order, content in ours:
        apart = [other for other in others if not set(other[1].agencies) & set(content.agencies)]
        if apart:
            _answer(uow, (order, content), apart, reason, who)


def _answer(uow: UnitOfWork, side: Side, apart: Sequence[Side], reason: str, who: Principal) -> None:
    order, now = side[0], clock.now()
    order = meet(uow, order, JOINABLE, [other.order_id for other, _ in apart])
    for other in apart:
        store.answer(uow.connection, side, other, reason, who.account_id, now)
        order = announce(
            uow,
            order,
            FindingOverridden,
            rule=JOINABLE,
            overridden_by=who.account_id,
            finding_key=f"{JOINABLE}:{other[0].order_id}:{other[0].revision}",
            reason=reason,
        )
    orders.save(uow.connection, order)


def meet(uow: UnitOfWork, order: Order, rule: str, others: Sequence[UUID]) -> Order:
    """A pair that people speak of before the gate saw it is found now; once, like every pair."""
    new = findings.meet_duplicates(uow.connection, order, rule, others, clock.now())
    return announce(uow, order, DuplicateFound, rule=rule, outcome="justify", others=new) if new else order
