"""Visits of the past in one city, on days one chooses, and how the gate reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from events.catalogue.registry import EnterpriseChanged, ItemChanged
from services.chassis.database import UnitOfWork
from services.chassis.ids import new_id
from services.chassis.policy import policies
from services.inspection.gate.facts import Facts, Proposal
from services.inspection.gate.reader import read_facts
from services.inspection.orders import store
from services.inspection.orders.history import PastOrder, load_history
from services.inspection.orders.model import Content, Order, OrderInspector, OrderItem, State
from tests.builders.inspection import Staff, Town, a_premises, a_staff, an_enterprise, replicate

CITY = ZoneInfo("Asia/Shanghai")
NANJING, CHENGDU, SUQIAN = "320102", "510107", "321391"


@dataclass(frozen=True)
class Scene:
    """One agency and one enterprise of a city in the town's database."""

    town: Town
    staff: Staff
    enterprise: EnterpriseChanged

    @property
    def where(self) -> dict[str, str]:
        """What points a draft at the enterprise."""
        return {
            "enterprise_id": str(self.enterprise.enterprise_id),
            "premises_id": str(self.enterprise.premises[0].premises_id),
        }

    def visited(self, day: date, **changes: Any) -> PastOrder:
        """A visit that was made on `day`, and passed unless told otherwise."""
        return self.load([self.a_visit(day, **changes)])[0]

    def a_visit(self, day: date, **changes: Any) -> PastOrder:
        at = datetime.combine(day, time(10), CITY)
        given = {
            "order_id": new_id(),
            "agency_id": self.staff.agency_id,
            "enterprise_id": self.enterprise.enterprise_id,
            "premises_id": self.enterprise.premises[0].premises_id,
            "items": (self.staff.item.item_id,),
            "inspectors": tuple(inspector.inspector_id for inspector in self.staff.inspectors),
            "trigger": "routine",
            "starts_on": day,
            "ends_on": day + timedelta(days=3),
            "entered_at": at,
            "result": "no_problem",
            "concluded_at": at + timedelta(hours=2),
        }
        return PastOrder(**given | changes)

    def planned(self, first: date, last: date, **changes: Any) -> Order:
        """An issued order that nobody carried out yet, straight into the tables."""
        staff, at = self.staff, datetime.combine(first, time(8), CITY)
        given = {
            "order_id": new_id(),
            "version": 4,
            "state": State.ISSUED,
            "agency_id": staff.agency_id,
            "enterprise_id": self.enterprise.enterprise_id,
            "premises_id": self.enterprise.premises[0].premises_id,
            "trigger": "routine",
            "clue": None,
            "on_site_reason": "现场",
            "starts_on": first,
            "ends_on": last,
            "drafted_by": new_id(),
            "drafted_at": at,
            "issued_at": at,
        }
        order = Order(**given | changes)
        content = Content(
            items=(OrderItem(staff.item.item_id, staff.agency_id, staff.item.domain, 1),),
            inspectors=tuple(OrderInspector(i.inspector_id, staff.agency_id) for i in staff.inspectors),
            agencies=(staff.agency_id,),
            approvals=(),
        )
        with self.town.pool.connection() as connection:
            store.insert(connection, order)
            store.save(connection, order)
            store.add_content(connection, order, content)
        return order

    def load(self, visits: Iterable[PastOrder]) -> list[PastOrder]:
        visits = list(visits)
        with UnitOfWork(self.town.pool, "/inspection") as uow:
            load_history(uow, visits)
            uow.commit()
        return visits

    def proposal(self, starts_on: date, days: int = 0, **changes: Any) -> Proposal:
        given = {
            "order_id": None,
            "agency_id": self.staff.agency_id,
            "agencies": (self.staff.agency_id,),
            "enterprise_id": self.enterprise.enterprise_id,
            "premises_id": self.enterprise.premises[0].premises_id,
            "items": ((self.staff.item.item_id, self.staff.agency_id),),
            "inspectors": tuple(inspector.inspector_id for inspector in self.staff.inspectors),
            "trigger": "routine",
            "starts_on": starts_on,
            "ends_on": starts_on + timedelta(days=days),
            "on_site_reason": "现场",
            "considered": ("remote",),
        }
        return Proposal(**given | changes)

    def facts(self, starts_on: date, days: int = 0, **changes: Any) -> Facts:
        """As the gate would read them on the first day of the window."""
        now = datetime.combine(starts_on, time(8), CITY)
        with self.town.pool.connection() as connection:
            return read_facts(connection, self.proposal(starts_on, days, **changes), policies(), now)


def a_scene(
    town: Town, area: str = NANJING, grade: Any = None, item: dict[str, Any] | None = None, **staff: Any
) -> Scene:
    people = a_staff(area_code=area, item=item, **staff)
    scene = Scene(town, people, an_enterprise_in(area, grade=grade))
    replicate(town.pool, *people.events, scene.enterprise)
    return scene


def an_enterprise_in(area: str, **changes: Any) -> EnterpriseChanged:
    return an_enterprise(area_code=area, premises=(a_premises(area_code=area),), **changes)


def another_item(scene: Scene, **changes: Any) -> ItemChanged:
    item = replace(scene.staff.item, item_id=new_id(), **changes)
    replicate(scene.town.pool, item)
    return item
