"""A proposal, its terms and the answers to it. No I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.inspection.joint.model import Shape, Side
from services.inspection.orders.model import Action, State, allowed

READINESS = (State.DRAFTED, State.SUBMITTED, State.APPROVED, State.ISSUED)


class ProposalState(StrEnum):
    OPEN = "open"
    JOINED = "joined"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is offered in one round; changed terms are a new round, and everyone answers again."""

    round: int
    lead_agency_id: UUID
    starts_on: date
    ends_on: date
    inspectors: Sequence[UUID]
    note: str
    reasons: Mapping[str, str]
    offered_by: UUID
    agency_id: UUID | None
    offered_at: datetime

    @property
    def shape(self) -> Shape:
        return Shape(
            lead_agency_id=self.lead_agency_id,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            inspectors=frozenset(self.inspectors),
        )


@dataclass(frozen=True, kw_only=True)
class JoinProposal:
    """`orders` with the revision each was proposed in; `accepted` are those who accepted the terms that stand."""

    proposal_id: UUID
    version: int = 0
    round: int = 1
    state: ProposalState = ProposalState.OPEN
    enterprise_id: UUID
    premises_id: UUID
    proposed_by: UUID
    proposed_by_agency_id: UUID | None
    proposed_at: datetime
    settled_by: UUID | None = None
    settled_at: datetime | None = None
    by_coordinator: bool = False
    reason: str | None = None
    joint_order_id: UUID | None = None
    orders: Mapping[UUID, int] = field(default_factory=dict[UUID, int])
    agencies: tuple[UUID, ...] = ()
    accepted: tuple[UUID, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", ProposalState(self.state))
        object.__setattr__(self, "orders", {UUID(str(k)): v for k, v in self.orders.items()})
        object.__setattr__(self, "agencies", tuple(self.agencies))
        object.__setattr__(self, "accepted", tuple(self.accepted))

    @property
    def waiting_for(self) -> tuple[UUID, ...]:
        return tuple(agency for agency in self.agencies if agency not in self.accepted)

    def moved_on(self, sides: Sequence[Side]) -> list[UUID]:
        """Orders that say something else now, or can no longer be joined."""
        return [
            order.order_id
            for order, _ in sides
            if order.revision != self.orders[order.order_id] or not joinable(order.state)
        ]


def joinable(state: State) -> bool:
    return Action.BE_ABSORBED in allowed(state)


def host_first(sides: Sequence[Side], lead: UUID) -> list[Side]:
    """Which order becomes the joint one. Where a head has still to speak it is the one furthest from issue, so
    that the whole goes through approval; where none has, the lead's own. Among equals, the lead's."""
    ready = all(order.state in (State.APPROVED, State.ISSUED) for order, _ in sides)

    def place(side: Side) -> tuple[int, bool]:
        return (0 if ready else READINESS.index(side[0].state), side[0].agency_id != lead)

    host = min(sides, key=place)
    return [host, *(side for side in sides if side is not host)]
