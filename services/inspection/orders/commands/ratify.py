"""突发: the head's word on a visit that has begun already (rule A6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from events.catalogue.inspection import ApprovalGiven, OrderDisapproved, OrderRatified
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Forbidden, Text
from services.chassis.identity import Principal
from services.inspection.gate import Finding, Stage
from services.inspection.gate.errors import blocked
from services.inspection.orders import scope, store
from services.inspection.orders.announce import announce
from services.inspection.orders.commands.approve import AlreadyApproved
from services.inspection.orders.commands.end import close_order
from services.inspection.orders.commands.outcome import Done
from services.inspection.orders.judgement import judge_order
from services.inspection.orders.model import Action, Approval, Content, Order, State


@dataclass(frozen=True, kw_only=True)
class Ratify:
    order_id: UUID
    version: int | None


@dataclass(frozen=True, kw_only=True)
class Disapprove:
    order_id: UUID
    version: int | None
    reason: str


def ratify(command: Ratify, uow: UnitOfWork, who: Principal) -> Done:
    """Yes, by the head of each agency that the visit serves; the last one decides. What the gate says of the order now
    is kept for whoever looks at it later, but only the same person stands in the way: the visit has been made.

    Raises WrongState once the word is spoken, StaleVersion, Forbidden, AlreadyApproved.
    """
    agency_id, (order, content) = (
        scope.own_agency(who),
        scope.locked(uow, command.order_id, who, command.version),
    )
    order.after(Action.RATIFY)
    if agency_id not in content.unapproved:
        raise AlreadyApproved()
    order, judgement = judge_order(uow, order, content, Stage.APPROVE, who, {})
    same = [finding for finding in judgement.blocks if finding.rule == "A5"]
    if same:
        return _refused(uow, order, same)
    _not_there(uow, order, who)
    store.insert_approval(uow.connection, order, _word(order, agency_id, who))
    order = _said_yes(uow, order, content, agency_id, who)
    store.note_step(uow.connection, order, Action.RATIFY, who)
    return Done(_settled(uow, order, who))


def _refused(uow: UnitOfWork, order: Order, same: list[Finding]) -> Done:
    store.save(uow.connection, order)
    return Done(order, blocked(same, version=order.version))


def _said_yes(uow: UnitOfWork, order: Order, content: Content, agency_id: UUID, who: Principal) -> Order:
    waiting = tuple(agency for agency in content.unapproved if agency != agency_id)
    if waiting:
        return announce(
            uow,
            order,
            ApprovalGiven,
            approving_agency_id=agency_id,
            approved_by=who.account_id,
            waiting_for=waiting,
        )
    return announce(uow, replace(order, ratification="ratified"), OrderRatified, ratified_by=who.account_id)


def disapprove(command: Disapprove, uow: UnitOfWork, who: Principal) -> Done:
    """No, by the head of any agency on it. The record may be finished and `no_problem` or `reminder` told; nothing may
    be ordered or referred. Raises WrongState once the word is spoken, StaleVersion, Forbidden."""
    scope.own_agency(who)
    order, _ = scope.locked(uow, command.order_id, who, command.version)
    order = replace(order.after(Action.DISAPPROVE), ratification="disapproved")
    if who.account_id in (order.drafted_by, order.submitted_by):
        raise Forbidden(_OWN)
    _not_there(uow, order, who)
    order = announce(uow, order, OrderDisapproved, disapproved_by=who.account_id)
    store.note_step(uow.connection, order, Action.DISAPPROVE, who, command.reason)
    return Done(_settled(uow, order, who))


_OWN = Text(
    "拟单人、入企人员不能对自己的突发检查作决定", "nobody decides on an urgent inspection of their own"
)


def _not_there(uow: UnitOfWork, order: Order, who: Principal) -> None:
    """Raises Forbidden for one who entered under it, by phone or as one of those present."""
    if store.was_there(uow.connection, order.order_id, who.account_id, who.inspector_id):
        raise Forbidden(_OWN)


def _settled(uow: UnitOfWork, order: Order, who: Principal) -> Order:
    """What was concluded and waited only for this word is closed with it."""
    if order.state is State.CONCLUDED and order.ratification != "pending":
        return close_order(uow, order, who)
    store.save(uow.connection, order)
    return order


def _word(order: Order, agency_id: UUID, who: Principal) -> Approval:
    return Approval(agency_id, who.account_id, who.name, clock.now(), order.starts_on, order.ends_on)
