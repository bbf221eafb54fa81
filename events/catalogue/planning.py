"""What is planned: yearly plans, campaigns, draws, the enterprises' own blackout dates, and visits to be made together."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from events.model import Event, Topic, published

T = Topic.INSPECTION


@published("inspection.plan.published.v1", T, subject="plan_id", key="agency_id")
@dataclass(frozen=True, kw_only=True)
class PlanPublished(Event):
    """An agency's plan of a year, or a revision of it. `visits` is how many it foresees in all."""

    plan_id: UUID
    version: int
    agency_id: UUID
    year: int
    revision: int
    items: tuple[UUID, ...]
    visits: int
    published_on: date


@published("inspection.campaign.changed.v1", T, subject="campaign_id", key="agency_id")
@dataclass(frozen=True, kw_only=True)
class CampaignChanged(Event):
    """A special campaign 专项检查: filed, published, revised or ended (rule A7)."""

    campaign_id: UUID
    version: int
    agency_id: UUID
    name: str
    filing_number: str
    approving_government: str
    quota: int
    starts_on: date
    ends_on: date
    approved_on: date
    published_on: date | None
    active: bool


@published("inspection.draw.committed.v1", T, subject="draw_id", key="agency_id")
@dataclass(frozen=True, kw_only=True)
class DrawCommitted(Event):
    """双随机: lists and seed are fixed; `commitment` (SHA-256, hex) is published before anything is drawn."""

    draw_id: UUID
    version: int
    agency_id: UUID
    commitment: str
    objects: int
    inspectors: int
    sample: int


@published("inspection.draw.revealed.v1", T, subject="draw_id", key="agency_id")
@dataclass(frozen=True, kw_only=True)
class DrawRevealed(Event):
    """The seed is public: anyone may draw again from the lists and must get `premises`."""

    draw_id: UUID
    version: int
    agency_id: UUID
    seed: str
    premises: tuple[UUID, ...]


@published("inspection.draw.abandoned.v1", T, subject="draw_id", key="agency_id")
@dataclass(frozen=True, kw_only=True)
class DrawAbandoned(Event):
    """Nothing was drawn. The seed is public all the same: anyone may see what would have been."""

    draw_id: UUID
    version: int
    agency_id: UUID
    seed: str


@published("inspection.blackout.changed.v1", T, subject="blackout_id")
@dataclass(frozen=True, kw_only=True)
class BlackoutChanged(Event):
    """Days of peak production on which the enterprise asks not to be visited (rule F8)."""

    blackout_id: UUID
    version: int
    enterprise_id: UUID
    starts_on: date
    ends_on: date
    active: bool


@published("inspection.join.proposed.v1", T, subject="proposal_id")
@dataclass(frozen=True, kw_only=True)
class JoinProposed(Event):
    """One visit instead of several is proposed, or proposed anew with other terms. `orders` has the host first."""

    proposal_id: UUID
    version: int
    enterprise_id: UUID
    premises_id: UUID
    orders: tuple[UUID, ...]
    agencies: tuple[UUID, ...]
    lead_agency_id: UUID
    items: tuple[UUID, ...]
    starts_on: date
    ends_on: date
    headcount: int
    proposed_by_agency_id: UUID | None


@published("inspection.join.answered.v1", T, subject="proposal_id")
@dataclass(frozen=True, kw_only=True)
class JoinAnswered(Event):
    """One agency's answer. `reason` is why it declines or what it would rather have."""

    proposal_id: UUID
    version: int
    enterprise_id: UUID
    agency_id: UUID
    answer: Literal["accepted", "countered", "declined"]
    reason: str


@published("inspection.join.settled.v1", T, subject="proposal_id")
@dataclass(frozen=True, kw_only=True)
class JoinSettled(Event):
    """How a proposal ended; `joint_order_id` is the visit it became. `by_coordinator`: decided over the agencies."""

    proposal_id: UUID
    version: int
    enterprise_id: UUID
    outcome: Literal["joined", "declined", "withdrawn", "lapsed"]
    by_coordinator: bool
    joint_order_id: UUID | None
