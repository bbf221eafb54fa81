"""Who is asking: read from the access token, never from the request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.chassis.identity.permissions import SEES_ALL, Permission, Role, granted


@dataclass(frozen=True, kw_only=True)
class Principal:
    """`agency_id` bounds what an agency's account sees; `enterprise_id` is set for an enterprise's own token.
    `must_change`: it logged in with a one-time password and may only choose its own."""

    account_id: UUID
    name: str
    roles: frozenset[Role]
    agency_id: UUID | None = None
    area_code: str | None = None
    inspector_id: UUID | None = None
    enterprise_id: UUID | None = None
    must_change: bool = False

    @property
    def permissions(self) -> frozenset[Permission]:
        return granted(self.roles)

    @property
    def sees_all(self) -> bool:
        return bool(self.roles & SEES_ALL)

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def claims(self) -> dict[str, Any]:
        optional = {
            "agency": self.agency_id,
            "inspector": self.inspector_id,
            "enterprise": self.enterprise_id,
            "area": self.area_code,
        }
        return {
            "sub": str(self.account_id),
            "name": self.name,
            "roles": sorted(self.roles),
            **{name: str(value) for name, value in optional.items() if value},
            **({"must_change": True} if self.must_change else {}),
        }

    @classmethod
    def from_claims(cls, claims: dict[str, Any]) -> Principal:
        def ident(name: str) -> UUID | None:
            return UUID(claims[name]) if claims.get(name) else None

        return cls(
            account_id=UUID(claims["sub"]),
            name=claims["name"],
            roles=frozenset(Role(role) for role in claims["roles"]),
            agency_id=ident("agency"),
            area_code=claims.get("area"),
            inspector_id=ident("inspector"),
            enterprise_id=ident("enterprise"),
            must_change=claims.get("must_change") is True,
        )
