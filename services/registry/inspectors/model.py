"""Who may inspect: an inspector 执法人员 with a credential 执法证. An assistant never counts nor signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class InspectorDraft:
    """`scope` lists the domains of the credential."""

    agency_id: UUID
    name: str
    certificate_number: str
    kind: Literal["inspector", "assistant"] = "inspector"
    scope: tuple[str, ...] = ()
    valid_from: date
    valid_until: date
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class Inspector(InspectorDraft):
    """`photo` is the digest of the one on the credential."""

    inspector_id: UUID
    version: int
    photo: str | None = None
