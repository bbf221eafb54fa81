"""拟单: an agency writes down what it wants to check, and may change it until it is submitted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from events.catalogue.inspection import OrderDrafted, OrderRevised
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.inspection.duplicates.reopening import reopen
from services.inspection.gate import Stage
from services.inspection.joint import store as hosts
from services.inspection.orders import locks, scope, store
from services.inspection.orders.announce import announce
from services.inspection.orders.commands.at_once import entitled
from services.inspection.orders.commands.outcome import Done
from services.inspection.orders.commands.wish import Draft, content_of
from services.inspection.orders.judgement import judge_order
from services.inspection.orders.model import Action, Content, Order


@dataclass(frozen=True, kw_only=True)
class Revise:
    order_id: UUID
    version: int
    content: Draft


def draft(command: Draft, uow: UnitOfWork, who: Principal) -> Done:
    """Raises Invalid for what the replica does not know, naming the field, Forbidden for what is not an inspector's to
    draft."""
    agency_id = scope.own_agency(who)
    entitled(command, uow, who)
    locks.lock_enterprise(uow.connection, command.enterprise_id)
    content = content_of(command, uow.connection, agency_id)
    order = Order(
        order_id=new_id(),
        agency_id=agency_id,
        enterprise_id=command.enterprise_id,
        premises_id=command.premises_id,
        trigger=command.trigger,
        clue=command.clue,
        campaign_id=command.campaign_id,
        draw_id=command.draw_id,
        recheck_of=command.recheck_of,
        assistance_letter=command.assistance_letter,
        on_site_reason=command.on_site_reason,
        considered=command.considered,
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
    own = content_of(new, uow.connection, order.agency_id)
    content = _with_guests(own, before, order.agency_id)
    order = replace(
        order,
        revision=order.revision + 1,
        premises_id=new.premises_id,
        trigger=new.trigger,
        clue=new.clue,
        campaign_id=new.campaign_id,
        draw_id=new.draw_id,
        recheck_of=new.recheck_of,
        assistance_letter=new.assistance_letter,
        on_site_reason=new.on_site_reason,
        considered=new.considered,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
    )
    store.delete_content(uow.connection, order.order_id)
    store.add_content(uow.connection, order, content)
    hosts.host_revised(uow.connection, order, own)
    return _written(uow, reopen(uow, order), content, who, Action.REVISE, OrderRevised)


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
    order, judgement = judge_order(uow, order, content, Stage.DRAFT, who, {})
    store.save(uow.connection, order)
    store.note_step(uow.connection, order, action, who)
    return Done(order, findings=judgement.findings)


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
