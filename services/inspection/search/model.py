"""What is found."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class FoundPremises:
    premises_id: UUID
    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Found:
    enterprise_id: UUID
    name: str
    uscc: str
    premises: tuple[FoundPremises, ...]


@dataclass(frozen=True, kw_only=True)
class Unindexed:
    """`areas` are those of its open premises."""

    enterprise_id: UUID
    version: int
    name: str
    uscc: str
    areas: tuple[str, ...]
