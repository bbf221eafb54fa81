"""The coordinator's word on one revision of an order."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from events.catalogue.inspection import OrderReviewed
from services.chassis.database import UnitOfWork
from services.chassis.errors import Conflict, Text
from services.chassis.identity import Principal
from services.inspection.orders import scope
from services.inspection.orders import store as orders
from services.inspection.orders.announce import announce
from services.inspection.orders.commands.approve import send_back
from services.inspection.orders.model import Action, Order
from services.inspection.reviews import store


@dataclass(frozen=True, kw_only=True)
class Review:
    order_id: UUID
    version: int
    passed: bool
    reason: str


class AlreadyReviewed(Conflict):
    code = "already_reviewed"
    title = Text("该版本已审查", "This revision has been reviewed")
    remedy = Text(
        "结论对该版本有效；要改变，请退回修改后重新审查。",
        "The word holds for this revision; to change it, return the order and review the next.",
    )


def review(command: Review, uow: UnitOfWork, who: Principal) -> Order:
    """Passed, it may be issued once the heads approve. Not passed, it is a draft again and says why.

    Raises NotFound, StaleVersion, WrongState, AlreadyReviewed.
    """
    order, _ = scope.locked(uow, command.order_id, who, command.version)
    order = order.after(Action.REVIEW)
    if not store.insert(uow.connection, order, command.passed, command.reason, who):
        raise AlreadyReviewed()
    order = announce(uow, order, OrderReviewed, passed=command.passed, reviewed_by=who.account_id)
    orders.note_step(uow.connection, order, Action.REVIEW, who, command.reason or None)
    if not command.passed:
        return send_back(uow, order, who, command.reason)
    orders.save(uow.connection, order)
    return order
