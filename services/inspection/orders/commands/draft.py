"""拟单: an agency writes down what it wants to check, and may change it until it is submitted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from events.catalogue.inspection import OrderDrafted, OrderRevised, Trigger
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.inspection.gate import Stage
from services.inspection.gate.facts import Proposal, Registered
from services.inspection.gate.reader import read_registered
from services.inspection.orders import findings, locks, scope, store
from services.inspection.orders.announce import announce
from services.inspection.orders.commands.outcome import Done
from services.inspection.orders.judgement import judge_order
from services.inspection.orders.model import Action, Content, Order, OrderInspector, OrderItem


@dataclass(frozen=True, kw_only=True)
class Draft:
    enterprise_id: UUID
    premises_id: UUID
    items: tuple[UUID, ...]
    inspectors: tuple[UUID, ...]
    starts_on: date
    ends_on: date
    trigger: Trigger
    clue: str | None
    on_site_reason: str


@dataclass(frozen=True, kw_only=True)
class Revise:
    order_id: UUID
    version: int
    content: Draft


def draft(command: Draft, uow: UnitOfWork, who: Principal) -> Done:
    """Raises Invalid for what the replica does not know, naming the field."""
    agency_id = scope.own_agency(who)
    locks.lock_enterprise(uow.connection, command.enterprise_id)
    content = _content(command, uow, agency_id)
    order = Order(
        order_id=new_id(),
        agency_id=agency_id,
        enterprise_id=command.enterprise_id,
        premises_id=command.premises_id,
        trigger=command.trigger,
        clue=command.clue,
        on_site_reason=command.on_site_reason,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        drafted_by=who.account_id,
        drafted_at=clock.now(),
    )
    store.insert(uow.connection, order)
    store.add_content(uow.connection, order, content)
    return _written(uow, order, content, who, Action.DRAFT, OrderDrafted)


def revise(command: Revise, uow: UnitOfWork, who: Principal) -> Done:
    """Only a draft, only by the agency that leads it; the items others brought to a joint draft stay.

    Raises StaleVersion, WrongState, Invalid.
    """
    order, before = scope.locked(uow, command.order_id, who, command.version)
    scope.leading(order, who)
    order, new = order.after(Action.REVISE), command.content
    if new.enterprise_id != order.enterprise_id:
        raise Invalid(
            {"/enterprise_id": "检查单不能换企业，请另拟 / draft another order for another enterprise"}
        )
    content = _with_guests(_content(new, uow, order.agency_id), before, order.agency_id)
    order = replace(
        order,
        revision=order.revision + 1,
        premises_id=new.premises_id,
        trigger=new.trigger,
        clue=new.clue,
        on_site_reason=new.on_site_reason,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
    )
    store.delete_content(uow.connection, order.order_id)
    store.add_content(uow.connection, order, content)
    findings.forget_answers(uow.connection, order)
    return _written(uow, order, content, who, Action.REVISE, OrderRevised)


def _written(
    uow: UnitOfWork,
    order: Order,
    content: Content,
    who: Principal,
    action: Action,
    event: type[OrderDrafted | OrderRevised],
) -> Done:
    order = announce(
        uow,
        order,
        event,
        trigger=order.trigger,
        items=content.item_ids,
        inspectors=content.inspector_ids,
        starts_on=order.starts_on,
        ends_on=order.ends_on,
    )
    order, _ = judge_order(uow, order, content, Stage.DRAFT, who, {})
    store.save(uow.connection, order)
    store.note_step(uow.connection, order, action, who)
    return Done(order)


def _with_guests(content: Content, before: Content, lead: UUID) -> Content:
    mine = set(content.item_ids)
    guests = tuple(i for i in before.items if i.agency_id != lead and i.item_id not in mine)
    agencies = (lead, *sorted({item.agency_id for item in guests}))
    named = set(content.inspector_ids)
    people = (i for i in before.inspectors if i.agency_id in agencies[1:] and i.inspector_id not in named)
    return Content(
        items=(*content.items, *guests),
        inspectors=(*content.inspectors, *people),
        agencies=agencies,
        approvals=(),
    )


def _content(command: Draft, uow: UnitOfWork, agency_id: UUID) -> Content:
    known = read_registered(uow.connection, _named(command, agency_id))
    _only_known(command, known)
    domain_of = {item.item_id: item.domain for item in known.items}
    employer_of = {inspector.inspector_id: inspector.agency_id for inspector in known.inspectors}
    return Content(
        items=tuple(OrderItem(item, agency_id, domain_of[item]) for item in command.items),
        inspectors=tuple(OrderInspector(i, employer_of[i]) for i in command.inspectors),
        agencies=(agency_id,),
        approvals=(),
    )


def _named(command: Draft, agency_id: UUID) -> Proposal:
    return Proposal(
        order_id=None,
        agency_id=agency_id,
        agencies=(agency_id,),
        enterprise_id=command.enterprise_id,
        premises_id=command.premises_id,
        items=tuple((item, agency_id) for item in command.items),
        inspectors=command.inspectors,
        trigger=command.trigger,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
    )


def _only_known(command: Draft, known: Registered) -> None:
    """Raises Invalid naming every field that points at nothing."""
    wrong: dict[str, str] = {}
    if known.enterprise is None or not known.enterprise.active:
        wrong["/enterprise_id"] = "没有这家在营企业 / no such active enterprise"
    place = known.premises
    if place is None or place.enterprise_id != command.enterprise_id or not place.active:
        wrong["/premises_id"] = "不是该企业的经营场所 / not premises of this enterprise"
    items = {item.item_id for item in known.items}
    inspectors = {inspector.inspector_id for inspector in known.inspectors}
    for number, item in enumerate(command.items):
        if item not in items:
            wrong[f"/items/{number}"] = "没有这个检查事项 / no such item"
    for number, inspector in enumerate(command.inspectors):
        if inspector not in inspectors:
            wrong[f"/inspectors/{number}"] = "没有这名执法人员 / no such inspector"
    if wrong:
        raise Invalid(wrong)
