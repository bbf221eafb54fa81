"""What the rules judge: a proposed visit and all that is known about it. Read by `reader.py`, never by a rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from events.catalogue.inspection import Trigger
from services.chassis.policy import Profile
from services.inspection.gate.past import Count, Neighbour, Past
from services.inspection.gate.registered import (
    Agency,
    Enterprise,
    Inspector,
    Item,
    Premises,
    Registered,
)
from services.inspection.orders.model import Considered

__all__ = [
    "Agency",
    "Count",
    "Enterprise",
    "Facts",
    "Inspector",
    "Item",
    "Neighbour",
    "Past",
    "Premises",
    "Proposal",
    "Registered",
]
PLANNED: frozenset[Trigger] = frozenset({"routine", "random", "campaign"})
"""Visits an office sets out to make by itself; all others answer to something."""
ALTERNATING: frozenset[Trigger] = frozenset({"routine", "random"})
CLUED: frozenset[Trigger] = frozenset({"complaint", "assigned", "monitoring"})


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A visit someone wants to make. `order_id` is None for a dry run; `items` and `inspectors` name whose
    they are, `brought` under which triggers other orders brought theirs to a joint visit; `unapproved` are agencies whose
    head has not spoken, `approvers` who did, `authors` who wrote it."""

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
    revision: int = 1
    campaign_id: UUID | None = None
    draw_id: UUID | None = None
    on_site_reason: str = ""
    considered: tuple[Considered, ...] = ()
    assistance_letter: str | None = None
    unapproved: tuple[UUID, ...] = ()
    approvers: frozenset[UUID] = frozenset()
    authors: frozenset[UUID] = frozenset()
    brought: tuple[tuple[UUID, Trigger], ...] = ()


def asked_for(proposal: Proposal, registered: Registered) -> list[tuple[UUID, str]]:
    """Each agency of the visit with each domain in which it brings items."""
    domain_of = {item.item_id: item.domain for item in registered.items}
    return sorted({(owner, domain_of[item]) for item, owner in proposal.items if item in domain_of}, key=str)


@dataclass(frozen=True, kw_only=True)
class Facts:
    proposal: Proposal
    profile: Profile
    today: date
    registered: Registered
    counts: tuple[Count, ...]
    neighbours: tuple[Neighbour, ...]
    past: Past = field(default_factory=Past)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Those of the window on which the visit can still be made."""
        first, last = max(self.today, self.proposal.starts_on), self.proposal.ends_on
        return tuple(first + timedelta(n) for n in range((last - first).days + 1))

    def agency(self, agency_id: UUID) -> Agency | None:
        return next((a for a in self.registered.agencies if a.agency_id == agency_id), None)

    def acting(self, agency: Agency) -> Agency | None:
        """In whose name it acts: its own, or that of the body that entrusted it."""
        return self.agency(agency.entrusted_by) if agency.entrusted_by else agency

    def agency_name(self, agency_id: UUID) -> str:
        agency = self.agency(agency_id)
        return agency.name if agency else str(agency_id)

    def item(self, item_id: UUID) -> Item | None:
        return next((i for i in self.registered.items if i.item_id == item_id), None)

    def items_of(self, agency_id: UUID) -> tuple[Item, ...]:
        """The registered items that this agency brings to the visit."""
        mine = {item for item, owner in self.proposal.items if owner == agency_id}
        return tuple(item for item in self.registered.items if item.item_id in mine)

    def takes_place(self, agency_id: UUID, domain: str) -> bool:
        """Whether the visit counts for this agency in the domain (rule F1): by the order's trigger, or by those of the
        orders that brought its items."""
        brought = dict(self.proposal.brought)
        items = (item.item_id for item in self.items_of(agency_id) if item.domain == domain)
        triggers = {brought.get(item, self.proposal.trigger) for item in items}
        return not (triggers or {self.proposal.trigger}) <= self.profile.uncounted_triggers

    def inspector_name(self, inspector_id: UUID) -> str:
        people = self.registered.inspectors
        return next((i.name for i in people if i.inspector_id == inspector_id), str(inspector_id))
