"""The agency an account acts for, and which items are its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis import clock
from services.chassis.database import many, one
from services.chassis.errors import Forbidden, Text
from services.chassis.identity import Principal
from services.chassis.policy import Profile, city_day, policies

C = Connection[Any]


@dataclass(frozen=True, kw_only=True)
class Agency:
    """`level` and `domain` are those it acts by: an entrusted body acts in the entruster's name (rule A1)."""

    agency_id: UUID
    name: str
    area_code: str
    level: str
    domain: str

    @property
    def area(self) -> str:
        """What the codes of its area begin with: 3213 of the city 321300, 32 of the province 320000."""
        head, tail = self.area_code[:6], self.area_code[6:].rstrip("0")
        if tail:
            return head + tail
        return head[:2] if head.endswith("0000") else head.removesuffix("00")

    @property
    def profile(self) -> Profile:
        return policies().governing(self.area_code, clock.now())

    @property
    def today(self) -> date:
        return city_day(self.profile, clock.now())


@dataclass(frozen=True, kw_only=True)
class Item:
    item_id: UUID
    code: str
    name: str
    domain: str
    levels: tuple[str, ...]
    published: bool


def acting_for(connection: C, who: Principal) -> Agency:
    """Raises Forbidden for an account of no agency, and for an agency that is not announced (rule A1)."""
    agency = one(connection, Agency, _ACTING, {"agency_id": who.agency_id})
    if agency is None:
        raise Forbidden(
            Text(
                "账号不属于任何已公告的检查主体（规则 A1）", "the account is of no announced agency (rule A1)"
            )
        )
    return agency


_ACTING = """
SELECT a.agency_id, a.name, a.area_code, COALESCE(e.level, a.level) AS level, COALESCE(e.domain, a.domain) AS domain
FROM agency a LEFT JOIN agency e ON e.agency_id = a.entrusted_by
WHERE a.agency_id = %(agency_id)s AND a.active AND (a.entrusted_by IS NULL OR e.active)
"""


def unfit_items(connection: C, agency: Agency, items: Sequence[UUID], pointer: str) -> dict[str, str]:
    """For each item that this agency may not check, `pointer` filled in with its place, and why."""
    known = {item.item_id: item for item in many(connection, Item, _ITEMS, {"items": list(items)})}
    wrong = ((pointer.format(place), _fault(known.get(item), agency)) for place, item in enumerate(items))
    return {place: fault for place, fault in wrong if fault}


_ITEMS = "SELECT item_id, code, name, domain, levels, published FROM item WHERE item_id = ANY(%(items)s)"


def _fault(item: Item | None, agency: Agency) -> str | None:
    if item is None:
        return "没有这个检查事项；请从公布的事项清单中选取（A2） / no such item; choose from the published list (A2)"
    if not item.published:
        return f"“{item.name}”不在公布的清单内，请移除（A2） / {item.code} is off the published list, remove it (A2)"
    if item.domain != agency.domain or agency.level not in item.levels:
        return (
            f"“{item.name}”不是本机关的事项，请移除或交有权机关（A1） / "
            f"{item.code} is not an item of your agency, leave it to the competent one (A1)"
        )
    return None
