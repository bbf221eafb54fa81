"""Orders that could be one visit: of two agencies at one place, drafted and submitted over the API as offices do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import psycopg

from services.chassis import clock
from tests.rig.browser_product import Product
from tour import orders
from tour.acts.draft import REGISTRY, suits
from tour.cast import Office

CITY = "Asia/Shanghai"
FIRST, SECOND = "emergency", "fire"
_AFTER_QUIET_DAYS = 21


@dataclass(frozen=True)
class Place:
    enterprise_id: str
    premises_id: str
    enterprise: str


@dataclass(frozen=True)
class Meeting:
    """Two orders at one place for the same days: of `FIRST`, submitted, and of `SECOND`."""

    place: Place
    one: dict[str, Any]
    other: dict[str, Any]


def office(product: Product, agency: str) -> Office:
    enter = product.logged_in
    return Office(
        clerk=enter(f"clerk.{agency}"),
        head=enter(f"head.{agency}"),
        inspectors=(enter(f"inspector.{agency}.1"), enter(f"inspector.{agency}.2")),
    )


def meeting(product: Product) -> Meeting:
    """The second is a draft: nobody has said yet why they should go apart."""
    first, second = office(product, FIRST), office(product, SECOND)
    place = free_places(product, (first, second), 1)[0]
    return Meeting(place, submitted(first, place), drafted(second, place))


def submitted(office: Office, place: Place, **changes: Any) -> dict[str, Any]:
    return orders.decided(office.clerk.caller, drafted(office, place, **changes), "submit").json


def drafted(office: Office, place: Place, **changes: Any) -> dict[str, Any]:
    return office.clerk.caller.post(f"{orders.API}/orders", _request(office, place) | changes).json


def free_places(product: Product, offices: Sequence[Office], count: int) -> list[Place]:
    """Of as many enterprises: those least visited, against a visit to which the gate has no blocking word for any of the
    offices."""
    with psycopg.connect(product.database_url("inspection")) as connection:
        rows = connection.execute(
            """
            SELECT p.enterprise_id::text, p.premises_id::text, e.name
            FROM premises p JOIN enterprise e USING (enterprise_id)
            WHERE p.active
            ORDER BY (SELECT count(*) FROM orders o WHERE o.enterprise_id = p.enterprise_id), p.premises_id
            LIMIT 60
            """
        ).fetchall()
    found: list[Place] = []
    for row in rows:
        place = Place(*row)
        if place.enterprise_id in {each.enterprise_id for each in found}:
            continue
        if all(_free(each, place) for each in offices):
            found.append(place)
        if len(found) == count:
            return found
    raise AssertionError("the gate blocks a visit to nearly every premises of the demo city")


def _free(office: Office, place: Place) -> bool:
    checked = office.clerk.caller.post(
        f"{orders.API}/gate-checks", _request(office, place), expect=(200, 422)
    )
    findings = checked.json.get("findings")
    return findings is not None and all(finding["outcome"] != "block" for finding in findings)


def _request(office: Office, place: Place) -> dict[str, Any]:
    """Routine, on days of the month on which that is not asked to wait."""
    request = orders.wanted(office, place.enterprise_id, place.premises_id, items_of(office))
    first = _routine_day()
    window = {"starts_on": str(first), "ends_on": str(first + timedelta(days=3))}
    return {**request, **window, **orders.ROUTINE, "clue": None}


def _routine_day() -> date:
    tomorrow = clock.today(CITY) + timedelta(days=1)
    day = tomorrow.replace(day=_AFTER_QUIET_DAYS)
    return day if day >= tomorrow else (day + timedelta(days=20)).replace(day=_AFTER_QUIET_DAYS)


def items_of(office: Office) -> list[str]:
    caller = office.clerk.caller
    agency = caller.get(f"{REGISTRY}/agencies/{office.agency_id}").json
    found = caller.get(f"{REGISTRY}/items", params={"limit": 200}).json["items"]
    return [each["item_id"] for each in found if suits(each, agency)][:1]
