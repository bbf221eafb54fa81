"""What the rules judge: a proposed visit and all that is known about it. Read by `reader.py`, never by a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from events.catalogue.inspection import Trigger
from events.catalogue.registry import Level
from services.chassis.policy import Profile
from services.inspection.orders.model import Considered, State


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A visit someone wants to make. `order_id` is None for a dry run; `items` and `inspectors` name whose
    they are; `unapproved` are agencies whose head has not spoken, `approvers` who did, `authors` who wrote it."""

    order_id: UUID | None
    agency_id: UUID
    agencies: tuple[UUID, ...]
    enterprise_id: UUID
    premises_id: UUID
    items: tuple[tuple[UUID, UUID], ...]
    inspectors: tuple[UUID, ...]
    trigger: Trigger
    starts_on: date
    ends_on: date
    campaign_id: UUID | None = None
    draw_id: UUID | None = None
    on_site_reason: str = ""
    considered: tuple[Considered, ...] = ()
    assistance_letter: str | None = None
    unapproved: tuple[UUID, ...] = ()
    approvers: frozenset[UUID] = frozenset()
    authors: frozenset[UUID] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Agency:
    agency_id: UUID
    name: str
    level: Level
    domain: str
    area_code: str
    active: bool
    entrusted_by: UUID | None
    lead_industries: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Enterprise:
    enterprise_id: UUID
    name: str
    industry: str
    area_code: str
    grade: str | None
    active: bool


@dataclass(frozen=True, kw_only=True)
class Premises:
    premises_id: UUID
    enterprise_id: UUID
    name: str
    area_code: str
    active: bool


@dataclass(frozen=True, kw_only=True)
class Item:
    item_id: UUID
    code: str
    name: str
    domain: str
    levels: tuple[Level, ...]
    published: bool
    in_force_from: date
    in_force_until: date | None
    annual_cap: int | None
    checklist_version: int


@dataclass(frozen=True, kw_only=True)
class Inspector:
    inspector_id: UUID
    agency_id: UUID
    name: str
    kind: Literal["inspector", "assistant"]
    scope: tuple[str, ...]
    valid_from: date
    valid_until: date
    active: bool


@dataclass(frozen=True, kw_only=True)
class Registered:
    """What the replica knows of everything a proposal names. `agencies` also holds their entrusters."""

    agencies: tuple[Agency, ...]
    enterprise: Enterprise | None
    premises: Premises | None
    items: tuple[Item, ...]
    inspectors: tuple[Inspector, ...]

    @property
    def section(self) -> str:
        """The section of GB/T 4754 the enterprise belongs to: `C` of `C2614`."""
        return self.enterprise.industry[:1] if self.enterprise else ""


@dataclass(frozen=True, kw_only=True)
class Count:
    """Other orders of one agency at the enterprise in one domain this year: carried out, and still to come."""

    agency_id: UUID
    domain: str
    visited: int
    planned: int


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """Another order for the same enterprise that is still open, with a window near this one. `industry_lead`
    is the agency on it that is the enterprise's industry department; `reason` is set when someone has already
    said why the two go on apart."""

    order_id: UUID
    agency_id: UUID
    agency_name: str
    agencies: tuple[UUID, ...]
    premises_id: UUID
    revision: int
    state: State
    starts_on: date
    ends_on: date
    items: tuple[str, ...]
    industry_lead: str | None
    reason: str | None

    @property
    def saying(self) -> str:
        """The order as long as it says what it says: an answer given for it is forgotten when it changes."""
        return f"{self.order_id}:{self.revision}"


@dataclass(frozen=True, kw_only=True)
class Facts:
    proposal: Proposal
    profile: Profile
    today: date
    registered: Registered
    counts: tuple[Count, ...]
    neighbours: tuple[Neighbour, ...]

    def agency(self, agency_id: UUID) -> Agency | None:
        return next((a for a in self.registered.agencies if a.agency_id == agency_id), None)

    def agency_name(self, agency_id: UUID) -> str:
        agency = self.agency(agency_id)
        return agency.name if agency else str(agency_id)

    def item(self, item_id: UUID) -> Item | None:
        return next((i for i in self.registered.items if i.item_id == item_id), None)

    def items_of(self, agency_id: UUID) -> tuple[Item, ...]:
        """The registered items that this agency brings to the visit."""
        mine = {item for item, owner in self.proposal.items if owner == agency_id}
        return tuple(item for item in self.registered.items if item.item_id in mine)
