"""An arrival and what is known of it, all in order unless told otherwise."""

from datetime import UTC, date, datetime
from typing import Any

from services.chassis.ids import new_id
from services.inspection.entries.facts import Brought, EntryFacts, Known, Listed, Place, Present, Shown
from services.inspection.entries.model import Arrival
from services.inspection.orders.model import State
from tests.builders.gate import the_profile

AT = datetime(2026, 6, 25, 2, tzinfo=UTC)


def a_place(**changes: Any) -> Place:
    given = {
        "premises_id": new_id(),
        "enterprise_id": new_id(),
        "name": "一厂",
        "enterprise": "宏达机械",
        "latitude": None,
        "longitude": None,
    }
    return Place(**given | changes)


def a_listed(**changes: Any) -> Listed:
    given = {
        "item_id": new_id(),
        "name": "有限空间",
        "published": True,
        "in_force_from": date(2021, 1, 1),
        "in_force_until": None,
    }
    return Listed(**given | changes)


def _present() -> Present:
    return Present(
        inspector_id=new_id(),
        on_order=True,
        name="李检",
        kind="inspector",
        active=True,
        valid_from=date(2025, 1, 1),
        valid_until=date(2030, 1, 1),
    )


def entry_facts(profile: str = "default", at: datetime = AT, online: bool = True, **known: Any) -> EntryFacts:
    place, people, agency = a_place(), (_present(), _present()), new_id()
    given = {
        "order_id": new_id(),
        "version": 4,
        "seen": 4,
        "state": State.ISSUED,
        "trigger": "routine",
        "agency_id": agency,
        "enterprise_id": place.enterprise_id,
        "premises_id": place.premises_id,
        "starts_on": date(2026, 6, 1),
        "ends_on": date(2026, 6, 30),
        "drafted_at": datetime(2026, 5, 30, tzinfo=UTC),
        "issued_at": datetime(2026, 5, 31, tzinfo=UTC),
        "refusals": 0,
        "area_code": "320102",
        "agencies": (agency,),
        "brought": (Brought(agency_id=agency, trigger=known.get("trigger", "routine")),),
        "place": place,
        "scanned": place,
        "present": people,
        "elsewhere": (),
        "device_shared": False,
        "withdrawn": (),
        "doubtful": (),
        "visits": (),
    }
    arrival = Arrival(
        order_id=new_id(),
        premises_code="222222222",
        premises_id=None,
        searched_reason=None,
        credentials=(),
        made_by=people[0].inspector_id,
        account_id=new_id(),
        account_name="李检",
        device_id="phone",
        device_time=at,
        received_at=at,
        position=None,
        online=online,
        offline_reason=None if online else "地下室无信号",
    )
    ids = tuple(person.inspector_id for person in people)
    shown = Shown(inspectors=ids, codes=(), refused=(), not_shown=())
    return EntryFacts(
        profile=the_profile(profile), arrival=arrival, shown=shown, known=Known(**given | known)
    )
