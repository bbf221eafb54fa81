"""What was put right, who says so, and who looked. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

Mode = Literal["remote", "on_site"]
#: How the desk lists them: all that wait, those among them with a proof that nobody rechecked yet, and what is over.
Stage = Literal["rectifying", "proved", "closed"]
STAGES: tuple[Stage, ...] = ("rectifying", "proved", "closed")


@dataclass(frozen=True, kw_only=True)
class Proof:
    """`photos` name pictures where the enterprise keeps them, or the files that went with them."""

    proof_id: UUID
    order_id: UUID
    words: str
    photos: tuple[str, ...]
    sent_by: UUID
    sent_at: datetime


@dataclass(frozen=True, kw_only=True)
class Recheck:
    """`due_on` is the new deadline where it was not passed; `made_under` the order of an on-site recheck."""

    recheck_id: UUID
    order_id: UUID
    mode: Mode
    passed: bool
    note: str
    due_on: date | None
    made_under: UUID | None
    by: UUID
    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Rectifying:
    """An order that waits for what it ordered to be put right."""

    order_id: UUID
    version: int
    agency_id: UUID
    agency: str | None
    enterprise_id: UUID
    premises_id: UUID
    address: str | None
    due_on: date
    concluded_at: datetime
    overdue: bool
    proofs: int


@dataclass(frozen=True, kw_only=True)
class Due:
    """A rectification as the desk lists it: what was ordered where, until when, and what was said of it."""

    order_id: UUID
    version: int
    state: str
    agency_id: UUID
    agency: str | None
    enterprise_id: UUID
    enterprise: str | None
    premises_id: UUID
    address: str | None
    items: tuple[str, ...]
    due_on: date
    concluded_at: datetime | None
    closed_at: datetime | None
    proofs: tuple[Proof, ...]
    rechecks: tuple[Recheck, ...]
