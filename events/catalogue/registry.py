"""State of what is registered: each event carries the whole aggregate, so the topic may be compacted."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from events.model import Event, Topic, published

Level = Literal["city", "county", "town"]
STATE = ("inspection", "feedback", "oversight")


@published(
    "registry.agency.changed.v1", Topic.REGISTRY, subject="agency_id", key="agency_id", consumers=STATE
)
@dataclass(frozen=True, kw_only=True)
class AgencyChanged(Event):
    """An announced inspecting body 检查主体. `domain` is what it is competent for (e.g. `emergency`),
    `lead_industries` the industries (GB/T 4754 letters) it is the industry department of: it leads joint orders there."""

    agency_id: UUID
    version: int
    name: str
    level: Level
    domain: str
    area_code: str
    active: bool
    entrusted_by: UUID | None = None
    lead_industries: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PremisesState:
    """`short_code` is what is printed below the QR on the gate plate and may be typed."""

    premises_id: UUID
    name: str
    address: str
    area_code: str
    grid: str
    short_code: str
    active: bool
    latitude: float | None = None
    longitude: float | None = None


@published("registry.enterprise.changed.v1", Topic.REGISTRY, subject="enterprise_id", consumers=STATE)
@dataclass(frozen=True, kw_only=True)
class EnterpriseChanged(Event):
    """An enterprise with all its premises. `uscc` is the 18-character code (GB 32100-2015),
    `industry` a GB/T 4754 class (e.g. `C2614`), `grade` 优/良/中/差 as A/B/C/D or None."""

    enterprise_id: UUID
    version: int
    uscc: str
    name: str
    industry: str
    area_code: str
    active: bool
    grade: Literal["A", "B", "C", "D"] | None = None
    premises: tuple[PremisesState, ...] = ()


@published(
    "registry.inspector.changed.v1",
    Topic.REGISTRY,
    subject="inspector_id",
    key="inspector_id",
    consumers=STATE,
)
@dataclass(frozen=True, kw_only=True)
class InspectorChanged(Event):
    """An inspector with the credential 执法证. `scope` lists domains; an `assistant` never counts nor signs."""

    inspector_id: UUID
    version: int
    agency_id: UUID
    name: str
    certificate_number: str
    kind: Literal["inspector", "assistant"]
    scope: tuple[str, ...]
    valid_from: date
    valid_until: date
    active: bool


@dataclass(frozen=True, kw_only=True)
class Question:
    question_id: str
    text: str
    basis: str = ""


@published("registry.item.changed.v1", Topic.REGISTRY, subject="item_id", key="item_id", consumers=STATE)
@dataclass(frozen=True, kw_only=True)
class ItemChanged(Event):
    """A published inspection item 检查事项 with its current checklist. `annual_cap` is visits a year
    per agency and enterprise; `levels` are those that may inspect it."""

    item_id: UUID
    version: int
    code: str
    name: str
    domain: str
    levels: tuple[Level, ...]
    legal_basis: str
    published: bool
    in_force_from: date
    checklist_version: int
    checklist: tuple[Question, ...]
    in_force_until: date | None = None
    annual_cap: int | None = None
    min_interval_days: int | None = None
