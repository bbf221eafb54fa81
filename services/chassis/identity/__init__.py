"""Who is asking, and who may."""

from services.chassis.identity.guards import (
    open_to_all,
    principal,
    requires,
    requires_enterprise,
    requires_login,
)
from services.chassis.identity.permissions import Permission, Role
from services.chassis.identity.principal import Principal

__all__ = [
    "Permission",
    "Principal",
    "Role",
    "open_to_all",
    "principal",
    "requires",
    "requires_enterprise",
    "requires_login",
]
