"""提议: one visit instead of several, by an agency that has one of the orders or by a coordinator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from events.catalogue.planning import JoinProposed
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid, NotFound
from services.chassis.identity import Permission, Principal
from services.chassis.ids import new_id
from services.inspection.joint.model import Side, united
from services.inspection.joint.proposals import store
from services.inspection.joint.proposals.errors import AlreadyProposed
from services.inspection.joint.proposals.model import JoinProposal, Terms, joinable
from services.inspection.joint.proposals.offer import Offer, terms_of
from services.inspection.joint.proposals.settle import lapse_moved, lock_sides, tell
from services.inspection.orders import locks, scope
from services.inspection.orders.model import State


@dataclass(frozen=True, kw_only=True)
class Propose:
    """`orders` of one premises, of at least two agencies."""

    orders: tuple[UUID, ...]
    offer: Offer = field(default_factory=Offer)


def propose(command: Propose, uow: UnitOfWork, who: Principal) -> JoinProposal:
    """Nothing is joined yet: each agency concerned answers; who proposes for an agency has accepted for it.

    Raises Invalid, NotFound, Forbidden, AlreadyProposed, ReasonRequired.
    """
    if not who.may(Permission.ORDER_JOIN):
        scope.any_of(who, Permission.ORDER_JOIN, Permission.ORDER_DRAFT, Permission.ORDER_APPROVE)
    sides = _locked(command.orders, uow, who)
    _joinable(sides)
    _not_proposed_yet(uow, command.orders)
    order, now = sides[0][0], clock.now()
    proposal = JoinProposal(
        proposal_id=new_id(),
        enterprise_id=order.enterprise_id,
        premises_id=order.premises_id,
        proposed_by=who.account_id,
        proposed_by_agency_id=who.agency_id,
        proposed_at=now,
        orders={order.order_id: order.revision for order, _ in sides},
        agencies=united(*(content for _, content in sides)).agencies,
    )
    terms = terms_of(uow, command.offer, sides, proposal.round, who)
    store.insert(uow.connection, proposal)
    return offered(uow, proposal, terms, sides, who)


def offered(
    uow: UnitOfWork, proposal: JoinProposal, terms: Terms, sides: Sequence[Side], who: Principal
) -> JoinProposal:
    """Keep a round's terms; whoever offers them has accepted them for their agency."""
    store.insert_terms(uow.connection, proposal.proposal_id, terms)
    if who.agency_id and who.agency_id in proposal.agencies:
        store.put_answer(
            uow.connection, proposal, who.agency_id, "accepted", "", who.account_id, terms.offered_at
        )
        proposal = replace(proposal, accepted=(who.agency_id,))
    proposal = tell(
        uow,
        proposal,
        JoinProposed,
        premises_id=proposal.premises_id,
        orders=tuple(proposal.orders),
        agencies=proposal.agencies,
        lead_agency_id=terms.lead_agency_id,
        items=united(*(content for _, content in sides)).item_ids,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        headcount=len(terms.inspectors),
        proposed_by_agency_id=terms.agency_id,
    )
    store.save(uow.connection, proposal)
    return proposal


def _locked(named: Sequence[UUID], uow: UnitOfWork, who: Principal) -> list[Side]:
    """Their enterprises are compared before a row is locked: the lock on the first's keeps such commands apart."""
    enterprise_id = locks.enterprise_of(uow.connection, named[0])
    strangers = {
        f"/orders/{n}": "不是同一企业 / not of the same enterprise"
        for n, order_id in enumerate(named)
        if locks.enterprise_of(uow.connection, order_id) != enterprise_id
    }
    if strangers:
        raise Invalid(strangers)
    locks.lock_enterprise(uow.connection, enterprise_id)
    sides = lock_sides(uow, named)
    _known_to(who, sides)
    return sides


def _known_to(who: Principal, sides: Sequence[Side]) -> None:
    """An agency proposes for orders of its own; another's draft is nobody's business yet.
    Raises NotFound."""
    if who.sees_all:
        return
    mine = [who.agency_id in content.agencies for _, content in sides]
    for (order, _), own in zip(sides, mine, strict=True):
        if not own and (order.state is State.DRAFTED or not any(mine)):
            raise NotFound("order", order.order_id)


def _joinable(sides: Sequence[Side]) -> None:
    first = sides[0][0]
    wrong = {
        f"/orders/{n}": f"{order.state} 状态不能联合 / cannot be joined while {order.state}"
        for n, (order, _) in enumerate(sides)
        if not joinable(order.state)
    }
    wrong |= {
        f"/orders/{n}": "不是同一经营场所，不能合为一次 / not at the same premises"
        for n, (order, _) in enumerate(sides)
        if order.premises_id != first.premises_id
    }
    if len({order.agency_id for order, _ in sides}) < 2:
        wrong["/orders"] = "同一机关的检查单请直接合并（merge） / merge orders of one agency directly"
    if wrong:
        raise Invalid(wrong)


def _not_proposed_yet(uow: UnitOfWork, named: Sequence[UUID]) -> None:
    """A proposal that no longer stands is no hindrance: it lapses now rather than at the clock's next round."""
    for known in store.open_with(uow.connection, named):
        if not lapse_moved(uow, known):
            raise AlreadyProposed(known.proposal_id, next(o for o in named if o in known.orders))
