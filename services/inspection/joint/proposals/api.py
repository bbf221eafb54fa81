"""联合提议 over HTTP."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask.typing import ResponseReturnValue

from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, principal, requires
from services.chassis.problem import problem
from services.chassis.transaction import current_uow, idempotent, offered_version, reading, versioned
from services.inspection.joint.proposals import answer, queries, schemas
from services.inspection.joint.proposals.propose import Propose, propose
from services.inspection.joint.proposals.settle import Settled
from services.inspection.orders.schemas import ReasonSchema

blueprint = Blueprint(
    "join_proposals", __name__, url_prefix="/api/inspection/v1", description="联合提议: one visit of several"
)
_CONFLICT = "Settled already, lapsed (`proposal_lapsed`, which is kept), other terms by now, or the rules stop the join."


@blueprint.post("/join-proposals")
@requires(Permission.ORDER_READ)
@idempotent
@blueprint.arguments(schemas.ProposeSchema)
@blueprint.response(201, schemas.JoinProposalSchema)
@blueprint.alt_response(409, description="One is open for these orders, or rule J4 asks for a reason.")
def propose_join(command: Propose) -> ResponseReturnValue:
    """Propose one visit instead of several: by an agency that has one of the orders, or by a coordinator."""
    return _shown(propose(command, current_uow(), principal()).proposal_id, 201)


@blueprint.get("/join-proposals")
@requires(Permission.ORDER_READ)
@blueprint.arguments(schemas.ProposalsQuery, location="query", as_kwargs=True)
@blueprint.response(200, schemas.JoinProposalPageSchema)
def list_proposals(limit: int, **filters: Any) -> ResponseReturnValue:
    """Proposals that concern one's agency, the newest first; a coordinator sees all."""
    with reading() as connection:
        found = queries.list_proposals(connection, principal(), limit=limit, **filters)
    following = found[limit - 1].proposal_id if len(found) > limit else None
    return cast("ResponseReturnValue", {"items": found[:limit], "next": following})


@blueprint.get("/join-proposals/<uuid:proposal_id>")
@requires(Permission.ORDER_READ)
@blueprint.response(200, schemas.JoinProposalSchema)
def show_proposal(proposal_id: UUID) -> ResponseReturnValue:
    """The orders side by side, the terms of every round, and who said what."""
    with reading() as connection:
        shown = queries.proposal_view(connection, proposal_id, principal())
    return cast("ResponseReturnValue", (shown, 200, {"ETag": f'"{shown.version}"'}))


@blueprint.post("/join-proposals/<uuid:proposal_id>/accept")
@requires(Permission.ORDER_READ)
@versioned()
@idempotent
@blueprint.arguments(schemas.AcceptSchema)
@blueprint.response(200, schemas.JoinProposalSchema)
@blueprint.alt_response(409, description=_CONFLICT)
def accept_proposal(body: dict[str, Any], proposal_id: UUID) -> ResponseReturnValue:
    """同意 for one's agency, the terms of this round. The last to accept joins the orders."""
    command = answer.Accept(proposal_id=proposal_id, version=offered_version(), **body)
    return _answer(answer.accept(command, current_uow(), principal()))


@blueprint.post("/join-proposals/<uuid:proposal_id>/counter")
@requires(Permission.ORDER_READ)
@versioned()
@idempotent
@blueprint.arguments(schemas.CounterSchema)
@blueprint.response(200, schemas.JoinProposalSchema)
@blueprint.alt_response(409, description=_CONFLICT)
def counter_proposal(body: dict[str, Any], proposal_id: UUID) -> ResponseReturnValue:
    """Offer another lead, window or headcount; everyone answers again."""
    command = answer.Counter(proposal_id=proposal_id, version=offered_version(), **body)
    return _answer(answer.counter(command, current_uow(), principal()))


@blueprint.post("/join-proposals/<uuid:proposal_id>/decline")
@requires(Permission.ORDER_READ)
@versioned()
@idempotent
@blueprint.arguments(ReasonSchema)
@blueprint.response(200, schemas.JoinProposalSchema)
@blueprint.alt_response(409, description=_CONFLICT)
def decline_proposal(body: dict[str, Any], proposal_id: UUID) -> ResponseReturnValue:
    """不同意: the reason answers rule J2 between these orders until one of them changes."""
    command = answer.Decline(proposal_id=proposal_id, version=offered_version(), **body)
    return _answer(answer.decline(command, current_uow(), principal()))


@blueprint.post("/join-proposals/<uuid:proposal_id>/withdraw")
@requires(Permission.ORDER_READ)
@versioned()
@idempotent
@blueprint.arguments(schemas.WithdrawSchema)
@blueprint.response(200, schemas.JoinProposalSchema)
@blueprint.alt_response(409, description=_CONFLICT)
def withdraw_proposal(body: dict[str, Any], proposal_id: UUID) -> ResponseReturnValue:
    """撤回 by whoever proposed it."""
    command = answer.Withdraw(proposal_id=proposal_id, version=offered_version(), **body)
    return _answer(answer.withdraw(command, current_uow(), principal()))


@blueprint.post("/join-proposals/<uuid:proposal_id>/decide")
@requires(Permission.ORDER_JOIN)
@versioned()
@idempotent
@blueprint.arguments(schemas.DecideSchema)
@blueprint.response(200, schemas.JoinProposalSchema)
@blueprint.alt_response(409, description=_CONFLICT)
def decide_proposal(body: dict[str, Any], proposal_id: UUID) -> ResponseReturnValue:
    """A coordinator joins the orders on the terms that stand, or lets them go apart; either with a reason."""
    command = answer.Decide(proposal_id=proposal_id, version=offered_version(), **body)
    return _answer(answer.decide(command, current_uow(), principal()))


def _answer(settled: Settled) -> ResponseReturnValue:
    if settled.refusal:
        return problem(settled.refusal)
    return _shown(settled.proposal.proposal_id, 200)


def _shown(proposal_id: UUID, status: int) -> ResponseReturnValue:
    shown = queries.proposal_view(current_uow().connection, proposal_id, principal())
    return cast("ResponseReturnValue", (shown, status, {"ETag": f'"{shown.version}"'}))
