"""Which rows an account sees: an agency its own area and people; coordinator, auditor, registrar all."""

from __future__ import annotations

from uuid import UUID

from services.chassis.errors import Forbidden, Text
from services.chassis.identity import Principal


def area_prefix(asking: Principal) -> str:
    """What area codes begin with that `asking` may see; `""` is everything. 321300 (a city) covers 3213…."""
    if asking.sees_all or not asking.area_code:
        return ""
    return prefix_of(asking.area_code)


def prefix_of(area_code: str) -> str:
    """An area's code without the zeros that stand for “all of it”: 320000 → 32, 321300 → 3213."""
    head, tail = area_code[:6], area_code[6:].rstrip("0")
    if tail:
        return head + tail
    return head[:2] if head.endswith("0000") else head.removesuffix("00")


def agency_of(asking: Principal) -> UUID | None:
    """The agency whose people `asking` may see; None is all."""
    return None if asking.sees_all else asking.agency_id


def may_write_in(asking: Principal, area_code: str) -> None:
    """Raises Forbidden when a registrar of one area writes into another."""
    if not area_code.startswith(area_prefix(asking)):
        raise Forbidden(
            Text(f"区划 {area_code} 不在您的管辖范围内", f"area {area_code} lies outside yours"),
        )
