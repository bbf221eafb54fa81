"""An inspecting body 检查主体, announced to the public (rule A1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Level = Literal["city", "county", "town"]


@dataclass(frozen=True, kw_only=True)
class AgencyDraft:
    """`entrusted_by` is the body in whose name it acts; `lead_industries` are GB/T 4754 letters."""

    name: str
    level: Level
    domain: str
    area_code: str
    entrusted_by: UUID | None = None
    lead_industries: tuple[str, ...] = ()
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class Agency(AgencyDraft):
    agency_id: UUID
    version: int
