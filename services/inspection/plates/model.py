"""What stands on one plate."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Plate:
    """`link` is what the square holds, `typed` what a person types instead."""

    enterprise: str
    address: str
    link: str
    typed: str


@dataclass(frozen=True, kw_only=True)
class Gate:
    """A premises as a plate needs it."""

    premises_id: UUID
    enterprise: str
    name: str
    address: str
    area_code: str
    short_code: str
    active: bool

    @property
    def place(self) -> str:
        """The address, with the name of the premises where it says more than 住所."""
        return self.address if self.name in ("住所", "") else f"{self.name} · {self.address}"
