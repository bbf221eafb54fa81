"""What is shown of an order: all that the one who must decide on it needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from events.catalogue.inspection import Trigger
from services.inspection.orders.model import State


@dataclass(frozen=True, kw_only=True)
class Party:
    agency_id: UUID
    name: str | None
    leads: bool


@dataclass(frozen=True, kw_only=True)
class Place:
    premises_id: UUID
    name: str
    address: str
    area_code: str
    grid: str
    short_code: str


@dataclass(frozen=True, kw_only=True)
class Subject:
    enterprise_id: UUID
    uscc: str
    name: str
    industry: str
    grade: str | None


@dataclass(frozen=True, kw_only=True)
class ItemView:
    """`trigger` is that of the order which brought it to a joint visit, None for the order's own."""

    item_id: UUID
    agency_id: UUID
    code: str | None
    name: str | None
    domain: str
    legal_basis: str | None
    checklist_version: int | None
    trigger: Trigger | None


@dataclass(frozen=True, kw_only=True)
class InspectorView:
    inspector_id: UUID
    agency_id: UUID
    name: str | None
    certificate_number: str | None
    kind: str | None


@dataclass(frozen=True, kw_only=True)
class GuestView:
    """An order that lives on inside a joint one, as it came and as it would leave. `agencies` may split it off."""

    order_id: UUID
    agency_id: UUID
    agency: str | None
    agencies: list[UUID]
    starts_on: date
    ends_on: date
    items: list[str]
    inspectors: list[str]


@dataclass(frozen=True, kw_only=True)
class ApprovalView:
    agency_id: UUID
    approved_by: UUID
    name: str
    approved_at: datetime
    carried_from: UUID | None


@dataclass(frozen=True, kw_only=True)
class FindingView:
    """Texts are `{zh, en}`; `reason` is the answer to a `justify`, under `key`. What stops an act of the order's later life
    was said `times` within an hour, from `judged_at` to `last_at`."""

    rule: str
    key: str
    outcome: str
    stage: str
    explanation: dict[str, str]
    remedy: dict[str, str]
    citations: list[dict[str, str]]
    figures: dict[str, Any]
    orders: list[UUID]
    items: list[UUID]
    judged_at: datetime
    last_at: datetime
    times: int
    reason: str | None
    reason_by: UUID | None


@dataclass(frozen=True, kw_only=True)
class StepView:
    version: int
    action: str
    by: UUID | None
    name: str | None
    reason: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AgencyVisits:
    """Visits at the enterprise this year; `agency_id` is None for all agencies together, a joint visit once."""

    agency_id: UUID | None
    name: str | None
    visited: int
    planned: int


@dataclass(frozen=True, kw_only=True)
class CapUsed:
    """Other visits of one agency for one domain in the year of this one, made and still to come, and the yearly cap (rule
    F1); `cap` is None where nobody sets one."""

    agency_id: UUID
    name: str
    domain: str
    visited: int
    planned: int
    cap: int | None


@dataclass(frozen=True, kw_only=True)
class Summary:
    order_id: UUID
    version: int
    state: State
    agency_id: UUID
    agency: str | None
    enterprise_id: UUID
    enterprise: str | None
    premises_id: UUID
    address: str | None
    trigger: str
    starts_on: date
    ends_on: date
    items: list[str]
    agencies: int
    ratification: str | None
    ratify_by: datetime | None
    overdue: list[str]


@dataclass(frozen=True, kw_only=True)
class OrderView:
    order_id: UUID
    version: int
    revision: int
    state: State
    agency_id: UUID
    enterprise_id: UUID
    premises_id: UUID
    enterprise: Subject | None
    premises: Place | None
    trigger: Trigger
    clue: str | None
    campaign_id: UUID | None
    campaign: str | None
    draw_id: UUID | None
    draw: str | None
    recheck_of: UUID | None
    assistance_letter: str | None
    on_site_reason: str
    considered: list[str]
    starts_on: date
    ends_on: date
    drafted_by: UUID
    drafted_at: datetime
    submitted_by: UUID | None
    submitted_at: datetime | None
    issued_at: datetime | None
    notice_read_at: datetime | None
    entered_at: datetime | None
    recorded_at: datetime | None
    concluded_at: datetime | None
    closed_at: datetime | None
    result: str | None
    rectification_due_on: date | None
    absorbed_into: UUID | None
    policy: str | None
    ratification: str | None
    ratify_by: datetime | None
    conclude_by: datetime | None
    overdue: list[str]
    agencies: list[Party]
    items: list[ItemView]
    inspectors: list[InspectorView]
    guests: list[GuestView]
    approvals: list[ApprovalView]
    findings: list[FindingView]
    case_findings: list[FindingView]
    steps: list[StepView]
