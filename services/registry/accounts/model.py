"""Who logs in. An account belongs to an agency, or to none (registrar, coordinator, administrators)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.chassis.identity import Principal, Role


@dataclass(frozen=True, kw_only=True)
class AccountDraft:
    username: str
    name: str
    roles: tuple[Role, ...]
    agency_id: UUID | None = None
    inspector_id: UUID | None = None
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class Account(AccountDraft):
    """`must_change`: an administrator gave the password; it is to be changed at the first login."""

    account_id: UUID
    version: int
    area_code: str | None
    agency_name: str | None = None
    must_change: bool = False

    def principal(self) -> Principal:
        return Principal(
            account_id=self.account_id,
            name=self.name,
            roles=frozenset(self.roles),
            agency_id=self.agency_id,
            area_code=self.area_code,
            inspector_id=self.inspector_id,
            must_change=self.must_change,
        )
