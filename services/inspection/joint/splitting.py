"""拆分: an order leaves the joint order it lives in and stands alone again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from events.catalogue.inspection import OrderApproved, OrderRestored, OrderSplit
from services.chassis.database import UnitOfWork
from services.chassis.errors import Forbidden, Invalid, Text
from services.chassis.identity import Permission, Principal
from services.inspection.duplicates.reopening import reopen
from services.inspection.gate import Stage
from services.inspection.gate.errors import blocked
from services.inspection.joint import model
from services.inspection.joint import store as hosts
from services.inspection.joint.model import Parts, Side
from services.inspection.orders import locks, scope, store
from services.inspection.orders.announce import announce
from services.inspection.orders.commands.outcome import Done
from services.inspection.orders.judgement import judge_order
from services.inspection.orders.model import Action, Content, Order, State

_CHANGEABLE = (State.DRAFTED, State.SUBMITTED)
_ENDED = (State.CANCELLED, State.EXPIRED)
_TOO_FEW = "A3"


@dataclass(frozen=True, kw_only=True)
class Split:
    """`leaving` leaves the joint order `order_id`."""

    order_id: UUID
    leaving: UUID
    version: int | None
    reason: str


def split(command: Split, uow: UnitOfWork, who: Principal) -> Done:
    """Before anyone entered; by an agency of the order that leaves, or by a coordinator. That order is a draft again,
    with the items, inspectors and window it came with. Of a joint order that was cancelled or ran out of time it is
    only saved: nothing changes there.

    Raises NotFound, Forbidden, Invalid, WrongState, StaleVersion, RuleBlocked.
    """
    host = scope.locked(uow, command.order_id, who, command.version)
    guest = _guest(command, uow, host[0])
    _may_leave(who, guest[1])
    order = host[0]
    if order.state not in _ENDED:
        order = _without(uow, host, guest, command.reason, who)
    _restored(uow, guest, command, who)
    return Done(order)


def _guest(command: Split, uow: UnitOfWork, host: Order) -> Side:
    if locks.enterprise_of(uow.connection, command.leaving) != host.enterprise_id:
        raise Invalid({"/order_id": "不是同一企业 / not of the same enterprise"})
    guest = locks.lock_order(uow.connection, command.leaving)
    if guest.absorbed_into != host.order_id:
        raise Invalid({"/order_id": "没有并入这张检查单 / does not live in this joint order"})
    return guest, store.content(uow.connection, guest)


def _may_leave(who: Principal, leaving: Content) -> None:
    if who.may(Permission.ORDER_JOIN):
        return
    scope.any_of(who, Permission.ORDER_DRAFT, Permission.ORDER_APPROVE)
    if who.agency_id not in leaving.agencies:
        raise Forbidden(
            Text("只有退出的机关可以拆分", "only the agency that leaves may split"),
            remedy=Text("请由该机关或统筹机构办理。", "Ask that agency, or the coordinator."),
        )


def _without(uow: UnitOfWork, host: Side, guest: Side, reason: str, who: Principal) -> Order:
    """The joint order goes on in its state and window with what the others brought."""
    order, before = host[0].after(Action.SPLIT), host[1]
    own_agency, after = _remaining(uow, host, guest)
    lead = order.agency_id if order.agency_id in after.agencies else own_agency
    approvals = model.unchanged_approvals(before, after)
    after = replace(after, agencies=_led_by(lead, after.agencies), approvals=approvals)
    order = replace(order, agency_id=lead, revision=order.revision + 1)
    store.add_content(uow.connection, order, after)
    hosts.rewrite(uow.connection, order, after)
    for approval in approvals:
        store.insert_approval(uow.connection, order, approval, carried_from=order.order_id)
    order = announce(
        uow,
        reopen(uow, order),
        OrderSplit,
        left=guest[0].order_id,
        agencies=after.agencies,
        items=after.item_ids,
        inspectors=after.inspector_ids,
    )
    store.note_step(uow.connection, order, Action.SPLIT, who, reason)
    order = _judged(uow, order, after, who)
    order = _approved_by_those_who_stay(uow, order, after)
    store.save(uow.connection, order)
    return order


def _remaining(uow: UnitOfWork, host: Side, guest: Side) -> tuple[UUID, Content]:
    """Whose the order was by itself, and what is left of it. With its last guest gone, the inspectors it gave up for
    the joint headcount come back, as long as its heads have still to read it."""
    order, joint = host
    guests = [
        (one, store.content(uow.connection, one)) for one in hosts.guests(uow.connection, order.order_id)
    ]
    staying = [model.brought(side) for side in guests if side[0].order_id != guest[0].order_id]
    own_agency, own = hosts.host_itself(uow.connection, order.order_id) or _unremembered(
        order, joint, [content for _, content in guests]
    )
    after = Parts(joint=joint, own=own, leaving=guest[1], staying=staying).remaining
    if not staying:
        hosts.forget_host(uow.connection, order.order_id)
        if order.state in _CHANGEABLE:
            after = model.with_inspectors_of(after, own)
    return own_agency, after


def _unremembered(order: Order, joint: Content, guests: Sequence[Content]) -> tuple[UUID, Content]:
    """A host from before hosts were remembered: what no guest brought is its own."""
    theirs = {item for guest in guests for item in guest.item_ids}
    people = {person for guest in guests for person in guest.inspector_ids}
    own = Content(
        items=tuple(item for item in joint.items if item.item_id not in theirs),
        inspectors=tuple(i for i in joint.inspectors if i.inspector_id not in people),
        agencies=(order.agency_id,),
        approvals=(),
    )
    return order.agency_id, own


def _led_by(lead: UUID, agencies: Sequence[UUID]) -> tuple[UUID, ...]:
    return (lead, *(agency for agency in agencies if agency != lead))


def _judged(uow: UnitOfWork, order: Order, content: Content, who: Principal) -> Order:
    """What leaves takes its people along. Where nothing will be judged again before the visit, enough must stay;
    for all else leaving can only lighten the order. Raises RuleBlocked."""
    order, judgement = judge_order(uow, order, content, Stage.JOIN, who, {})
    too_few = [finding for finding in judgement.blocks if finding.rule == _TOO_FEW]
    if too_few and order.state not in _CHANGEABLE:
        raise blocked(too_few, version=order.version)
    return order


def _approved_by_those_who_stay(uow: UnitOfWork, order: Order, content: Content) -> Order:
    """The one that left was the last it waited for."""
    if order.state is not State.SUBMITTED or content.unapproved:
        return order
    last = max(content.approvals, key=lambda approval: approval.approved_at)
    order = announce(uow, order.after(Action.APPROVE), OrderApproved, approved_by=last.approved_by)
    store.note_step(uow.connection, order, Action.APPROVE)
    return order


def _restored(uow: UnitOfWork, guest: Side, command: Split, who: Principal) -> None:
    """Its rows were kept. It must be submitted and approved anew, so no checklist is locked any more."""
    order, content = guest
    order = replace(
        order.after(Action.BE_RESTORED),
        absorbed_into=None,
        revision=order.revision + 1,
        submitted_by=None,
        submitted_at=None,
        issued_at=None,
    )
    content = replace(content, approvals=())
    hosts.unlock_checklists(uow.connection, order.order_id)
    order = announce(
        uow,
        order,
        OrderRestored,
        left=command.order_id,
        items=content.item_ids,
        inspectors=content.inspector_ids,
        starts_on=order.starts_on,
        ends_on=order.ends_on,
    )
    order, _ = judge_order(uow, order, content, Stage.DRAFT, who, {})
    store.save(uow.connection, order)
    store.note_step(uow.connection, order, Action.BE_RESTORED, who, command.reason)
