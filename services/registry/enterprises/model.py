"""An enterprise with its premises: one aggregate, one version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

Grade = Literal["A", "B", "C", "D"]


@dataclass(frozen=True, kw_only=True)
class PremisesDraft:
    """A place that is visited. `registered` marks the domicile 住所, at most one an enterprise."""

    premises_id: UUID | None = None
    registered: bool = False
    name: str
    address: str
    area_code: str
    grid: str = ""
    active: bool = True
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, kw_only=True)
class Premises(PremisesDraft):
    short_code: str


def masked_code(short_code: str) -> str:
    """Nothing of it is shown: half of a short code is soon guessed."""
    return "*" * len(short_code)


@dataclass(frozen=True, kw_only=True)
class EnterpriseFields:
    """What a registry says of an enterprise. Address, grid and position are of the domicile."""

    uscc: str
    name: str
    area_code: str
    industry: str = ""
    active: bool = True
    grade: Grade | None = None
    registered_on: date | None = None
    kind: str = ""
    legal_representative: str = ""
    registered_capital: str = ""
    business_scope: str = ""
    province: str = ""
    region: str = ""
    address: str = ""
    grid: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, kw_only=True)
class EnterpriseDraft(EnterpriseFields):
    """`contact_phone` None leaves what is registered."""

    premises: tuple[PremisesDraft, ...] = ()
    contact_phone: str | None = None


@dataclass(frozen=True, kw_only=True)
class Enterprise(EnterpriseFields):
    enterprise_id: UUID
    version: int
    contact: str | None
    premises: tuple[Premises, ...]


DOMICILE = "住所"


def domicile(draft: EnterpriseDraft) -> PremisesDraft:
    """The premises an enterprise has when none is named: its registered address."""
    return PremisesDraft(
        registered=True,
        name=DOMICILE,
        address=draft.address,
        area_code=draft.area_code,
        grid=draft.grid,
        latitude=draft.latitude,
        longitude=draft.longitude,
    )
