"""合并、联合: one order takes in another of the same premises and serves both (rules J1, J2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from events.catalogue.inspection import OrderAbsorbed, OrderJoined
from services.chassis.database import UnitOfWork
from services.chassis.errors import Conflict, Forbidden, Invalid, Text
from services.chassis.identity import Permission, Principal
from services.inspection.gate import Stage
from services.inspection.joint import model
from services.inspection.orders import findings, locks, scope, store
from services.inspection.orders.announce import announce
from services.inspection.orders.commands.outcome import Done
from services.inspection.orders.judgement import Judgement, Reasons, judge_order
from services.inspection.orders.model import Action, Content, Order, State


@dataclass(frozen=True, kw_only=True)
class Merge:
    """`order_id` takes in `absorb`."""

    order_id: UUID
    absorb: UUID
    version: int | None
    reasons: Reasons


class NotApprovedYet(Conflict):
    """Rule R1: what joins an approved order must be approved itself, for its window."""

    code = "not_approved_yet"
    title = Text("并入的检查单尚未就本期限获批", "What would join is not approved for this window")
    remedy = Text(
        "请先批准被并入的检查单，或反过来由未批准的一方并入已批准的一方后重新报批。",
        "Approve the other first, or let the one that is not approved absorb the approved one and submit it.",
    )


def merge(command: Merge, uow: UnitOfWork, who: Principal) -> Done:
    """The joint order keeps its own state, window and lead; a visit is made and counted once (rule J5).

    By a coordinator, or by the agency that leads both. Raises NotFound, Forbidden, Invalid, WrongState,
    StaleVersion, NotApprovedYet.
    """
    host, host_content = scope.locked(uow, command.order_id, who, command.version)
    guest, guest_content = _guest(command, uow, host)
    _may_join(who, host, guest)
    joined = host.after(Action.JOIN)
    absorbed = _absorb(uow, guest, host, who)
    approvals = list(model.standing_approvals((host, host_content), (guest, guest_content)))
    content = model.united(host_content, guest_content, tuple(approval for approval, _ in approvals))
    if host.state in (State.APPROVED, State.ISSUED) and content.unapproved:
        raise NotApprovedYet(unapproved=[str(agency) for agency in content.unapproved])
    order = replace(joined, revision=host.revision + 1)
    _rewrite(uow, order, content)
    for approval, given_for in approvals:
        store.insert_approval(uow.connection, order, approval, carried_from=given_for)
    order = announce(
        uow,
        order,
        OrderJoined,
        absorbed=absorbed.order_id,
        agencies=content.agencies,
        items=content.item_ids,
    )
    order, judgement = judge_order(uow, order, content, Stage.JOIN, who, command.reasons)
    _stop_if_unlawful(order, judgement)
    store.save(uow.connection, order)
    store.note_step(uow.connection, order, Action.JOIN, who, str(absorbed.order_id))
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


def _absorb(uow: UnitOfWork, guest: Order, host: Order, who: Principal) -> Order:
    absorbed = replace(guest.after(Action.BE_ABSORBED), absorbed_into=host.order_id)
    absorbed = announce(uow, absorbed, OrderAbsorbed, absorbed_into=host.order_id)
    store.save(uow.connection, absorbed)
    store.note_step(uow.connection, absorbed, Action.BE_ABSORBED, who, str(host.order_id))
    findings.forget_answers(uow.connection, absorbed)
    return absorbed


def _rewrite(uow: UnitOfWork, order: Order, content: Content) -> None:
    """Checklists that were locked at issue stay; those of new items are locked now if it is issued."""
    store.add_content(uow.connection, order, content)
    findings.forget_answers(uow.connection, order)
    if order.state is State.ISSUED:
        store.lock_checklists(uow.connection, order.order_id)


def _stop_if_unlawful(order: Order, judgement: Judgement) -> None:
    """A draft may still be mended, and what comes before issue will be judged again."""
    refusal = judgement.refusal(order)
    if refusal and (order.state is State.ISSUED or (judgement.blocks and order.state is not State.DRAFTED)):
        raise refusal
