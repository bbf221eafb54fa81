"""The inspection service over HTTP, in a town with two agencies and one enterprise."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from events.catalogue.registry import (
    AgencyChanged,
    EnterpriseChanged,
    InspectorChanged,
    ItemChanged,
    PremisesState,
    Question,
)
from events.envelope import seal
from events.model import Event
from events.subscription import Delivery
from services.chassis import clock
from services.chassis.app import close
from services.chassis.database import Pool
from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.inspection.replica.apply import apply
from tests.builders.apps import app_of
from tests.builders.settings import settings_for
from tests.builders.tokens import Office, an_office

API = "/api/inspection/v1"
AREA = "320102"
CITY = "Asia/Shanghai"


def today() -> date:
    return clock.today(CITY)


def days(first: int, last: int) -> dict[str, str]:
    """The window of an order, counted from today."""
    return {
        "starts_on": str(today() + timedelta(days=first)),
        "ends_on": str(today() + timedelta(days=last)),
    }


def an_agency(**changes: Any) -> AgencyChanged:
    given = {
        "agency_id": new_id(),
        "version": 1,
        "name": "经开区应急管理局",
        "level": "county",
        "domain": "emergency",
        "area_code": AREA,
        "active": True,
    }
    return AgencyChanged(**given | changes)


def an_enterprise(**changes: Any) -> EnterpriseChanged:
    """With one premises unless told otherwise."""
    given = {
        "enterprise_id": new_id(),
        "version": 1,
        "uscc": "91320000MA1XXXXX0A",
        "name": "宿迁宏达机械有限公司",
        "industry": "C3411",
        "area_code": AREA,
        "active": True,
        "premises": (a_premises(),),
    }
    return EnterpriseChanged(**given | changes)


def a_premises(**changes: Any) -> PremisesState:
    given = {
        "premises_id": new_id(),
        "name": "一厂区",
        "address": "通湖大道 1 号",
        "area_code": AREA,
        "grid": "G001",
        "short_code": "222222222",
        "active": True,
    }
    return PremisesState(**given | changes)


def an_inspector(agency_id: UUID, **changes: Any) -> InspectorChanged:
    inspector_id = new_id()
    given = {
        "inspector_id": inspector_id,
        "version": 1,
        "agency_id": agency_id,
        "name": "李检",
        "certificate_number": f"10130{inspector_id.hex[-8:]}",
        "kind": "inspector",
        "scope": ("emergency",),
        "valid_from": today() - timedelta(days=365),
        "valid_until": today() + timedelta(days=365),
        "active": True,
    }
    return InspectorChanged(**given | changes)


def an_item(**changes: Any) -> ItemChanged:
    item_id = new_id()
    given = {
        "item_id": item_id,
        "version": 1,
        "code": f"YJ-{item_id.hex[-4:]}",
        "name": "有限空间作业安全",
        "domain": "emergency",
        "levels": ("county",),
        "legal_basis": "《中华人民共和国安全生产法》第六十五条",
        "published": True,
        "in_force_from": date(2021, 1, 1),
        "checklist_version": 1,
        "checklist": (Question(question_id="q1", text="作业前是否通风检测？"),),
    }
    return ItemChanged(**given | changes)


def replicate(pool: Pool, *events: Event) -> None:
    """As the worker would, in one batch."""
    deliveries = [
        Delivery(
            seal(event, source="/registry", correlation_id="of-a-test"), event, event.contract.topic, 0, n
        )
        for n, event in enumerate(events)
    ]
    with pool.connection() as connection:
        apply(connection, deliveries)


@dataclass(frozen=True)
class Staff:
    """One agency with two inspectors, one item, its clerk and its head."""

    agency: AgencyChanged
    inspectors: Sequence[InspectorChanged]
    item: ItemChanged
    clerk: Principal
    head: Principal

    @property
    def agency_id(self) -> UUID:
        return self.agency.agency_id

    @property
    def events(self) -> Sequence[Event]:
        return (self.agency, *self.inspectors, self.item)


def a_principal(*roles: Role, **more: Any) -> Principal:
    return Principal(account_id=new_id(), name="测试", roles=frozenset(roles), **more)


def a_staff(domain: str = "emergency", item: dict[str, Any] | None = None, **changes: Any) -> Staff:
    agency = an_agency(domain=domain, **changes)
    return Staff(
        agency=agency,
        inspectors=[an_inspector(agency.agency_id, scope=(domain,), name=name) for name in ("李检", "王查")],
        item=an_item(domain=domain, **item or {}),
        clerk=a_principal(Role.AGENCY_CLERK, agency_id=agency.agency_id),
        head=a_principal(Role.APPROVER, agency_id=agency.agency_id),
    )


COORDINATOR = a_principal(Role.COORDINATOR)


@dataclass(frozen=True)
class Town:
    """`safety` and `fire` are its agencies, `enterprise` is what they inspect."""

    app: Flask
    office: Office
    safety: Staff
    fire: Staff
    enterprise: EnterpriseChanged

    @property
    def pool(self) -> Pool:
        return self.app.extensions["yicha.pool"]

    def call(
        self,
        method: str,
        path: str,
        by: Principal | None = None,
        version: int | None = None,
        key: str | None = None,
        **more: Any,
    ) -> TestResponse:
        headers = self.office.bearer(by) if by else {}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if method in ("POST", "PUT"):
            headers["Idempotency-Key"] = key or str(new_id())
        return self.app.test_client().open(API + path, method=method, headers=headers, **more)

    def a_draft(self, staff: Staff | None = None, **changes: Any) -> dict[str, Any]:
        """The body of a draft of `safety`, or of another agency."""
        staff = staff or self.safety
        given = {
            "enterprise_id": str(self.enterprise.enterprise_id),
            "premises_id": str(self.enterprise.premises[0].premises_id),
            "items": [str(staff.item.item_id)],
            "inspectors": [str(inspector.inspector_id) for inspector in staff.inspectors],
            "starts_on": str(today()),
            "ends_on": str(today() + timedelta(days=7)),
            "trigger": "routine",
            "on_site_reason": "需现场查看有限空间作业",
            "considered": ["data_sharing"],
        }
        return given | changes

    def drafted(self, staff: Staff | None = None, **changes: Any) -> dict[str, Any]:
        staff = staff or self.safety
        answer = self.call("POST", "/orders", staff.clerk, json=self.a_draft(staff, **changes))
        assert answer.status_code == 201, answer.json
        return answer.json

    def does(
        self, action: str, order: dict[str, Any], by: Principal, reasons: dict[str, str] | None = None
    ) -> TestResponse:
        """`submit`, `approve`, … at the version the order was read in."""
        body = {"reasons": reasons} if reasons else {}
        return self.call("POST", f"/orders/{order['order_id']}/{action}", by, order["version"], json=body)

    def submitted(self, staff: Staff | None = None, **changes: Any) -> dict[str, Any]:
        """With a reason for whatever asks for one."""
        staff = staff or self.safety
        order = self.drafted(staff, **changes)
        reasons = {f["key"]: "检查内容不同" for f in order["findings"] if f["outcome"] == "justify"}
        return self._ok(self.does("submit", order, staff.clerk, reasons))

    def approved(self, staff: Staff | None = None, **changes: Any) -> dict[str, Any]:
        staff = staff or self.safety
        return self._ok(self.does("approve", self.submitted(staff, **changes), staff.head))

    def issued(self, staff: Staff | None = None, **changes: Any) -> dict[str, Any]:
        staff = staff or self.safety
        return self._ok(self.does("issue", self.approved(staff, **changes), staff.clerk))

    def read(self, order: dict[str, Any], by: Principal = COORDINATOR) -> dict[str, Any]:
        return self._ok(self.call("GET", f"/orders/{order['order_id']}", by))

    def joins(
        self, order: dict[str, Any], guest: dict[str, Any], by: Principal = COORDINATOR
    ) -> TestResponse:
        body = {"absorb": guest["order_id"]}
        return self.call("POST", f"/orders/{order['order_id']}/merge", by, order["version"], json=body)

    def told(self, order: dict[str, Any] | None = None) -> list[tuple[str, int, dict[str, Any]]]:
        """(event, version, payload) in the outbox, of one order or of all, in their order."""
        with self.pool.connection() as connection:
            rows = connection.execute(
                "SELECT type, version, payload FROM outbox WHERE %(id)s::text IS NULL OR aggregateid = %(id)s "
                "ORDER BY position",
                {"id": order and order["order_id"]},
            ).fetchall()
        return [(row["type"].split(".", 3)[3], row["version"], row["payload"]) for row in rows]

    @staticmethod
    def _ok(answer: TestResponse) -> dict[str, Any]:
        assert answer.status_code == 200, answer.json
        return answer.json


@contextmanager
def a_town(database: Any, folder: Path, **changes: Any) -> Generator[Town]:
    with an_office(folder / "secrets" / "token-keys") as office:
        app = app_of(settings_for("inspection", database, folder, jwks_url=office.jwks_url, **changes))
        try:
            town = Town(app, office, a_staff(), a_staff("fire", name="经开区消防救援大队"), an_enterprise())
            replicate(town.pool, *town.safety.events, *town.fire.events, town.enterprise)
            yield town
        finally:
            close(app)
