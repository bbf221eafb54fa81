"""Which rows an account sees: an agency its own area and people; coordinator, auditor, registrar all."""

from __future__ import annotations

from uuid import UUID

from services.chassis.areas import prefix_of
from services.chassis.errors import Forbidden, Text
from services.chassis.identity import Principal


def area_prefix(asking: Principal) -> str:
    """What area codes begin with that `asking` may see; `""` is everything. 321300 (a city) covers 3213…."""
    if asking.sees_all or not asking.area_code:
        return ""
    return prefix_of(asking.area_code)


def agency_of(asking: Principal) -> UUID | None:
    """The agency whose people `asking` may see; None is all."""
    return None if asking.sees_all else asking.agency_id


def may_write_in(asking: Principal, area_code: str) -> None:
    """Raises Forbidden when a registrar of one area writes into another."""
    if not area_code.startswith(area_prefix(asking)):
        raise Forbidden(
            Text(f"区划 {area_code} 不在您的管辖范围内", f"area {area_code} lies outside yours"),
        )
