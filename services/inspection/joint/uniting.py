"""One order takes in others of the same premises, and one visit serves them all (rules J1, J2, J5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from events.catalogue.inspection import OrderAbsorbed, OrderJoined
from services.chassis.database import UnitOfWork
from services.chassis.errors import Conflict, Text
from services.chassis.identity import Principal
from services.inspection.campaigns.quota import hold_places
from services.inspection.duplicates.reopening import reopen
from services.inspection.gate import Stage
from services.inspection.joint import model
from services.inspection.joint import store as hosts
from services.inspection.joint.grounds import stop_unlawful
from services.inspection.joint.model import Shape, Side
from services.inspection.orders import store
from services.inspection.orders.announce import announce
from services.inspection.orders.judgement import Judgement, Reasons, judge_order
from services.inspection.orders.model import Action, Content, Order, State


class NotApprovedYet(Conflict):
    """Rule R1: what joins an approved order must be approved itself, for its window."""

    code = "not_approved_yet"
    title = Text("并入的检查单尚未就本期限获批", "What would join is not approved for this window")
    remedy = Text(
        "请先批准被并入的检查单，或反过来由未批准的一方并入已批准的一方后重新报批。",
        "Approve the other first, or let the one that is not approved absorb the approved one and submit it.",
    )


def unite(
    uow: UnitOfWork,
    host: Side,
    guests: Sequence[Side],
    who: Principal,
    reasons: Reasons,
    shape: Shape | None = None,
) -> Order:
    """The host takes in the guests; all are locked, after their enterprise. Every item, its legal basis and each
    agency's own approval are kept, and the checklists that were locked at issue.

    Raises WrongState, NotApprovedYet, RuleBlocked, QuotaUsed.
    """
    hold_places(uow.connection, (guest for guest, _ in guests))
    order = model.shaped(host[0].after(Action.JOIN), shape)
    absorbed = [_absorb(uow, guest, order, who) for guest, _ in guests]
    approvals = list(model.standing_approvals((order, host[1]), *guests))
    content = model.reshaped(
        model.united(host[1], *map(model.brought, guests), approvals=tuple(a for a, _ in approvals)), shape
    )
    if order.state in (State.APPROVED, State.ISSUED) and content.unapproved:
        raise NotApprovedYet(unapproved=[str(agency) for agency in content.unapproved])
    hosts.remember_host(uow.connection, host)
    order = _rewritten(uow, replace(order, revision=order.revision + 1), content)
    for approval, given_for in approvals:
        store.insert_approval(uow.connection, order, approval, carried_from=given_for)
    for guest in absorbed:
        order = _tell(uow, order, content, guest, who)
    order, judgement = judge_order(uow, order, content, Stage.JOIN, who, reasons)
    _stop_if_unlawful(order, judgement)
    for side in guests:
        stop_unlawful(uow, order, judgement.findings, side, who)
    store.save(uow.connection, order)
    return order


def _absorb(uow: UnitOfWork, guest: Order, host: Order, who: Principal) -> UUID:
    absorbed = replace(guest.after(Action.BE_ABSORBED), absorbed_into=host.order_id)
    absorbed = announce(uow, absorbed, OrderAbsorbed, absorbed_into=host.order_id)
    store.note_step(uow.connection, absorbed, Action.BE_ABSORBED, who, str(host.order_id))
    store.save(uow.connection, reopen(uow, absorbed))
    return guest.order_id


def _rewritten(uow: UnitOfWork, order: Order, content: Content) -> Order:
    """Checklists that were locked at issue stay; those of new items are locked now if it is issued."""
    store.add_content(uow.connection, order, content)
    hosts.rewrite(uow.connection, order, content)
    if order.state is State.ISSUED:
        store.lock_checklists(uow.connection, order.order_id)
    return reopen(uow, order)


def _tell(uow: UnitOfWork, order: Order, content: Content, absorbed: UUID, who: Principal) -> Order:
    order = announce(
        uow,
        order,
        OrderJoined,
        absorbed=absorbed,
        agencies=content.agencies,
        items=content.item_ids,
        inspectors=content.inspector_ids,
        starts_on=order.starts_on,
        ends_on=order.ends_on,
    )
    store.note_step(uow.connection, order, Action.JOIN, who, str(absorbed))
    return order


def _stop_if_unlawful(order: Order, judgement: Judgement) -> None:
    """A draft may still be mended, and what comes before issue will be judged again."""
    refusal = judgement.refusal(order)
    if refusal and (order.state is State.ISSUED or (judgement.blocks and order.state is not State.DRAFTED)):
        raise refusal
