"""A sheet of orders, row by row: what it says, what it means, what is wrong with it. No I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from events.catalogue.inspection import Trigger
from services.inspection.gate import Finding
from services.inspection.orders.model import Considered

MOST_ROWS = 500
LONGEST_TEXT = 500
Visit = tuple[UUID, UUID, date, date, tuple[UUID, ...]]
"""Enterprise, premises, first and last day, items in their order: two rows that agree in these are one order."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """`title` is the header of the column, empty for the row as a whole. `order_id`: the order that is there already."""

    line: int
    title: str
    value: str
    reason: str
    zh: str
    en: str
    order_id: UUID | None = None


@dataclass(frozen=True)
class Line:
    """A row as it stands in the file: field → text. `broken`: why it cannot be split into columns."""

    number: int
    cells: Mapping[str, str]
    broken: str | None = None


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The order that a row asks for, with the names a person knows its parts by."""

    enterprise_id: UUID
    enterprise: str
    uscc: str
    section: str
    premises_id: UUID
    premises: str
    items: Mapping[UUID, str]
    inspectors: Mapping[UUID, str]
    starts_on: date
    ends_on: date
    trigger: Trigger
    clue: str | None
    on_site_reason: str
    considered: tuple[Considered, ...]
    campaign_id: UUID | None
    assistance_letter: str | None

    @property
    def visit(self) -> Visit:
        return self.enterprise_id, self.premises_id, self.starts_on, self.ends_on, tuple(sorted(self.items))


@dataclass(kw_only=True)
class Row:
    """`order_id` once it is drafted."""

    line: int
    wish: Wish | None = None
    faults: list[Fault] = field(default_factory=list[Fault])
    findings: Sequence[Finding] = ()
    order_id: UUID | None = None

    @property
    def good(self) -> bool:
        return self.wish is not None and not self.faults
