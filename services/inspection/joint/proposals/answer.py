"""答复: each agency accepts, offers other terms, or says why not; a coordinator may decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from events.catalogue.planning import JoinAnswered
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Forbidden, NotFound, StaleVersion, Text
from services.chassis.identity import Permission, Principal
from services.inspection.duplicates.apart import go_apart
from services.inspection.joint.model import Side
from services.inspection.joint.proposals import store
from services.inspection.joint.proposals.errors import (
    AlreadyAccepted,
    ProposalLapsed,
    ProposalSettled,
    TermsChanged,
)
from services.inspection.joint.proposals.model import JoinProposal, ProposalState, Terms
from services.inspection.joint.proposals.offer import Offer, city_today, terms_of
from services.inspection.joint.proposals.propose import offered
from services.inspection.joint.proposals.settle import Settled, end, join, lock_sides, tell
from services.inspection.orders import locks, scope
from services.inspection.orders.judgement import Reasons


@dataclass(frozen=True, kw_only=True)
class Accept:
    """`round` names the terms that were read: nobody accepts others than those."""

    proposal_id: UUID
    version: int | None
    round: int
    reasons: Reasons


@dataclass(frozen=True, kw_only=True)
class Counter:
    proposal_id: UUID
    version: int | None
    round: int
    offer: Offer
    reason: str


@dataclass(frozen=True, kw_only=True)
class Decline:
    proposal_id: UUID
    version: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    proposal_id: UUID
    version: int | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class Decide:
    proposal_id: UUID
    version: int | None
    decision: Literal["join", "dismiss"]
    reason: str
    reasons: Reasons


def accept(command: Accept, uow: UnitOfWork, who: Principal) -> Settled:
    """The last one to accept joins the orders.

    Raises ProposalSettled, TermsChanged, AlreadyAccepted, StaleVersion, RuleBlocked.
    """
    agency_id = _answering(who)
    proposal = _open(command.proposal_id, command.version, uow, who)
    _these_terms(proposal, command.round)
    if agency_id in proposal.accepted:
        raise AlreadyAccepted()
    terms, sides = store.terms(uow.connection, proposal), lock_sides(uow, proposal.orders)
    if lapsed := _lapsed(uow, proposal, terms, sides):
        return lapsed
    proposal = _answered(uow, proposal, agency_id, "accepted", "", who)
    proposal = replace(proposal, accepted=(*proposal.accepted, agency_id))
    if not proposal.waiting_for:
        proposal = join(uow, proposal, terms, sides, who, command.reasons)
    return Settled(proposal=proposal)


def counter(command: Counter, uow: UnitOfWork, who: Principal) -> Settled:
    """Other terms, and a new round: what others accepted before was something else.

    Raises ProposalSettled, TermsChanged, StaleVersion, Invalid, ReasonRequired.
    """
    agency_id = _answering(who)
    proposal = _open(command.proposal_id, command.version, uow, who)
    _these_terms(proposal, command.round)
    sides = lock_sides(uow, proposal.orders)
    if lapsed := _lapsed(uow, proposal, store.terms(uow.connection, proposal), sides):
        return lapsed
    terms = terms_of(uow, command.offer, sides, proposal.round + 1, who)
    proposal = _answered(uow, proposal, agency_id, "countered", command.reason, who)
    proposal = replace(proposal, round=terms.round, accepted=())
    return Settled(proposal=offered(uow, proposal, terms, sides, who))


def decline(command: Decline, uow: UnitOfWork, who: Principal) -> Settled:
    """The reason answers J2 for this agency's orders and the others', until one of them changes.

    Raises ProposalSettled, StaleVersion.
    """
    agency_id = _answering(who)
    proposal = _open(command.proposal_id, command.version, uow, who)
    sides = lock_sides(uow, proposal.orders)
    if lapsed := _lapsed(uow, proposal, store.terms(uow.connection, proposal), sides):
        return lapsed
    proposal = _answered(uow, proposal, agency_id, "declined", command.reason, who)
    mine = [side for side in sides if agency_id in side[1].agencies]
    go_apart(uow, mine, [side for side in sides if side not in mine], command.reason, who)
    return Settled(proposal=end(uow, proposal, ProposalState.DECLINED, who, reason=command.reason))


def withdraw(command: Withdraw, uow: UnitOfWork, who: Principal) -> Settled:
    """By the agency that proposed, or the coordinators where they did. Raises ProposalSettled, StaleVersion."""
    proposal = _open(command.proposal_id, command.version, uow, who)
    if not who.may(Permission.ORDER_JOIN):
        _answering(who)
    if who.agency_id != proposal.proposed_by_agency_id:
        raise Forbidden(
            Text("只有提议的一方可以撤回", "only those who proposed may withdraw"),
            remedy=Text("不同意的，请答复不同意并说明理由。", "Decline it and say why."),
        )
    return Settled(proposal=end(uow, proposal, ProposalState.WITHDRAWN, who, reason=command.reason))


def decide(command: Decide, uow: UnitOfWork, who: Principal) -> Settled:
    """Over the agencies, with a reason. What an agency must approve it must approve still.

    Raises ProposalSettled, StaleVersion, RuleBlocked.
    """
    proposal = _open(command.proposal_id, command.version, uow, who)
    terms, sides = store.terms(uow.connection, proposal), lock_sides(uow, proposal.orders)
    if lapsed := _lapsed(uow, proposal, terms, sides):
        return lapsed
    if command.decision == "join":
        return Settled(
            proposal=join(uow, proposal, terms, sides, who, command.reasons, reason=command.reason)
        )
    for number, side in enumerate(sides[:-1]):
        go_apart(uow, [side], sides[number + 1 :], command.reason, who)
    return Settled(proposal=end(uow, proposal, ProposalState.DECLINED, who, reason=command.reason))


def _answering(who: Principal) -> UUID:
    scope.any_of(who, Permission.ORDER_DRAFT, Permission.ORDER_APPROVE)
    return scope.own_agency(who)


def _open(proposal_id: UUID, version: int | None, uow: UnitOfWork, who: Principal) -> JoinProposal:
    """Locked after its enterprise. Raises NotFound also for what lies outside the account's agency."""
    locks.lock_enterprise(uow.connection, store.enterprise_of(uow.connection, proposal_id))
    proposal = store.lock(uow.connection, proposal_id)
    if not who.sees_all and who.agency_id not in proposal.agencies:
        raise NotFound("proposal", proposal_id)
    if version is not None and version != proposal.version:
        raise StaleVersion(version, proposal.version)
    if proposal.state is not ProposalState.OPEN:
        raise ProposalSettled(proposal.state, proposal.joint_order_id)
    return proposal


def _these_terms(proposal: JoinProposal, round: int) -> None:
    if round != proposal.round:
        raise TermsChanged(round, proposal.round)


def _lapsed(uow: UnitOfWork, proposal: JoinProposal, terms: Terms, sides: Sequence[Side]) -> Settled | None:
    moved = proposal.moved_on(sides)
    if not moved and terms.ends_on >= city_today(uow, sides[0][0]):
        return None
    ended = end(uow, proposal, ProposalState.LAPSED)
    return Settled(proposal=ended, refusal=ProposalLapsed(moved))


def _answered(
    uow: UnitOfWork,
    proposal: JoinProposal,
    agency_id: UUID,
    answer: Literal["accepted", "countered", "declined"],
    reason: str,
    who: Principal,
) -> JoinProposal:
    store.put_answer(uow.connection, proposal, agency_id, answer, reason, who.account_id, clock.now())
    proposal = tell(uow, proposal, JoinAnswered, agency_id=agency_id, answer=answer, reason=reason)
    store.save(uow.connection, proposal)
    return proposal
