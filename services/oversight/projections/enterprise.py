"""Enterprises by name and by what the rollups ask of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from events.catalogue.registry import EnterpriseChanged


@dataclass(frozen=True, kw_only=True)
class Enterprise:
    """`industry` is the letter of its GB/T 4754 section."""

    enterprise_id: UUID
    version: int
    name: str
    uscc: str
    industry: str
    area_code: str

    def counts_like(self, other: Enterprise | None) -> bool:
        """Whether its visits fall into the same sums as those of `other`; None is one that is unknown."""
        return (self.industry, self.area_code) == ((other.industry, other.area_code) if other else ("", ""))


def registered(event: EnterpriseChanged) -> Enterprise:
    return Enterprise(
        enterprise_id=event.enterprise_id,
        version=event.version,
        name=event.name,
        uscc=event.uscc,
        industry=event.industry[:1].upper(),
        area_code=event.area_code,
    )
