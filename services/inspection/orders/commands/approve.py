"""审批: the head of each agency says yes, or sends the order back (rule A5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from events.catalogue.inspection import ApprovalGiven, OrderApproved, OrderReturned
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Conflict, StaleVersion, Text
from services.chassis.identity import Principal
from services.inspection.gate import Stage
from services.inspection.orders import scope, store
from services.inspection.orders.announce import announce
from services.inspection.orders.commands.outcome import Done
from services.inspection.orders.judgement import Reasons, judge_order
from services.inspection.orders.model import Action, Approval, Content, Order, State


@dataclass(frozen=True, kw_only=True)
class Approve:
    order_id: UUID
    version: int
    reasons: Reasons


@dataclass(frozen=True, kw_only=True)
class Return:
    order_id: UUID
    version: int | None
    reason: str


class AlreadyApproved(Conflict):
    code = "already_approved"
    title = Text("本机关已批准", "Your agency has approved already")
    remedy = Text("无需重复批准；请等待其他机关或签发。", "Nothing is left to do for your agency here.")


def approve(command: Approve, uow: UnitOfWork, who: Principal) -> Done:
    """One agency's word; the order is approved when every agency that it serves has given its own.

    Raises WrongState, StaleVersion, AlreadyApproved, WindowOver.
    """
    agency_id = scope.own_agency(who)
    order, content = scope.locked(uow, command.order_id, who)
    _as_read(command, uow, order)
    approved = order.after(Action.APPROVE)
    if agency_id not in content.unapproved:
        raise AlreadyApproved()
    order, judgement = judge_order(uow, order, content, Stage.APPROVE, who, command.reasons)
    scope.window_ahead(order, judgement.today)
    refusal = judgement.refusal(order)
    if refusal is None:
        store.insert_approval(uow.connection, order, _word(order, agency_id, who))
        order = _told(uow, order, approved.state, content, agency_id, who)
        store.note_step(uow.connection, order, Action.APPROVE, who)
    store.save(uow.connection, order)
    return Done(order, refusal)


def _as_read(command: Approve, uow: UnitOfWork, order: Order) -> None:
    """A head signs what was read. That another head has signed meanwhile changes nothing of it.

    Raises StaleVersion.
    """
    if command.version == order.version:
        return
    waits = order.state is State.SUBMITTED
    if not (waits and store.only_approved_since(uow.connection, order.order_id, command.version)):
        raise StaleVersion(command.version, order.version)


def _told(
    uow: UnitOfWork, order: Order, approved: State, content: Content, agency_id: UUID, who: Principal
) -> Order:
    """Approved with the last word; until then each is told for itself."""
    waiting = tuple(agency for agency in content.unapproved if agency != agency_id)
    if not waiting:
        return announce(uow, replace(order, state=approved), OrderApproved, approved_by=who.account_id)
    return announce(
        uow,
        order,
        ApprovalGiven,
        approving_agency_id=agency_id,
        approved_by=who.account_id,
        waiting_for=waiting,
    )


def _word(order: Order, agency_id: UUID, who: Principal) -> Approval:
    return Approval(agency_id, who.account_id, who.name, clock.now(), order.starts_on, order.ends_on)


def return_order(command: Return, uow: UnitOfWork, who: Principal) -> Done:
    """退回: by the head of any agency on it, until it is issued. Raises WrongState, StaleVersion."""
    order, _ = scope.locked(uow, command.order_id, who, command.version)
    scope.own_agency(who)
    return Done(send_back(uow, order, who, command.reason))


def send_back(uow: UnitOfWork, order: Order, who: Principal, reason: str) -> Order:
    """A locked order becomes a draft again; approvals given so far fall. Raises WrongState."""
    order = replace(
        order.after(Action.RETURN), revision=order.revision + 1, submitted_by=None, submitted_at=None
    )
    order = announce(uow, order, OrderReturned)
    store.note_step(uow.connection, order, Action.RETURN, who, reason)
    store.save(uow.connection, order)
    return order
