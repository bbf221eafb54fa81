"""What is on record of everything a proposal names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from events.catalogue.registry import Level


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

    @property
    def area(self) -> str:
        """What the codes of its area begin with: 3213 of the city 321300, 32 of the province 320000."""
        head, tail = self.area_code[:6], self.area_code[6:].rstrip("0")
        if tail:
            return head + tail
        return head[:2] if head.endswith("0000") else head.removesuffix("00")


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
    min_interval_days: int | None = None


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
class Campaign:
    """专项检查. `owner` is whose it is, None where the replica does not know it; `used` are the places other
    orders take of its quota."""

    campaign_id: UUID
    agency_id: UUID
    name: str
    filing_number: str
    approving_government: str
    approved_on: date
    published_on: date | None
    starts_on: date
    ends_on: date
    quota: int
    objects: int
    full_coverage_approved: bool
    active: bool
    used: int
    owner: Agency | None


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An item in the agency's published plan of the year."""

    agency_id: UUID
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class Registered:
    """`agencies` also holds their entrusters. `reviewed` is the coordinator's word on this revision (rule A8)."""

    agencies: tuple[Agency, ...]
    enterprise: Enterprise | None
    premises: Premises | None
    items: tuple[Item, ...]
    inspectors: tuple[Inspector, ...]
    campaign: Campaign | None = None
    planned: tuple[Planned, ...] = ()
    reviewed: bool | None = None

    @property
    def section(self) -> str:
        """The section of GB/T 4754 the enterprise belongs to: `C` of `C2614`."""
        return self.enterprise.industry[:1] if self.enterprise else ""
