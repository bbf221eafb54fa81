"""What somebody should look at now, each with the order behind it, and what becomes of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from events.catalogue.feedback import ComplaintFiled
from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.oversight import calendar
from services.oversight.alerts.words import KINDS
from services.oversight.projections.projector import project_live
from tests.builders.city import (
    AnOrder,
    a_refusal,
    a_visit_refusal,
    an_agency,
    an_enterprise,
    an_item,
    deliveries,
)

API = "/api/oversight/v1"
NOW = datetime(2026, 3, 10, 3, tzinfo=UTC)
TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def at_a_certain_hour():
    with time_machine.travel(NOW, tick=False):
        yield


class City:
    """One enterprise, one agency, and whatever goes wrong between the two."""

    def __init__(self, app):
        self.app, self.told = app, []
        self.firm, self.agency = an_enterprise(), an_agency(domain="emergency")
        self.item = an_item(annual_cap=1)
        self.tell(self.firm, self.agency, self.item)

    def tell(self, *events):
        self.told += events
        with self.app.extensions["yicha.pool"].connection() as connection:
            project_live(connection, deliveries(self.told)[-len(events) :], calendar.zone())

    def order(self, days_ago, trigger="routine"):
        order = AnOrder(self.firm.enterprise_id, self.agency.agency_id, at=NOW - timedelta(days=days_ago))
        order.trigger, order.items = trigger, (self.item.item_id,)
        return order

    def complaint(self, due_on):
        return ComplaintFiled(
            complaint_id=new_id(),
            version=1,
            enterprise_id=self.firm.enterprise_id,
            agency_id=self.agency.agency_id,
            order_id=None,
            category="gifts",
            due_on=due_on,
        )

    def everything_wrong(self):
        """One alert of each kind; returns the order behind each, None where there is none."""
        late, waiting = self.order(3, "urgent").drafted(), self.order(0, "urgent").drafted()
        late.entered(ratify_by=late.at + timedelta(hours=24))
        waiting.entered(ratify_by=waiting.at + timedelta(hours=24))
        slow = self.order(9).issued().entered().overdue("conclusion", NOW - timedelta(days=2))
        unmended = self.order(20, "recheck").issued().entered()
        unmended.concluded("order_rectification", due_on=TODAY - timedelta(days=1))
        unscanned = self.order(5, "recheck").issued().concluded(entered=False)
        suspect = (
            self.order(4, "recheck")
            .issued()
            .entered(flags=("distance", "searched", "no_position"))
            .concluded()
        )
        worn = self.order(4, "recheck").issued().entered(flags=("searched",)).concluded()
        filled_in = (
            self.order(30, "recheck").issued().entered(online=False, flags=("backfilled", "late")).concluded()
        )
        expired = self.order(8).issued().expired()
        refused_by_us = a_visit_refusal(
            self.firm.enterprise_id,
            agency_id=self.agency.agency_id,
            order_id=suspect.order_id,
            refused_at=NOW,
        )
        refused_by_gate = a_refusal(self.firm.enterprise_id, agency_id=self.agency.agency_id, refused_at=NOW)
        orders = (late, waiting, slow, unmended, unscanned, suspect, worn, filled_in, expired)
        self.tell(*(event for order in orders for event in order.events))
        self.tell(
            refused_by_us, refused_by_gate, self.complaint(TODAY - timedelta(days=1)), self.complaint(TODAY)
        )
        return {
            "ratification_overdue": late.order_id,
            "ratification_pending": waiting.order_id,
            "conclusion_overdue": slow.order_id,
            "rectification_overdue": unmended.order_id,
            "complaint_overdue": None,
            "visit_refused": suspect.order_id,
            "visit_without_code": unscanned.order_id,
            "over_cap": waiting.order_id,
            "entry_refused": None,
            "entry_suspect": suspect.order_id,
            "plate_unread": worn.order_id,
            "backfilled_late": filled_in.order_id,
            "order_expired": expired.order_id,
        }


@pytest.fixture
def city(app):
    return City(app)


def get(app, headers, path):
    answer = app.test_client().get(f"{API}{path}", headers=headers)
    assert answer.status_code == 200, answer.json
    return answer.json


def raised(app, headers, query=""):
    return get(app, headers, f"/alerts?limit=200&{query}")["items"]


def post(app, headers, path, body=None):
    return app.test_client().post(
        f"{API}{path}", json=body, headers={**headers, "Idempotency-Key": str(new_id())}
    )


def account(office, role, agency=None):
    return office.bearer(
        Principal(
            account_id=new_id(), name="某人", roles=frozenset({role}), agency_id=agency and agency.agency_id
        )
    )


def test_each_kind_is_raised_and_names_the_order_behind_it(app, coordinator, city):
    behind = city.everything_wrong()
    found = {alert["kind"]: alert for alert in raised(app, coordinator)}
    assert found.keys() == KINDS.keys() == behind.keys()
    assert len(raised(app, coordinator)) == len(found), "one of each"
    for kind, order_id in behind.items():
        alert = found[kind]
        assert alert["order_id"] == (str(order_id) if order_id else None), kind
        assert alert["enterprise_name"] == city.firm.name
        for said in (alert["title"], alert["text"], alert["remedy"]):
            assert said["zh"]
            assert said["en"]
            assert "{" not in said["zh"] + said["en"]
    assert found["over_cap"]["figures"] == {"visits": 3, "cap": 1, "year": 2026}
    assert found["rectification_overdue"]["figures"]["days"] == 1
    assert found["complaint_overdue"]["text"]["zh"].startswith("应于 2026-03-09")
    assert found["entry_suspect"]["text"]["en"] == "flags: too far away, no plate was read, no position (E2)"


def test_the_counts_are_as_long_as_the_lists_and_pages_are_whole(app, coordinator, city):
    city.everything_wrong()
    everything = raised(app, coordinator)
    for counted in get(app, coordinator, "/alerts/counts")["items"]:
        of_kind = raised(app, coordinator, f"kind={counted['kind']}")
        assert counted["count"] == len(of_kind) == 1
    paged, after = [], ""
    while after is not None:
        page = get(app, coordinator, f"/alerts?limit=5{after and '&after='}{after}")
        paged, after = paged + page["items"], page["next"]
    assert paged == everything
    assert [alert["since"] for alert in paged] == sorted((one["since"] for one in paged), reverse=True)


def test_an_agency_sees_its_own_and_none_of_complaints(app, office, city):
    city.everything_wrong()
    own = {alert["kind"] for alert in raised(app, account(office, Role.APPROVER, city.agency))}
    assert own == KINDS.keys() - {"complaint_overdue"}
    assert raised(app, account(office, Role.APPROVER, an_agency())) == []


def test_what_is_done_is_no_alert_any_more(app, coordinator, city):
    urgent = city.order(3, "urgent").drafted()
    urgent.entered(ratify_by=urgent.at + timedelta(hours=24)).overdue("conclusion")
    city.tell(*urgent.events)
    assert {alert["kind"] for alert in raised(app, coordinator)} == {
        "ratification_overdue",
        "conclusion_overdue",
    }
    urgent.ratified().concluded()
    city.tell(*urgent.events[-2:])
    assert raised(app, coordinator) == []


def test_what_was_set_aside_is_kept_apart_and_can_be_taken_back(app, coordinator, office, city):
    refusal = a_visit_refusal(city.firm.enterprise_id, refused_at=NOW)
    city.tell(refusal)
    [alert] = raised(app, coordinator)
    path = f"/alerts/{alert['alert_id']}"
    assert post(app, coordinator, f"{path}/set-aside", {"reason": "已核实"}).status_code == 204
    assert post(app, coordinator, f"{path}/set-aside", {"reason": "又一次"}).status_code == 204
    assert raised(app, coordinator) == []
    [kept] = raised(app, coordinator, "aside=true")
    assert (kept["alert_id"], kept["aside"]["reason"]) == (alert["alert_id"], "已核实")
    for role in (Role.AUDITOR, Role.APPROVER):
        agency = city.agency if role is Role.APPROVER else None
        assert post(app, account(office, role, agency), f"{path}/take-back").status_code == 403
    assert post(app, coordinator, f"{path}/take-back").status_code == 204
    assert raised(app, coordinator) == [alert]
    with app.extensions["yicha.pool"].connection() as connection:
        acts = connection.execute("SELECT tag FROM oversight_audit.audit ORDER BY position").fetchall()
    assert [act["tag"] for act in acts] == ["alert.set_aside", "alert.taken_back"]


def test_a_new_deadline_that_passes_is_another_alert(app, coordinator, city):
    order = city.order(20).issued().entered()
    order.concluded("order_rectification", due_on=TODAY - timedelta(days=6))
    city.tell(*order.events)
    [alert] = raised(app, coordinator)
    post(app, coordinator, f"/alerts/{alert['alert_id']}/set-aside", {"reason": "延期"})
    order.recheck_failed(TODAY - timedelta(days=1))
    city.tell(*order.events[-1:])
    [again] = raised(app, coordinator)
    assert again["alert_id"] != alert["alert_id"]


@pytest.mark.parametrize("alert_id", ["over_cap.x", "nothing.1", "visit_refused.00000000", "%00"])
def test_what_is_not_raised_cannot_be_set_aside(app, coordinator, alert_id):
    assert post(app, coordinator, f"/alerts/{alert_id}/set-aside", {"reason": "?"}).status_code == 404


def test_what_only_happened_is_forgotten_after_the_days_asked_for(app, coordinator, city):
    city.tell(*city.order(40).issued().concluded(entered=False).events)
    assert len(raised(app, coordinator, "days=41")) == 1
    assert raised(app, coordinator, "days=39") == []


def test_over_a_cap_is_who_came_along_with_a_recheck_and_not_who_rechecked(app, coordinator, city):
    other = an_agency(domain="emergency")
    city.tell(other)
    for days_ago, leads in ((5, city.agency), (3, other)):
        order = city.order(days_ago, "recheck")
        order.agency_id, order.agencies = leads.agency_id, (leads.agency_id, city.agency.agency_id)
        city.tell(*order.issued().entered(counted_for=(city.agency.agency_id,)).concluded().events)
    [alert] = raised(app, coordinator, "kind=over_cap")
    assert (alert["agency_id"], alert["order_id"]) == (str(city.agency.agency_id), str(order.order_id))
    assert alert["figures"]["visits"] == 2
