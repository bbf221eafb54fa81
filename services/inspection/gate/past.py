"""What was done at the enterprise, and what else is to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from events.catalogue.inspection import Result
from events.catalogue.registry import Level
from services.inspection.orders.model import State


@dataclass(frozen=True, kw_only=True)
class Count:
    """Other orders of one agency at the enterprise in one domain this year: carried out, still to come, and how
    many of both a clue led to (rule F2)."""

    agency_id: UUID
    domain: str
    visited: int
    planned: int
    clued: int = 0


@dataclass(frozen=True, kw_only=True)
class System:
    """条线: the domain an agency acts in, and at which level."""

    level: Level
    domain: str


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """Another order for the same enterprise that is still open, with a window near this one. `industry_lead`
    is the agency on it that is the enterprise's industry department; `reason` is set when someone has already
    said why the two go on apart; `systems` are those of its agencies."""

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
    systems: tuple[System, ...] = ()

    @property
    def saying(self) -> str:
        """The order as long as it says what it says: an answer given for it is forgotten when it changes."""
        return f"{self.order_id}:{self.revision}"


@dataclass(frozen=True, kw_only=True)
class Visits:
    """`count` visits by anyone that were made, or must be made, from `first` to `last`; one day where they were
    made (rule F3)."""

    first: date
    last: date
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Met:
    """One of the latest concluded visits of an inspector here within a year, the newest first (rule F4)."""

    inspector_id: UUID
    order_id: UUID
    day: date
    result: Result


@dataclass(frozen=True, kw_only=True)
class LastVisit:
    """An agency's last routine or random visit in one domain, and who of those proposed made it (rule F9)."""

    agency_id: UUID
    order_id: UUID
    day: date
    inspectors: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The last time an item was checked at the premises by a visit that is concluded, and how it ended (rule F7)."""

    item_id: UUID
    order_id: UUID
    day: date
    passed: bool


@dataclass(frozen=True, kw_only=True)
class Blackout:
    """Days the enterprise asked to be spared (rule F8)."""

    starts_on: date
    ends_on: date
    note: str


@dataclass(frozen=True, kw_only=True)
class BestGraded:
    """Of the enterprises graded 优 in the industry and area: all, and how many others are inspected this year
    by plan (rule F6)."""

    enterprises: int = 0
    inspected: int = 0


@dataclass(frozen=True, kw_only=True)
class Past:
    visits: tuple[Visits, ...] = ()
    met: tuple[Met, ...] = ()
    last: tuple[LastVisit, ...] = ()
    checked: tuple[Checked, ...] = ()
    blackouts: tuple[Blackout, ...] = ()
    best_graded: BestGraded = BestGraded()
