"""How a proposal ends: joined, declined, withdrawn or lapsed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from events.catalogue.planning import JoinAnswered, JoinProposed, JoinSettled
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Conflict
from services.chassis.identity import Permission, Principal
from services.inspection.joint.model import Side
from services.inspection.joint.proposals import store
from services.inspection.joint.proposals.model import JoinProposal, ProposalState, Terms, host_first
from services.inspection.joint.proposals.offer import too_many
from services.inspection.joint.uniting import unite
from services.inspection.orders import locks
from services.inspection.orders import store as orders
from services.inspection.orders.judgement import Reasons


@dataclass(frozen=True, kw_only=True)
class Settled:
    """The proposal as it is now; `refusal` says why the answer was not taken, and is kept as well."""

    proposal: JoinProposal
    refusal: Conflict | None = None


def tell(
    uow: UnitOfWork,
    proposal: JoinProposal,
    event: type[JoinProposed | JoinAnswered | JoinSettled],
    **facts: Any,
) -> JoinProposal:
    """Emit the proposal's next event; it must be locked, and saved before the commit."""
    proposal = replace(proposal, version=proposal.version + 1)
    uow.emit(
        event(
            proposal_id=proposal.proposal_id,
            version=proposal.version,
            enterprise_id=proposal.enterprise_id,
            **facts,
        )
    )
    return proposal


def end(
    uow: UnitOfWork,
    proposal: JoinProposal,
    outcome: ProposalState,
    who: Principal | None = None,
    *,
    reason: str | None = None,
    joint_order_id: UUID | None = None,
) -> JoinProposal:
    """`who` is None when the clock did it, or the orders themselves."""
    proposal = replace(
        proposal,
        state=outcome,
        settled_by=who.account_id if who else None,
        settled_at=clock.now(),
        by_coordinator=bool(who and who.may(Permission.ORDER_JOIN)),
        reason=reason,
        joint_order_id=joint_order_id,
    )
    proposal = tell(
        uow,
        proposal,
        JoinSettled,
        outcome=str(outcome),
        by_coordinator=proposal.by_coordinator,
        joint_order_id=joint_order_id,
    )
    store.save(uow.connection, proposal)
    return proposal


def join(
    uow: UnitOfWork,
    proposal: JoinProposal,
    terms: Terms,
    sides: Sequence[Side],
    who: Principal,
    reasons: Reasons,
    reason: str | None = None,
) -> JoinProposal:
    """All agreed, or a coordinator decided: the orders become one now, in this transaction.

    Raises RuleBlocked when the gate stops it: then nothing is kept, and the proposal stays open.
    """
    host, *guests = host_first(sides, terms.lead_agency_id)
    asked = {finding.key for finding in too_many(uow, sides, terms.shape, who)}
    given = {key: why for key, why in terms.reasons.items() if key in asked} | dict(reasons)
    joint = unite(uow, host, guests, who, given, terms.shape)
    return end(uow, proposal, ProposalState.JOINED, who, reason=reason, joint_order_id=joint.order_id)


def lapse_moved(uow: UnitOfWork, proposal: JoinProposal) -> JoinProposal | None:
    """Let go of a locked proposal of a locked enterprise if an order has moved on since; None if it stands."""
    sides = lock_sides(uow, proposal.orders)
    return end(uow, proposal, ProposalState.LAPSED) if proposal.moved_on(sides) else None


def lapse_due(uow: UnitOfWork, today: date, limit: int = 500) -> int:
    """Let go of proposals whose orders moved on or whose window is over; how many, at most `limit`."""
    due = store.lock_lapsed(uow.connection, today, limit)
    for proposal in due:
        end(uow, proposal, ProposalState.LAPSED)
    return len(due)


def lock_sides(uow: UnitOfWork, named: Iterable[UUID]) -> list[Side]:
    """The orders as they are named, locked in the order of their ids, after their enterprise."""
    named = list(named)
    held = {order_id: locks.lock_order(uow.connection, order_id) for order_id in sorted(named)}
    return [(held[order_id], orders.content(uow.connection, held[order_id])) for order_id in named]
