"""The numbers over HTTP: who sees which, and the orders behind each."""

from zoneinfo import ZoneInfo

import pytest

from events.catalogue.feedback import ComplaintFiled, RatingGiven, RatingsReleased
from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.oversight.projections.projector import project_live
from tests.builders.city import DAY, AnOrder, a_refusal, an_agency, an_enterprise, deliveries

CHINA = ZoneInfo("Asia/Shanghai")
API = "/api/oversight/v1"
YEAR = "from=2026-01-01&to=2026-12-31"


@pytest.fixture
def city(app):
    """Agency one: a scanned joint visit with a finding. Agency two: an unscanned one, a duplicate, a refusal."""
    firm = an_enterprise()
    one, two = an_agency(name="应急管理局"), an_agency(name="生态环境局")
    scanned = AnOrder(firm.enterprise_id, one.agency_id, agencies=(one.agency_id, two.agency_id))
    scanned.drafted().issued().entered(flags=("distance",)).recorded(2).concluded("order_rectification")
    unscanned = (
        AnOrder(firm.enterprise_id, two.agency_id).drafted().duplicate_of(scanned.order_id).overridden()
    )
    unscanned.issued().concluded(entered=False)
    told = [firm, one, two, *scanned.events, *unscanned.events]
    told.append(a_refusal(firm.enterprise_id, agency_id=two.agency_id))
    told.append(RatingGiven(rating_id=new_id(), area_code="321302", grade=4, day=DAY))
    told.append(
        RatingsReleased(release_id=new_id(), agency_id=one.agency_id, grades=(1, 0, 0, 0, 4), released_on=DAY)
    )
    told.append(
        ComplaintFiled(
            complaint_id=new_id(),
            version=1,
            enterprise_id=firm.enterprise_id,
            agency_id=one.agency_id,
            order_id=None,
            category="gifts",
            due_on=DAY,
        )
    )
    with app.extensions["yicha.pool"].connection() as connection:
        project_live(connection, deliveries(told), CHINA)
    return one.agency_id, two.agency_id, scanned.order_id, unscanned.order_id


def get(app, headers, path):
    answer = app.test_client().get(f"{API}{path}", headers=headers)
    assert answer.status_code == 200, answer.json
    return answer.json


def an_agency_account(office, agency_id, role=Role.APPROVER):
    return office.bearer(
        Principal(account_id=new_id(), name="局长", roles=frozenset({role}), agency_id=agency_id)
    )


def test_the_coordinator_sees_all(app, coordinator, city):
    shown = get(app, coordinator, f"/figures?{YEAR}")
    assert shown["orders"] == {"concluded": 1, "rectifying": 1}
    assert (shown["inspections"], shown["joint"], shown["with_finding"], shown["refusals"]) == (2, 1, 1, 1)
    assert shown["entries"] == {
        "with_code": 1,
        "without_code": 1,
        "late": 0,
        "backfilled_late": 0,
        "flagged": 1,
    }
    assert shown["duplicates"] == {"found": 1, "joined": 0, "overridden": 1, "dismissed": 0, "open": 0}
    assert shown["ratings"]["area"]["grades"]["4"] == 1
    assert (shown["ratings"]["released"]["total"], shown["ratings"]["released"]["mean"]) == (5, 4.2)
    assert (shown["complaints"]["filed"], shown["complaints"]["by_category"]) == (1, {"gifts": 1})


def test_an_agency_sees_its_own_and_no_complaints(app, office, city):
    one, two, *_ = city
    shown = get(app, an_agency_account(office, one), f"/figures?{YEAR}")
    assert (shown["inspections"], shown["refusals"], shown["complaints"]) == (1, 0, None)
    assert get(app, an_agency_account(office, two), f"/figures?{YEAR}")["ratings"]["released"]["total"] == 0


def test_an_agency_may_not_ask_for_another(app, office, city):
    one, two, *_ = city
    for path in ("/figures", "/orders", "/duplicates", "/inspections"):
        answer = app.test_client().get(
            f"{API}{path}?agency_id={two}&by=agency"
            if path == "/inspections"
            else f"{API}{path}?agency_id={two}",
            headers=an_agency_account(office, one),
        )
        assert answer.status_code == 403, path


def test_an_inspector_does_not_enter(app, office, city):
    answer = app.test_client().get(
        f"{API}/figures", headers=an_agency_account(office, city[0], Role.INSPECTOR)
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("by", "keys"),
    [("day", ["2026-03-02"]), ("industry", ["C"]), ("area", ["321302"])],
)
def test_inspections_are_grouped(app, coordinator, city, by, keys):
    shown = get(app, coordinator, f"/inspections?by={by}&{YEAR}")
    assert [group["key"] for group in shown["items"]] == keys
    assert shown["items"][0]["inspections"] == 2


def test_agencies_are_ranked_by_rates_only(app, coordinator, city):
    one, two, *_ = city
    ranked = get(app, coordinator, f"/inspections?by=agency&rank=code_coverage&{YEAR}")["items"]
    assert [(group["key"], group["code_coverage"], group["rating"]) for group in ranked] == [
        (str(one), 1.0, 4.2),
        (str(two), 0.0, None),
    ]
    answer = app.test_client().get(f"{API}/inspections?by=agency&rank=inspections", headers=coordinator)
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("measure", "which"), [("entered", 2), ("unscanned", 3), ("flagged", 2), ("with_finding", 2)]
)
def test_behind_a_number_are_its_orders(app, coordinator, city, measure, which):
    shown = get(app, coordinator, f"/orders?measure={measure}&{YEAR}")
    assert [line["order_id"] for line in shown["items"]] == [str(city[which])]
    assert shown["items"][0]["enterprise_name"] == "宿迁某某机械有限公司"


def test_a_list_goes_on_where_it_stopped(app, coordinator, city):
    first = get(app, coordinator, f"/orders?measure=inspections&limit=1&{YEAR}")
    second = get(app, coordinator, f"/orders?measure=inspections&limit=1&after={first['next']}&{YEAR}")
    assert {first["items"][0]["order_id"], second["items"][0]["order_id"]} == {str(city[2]), str(city[3])}
    assert second["next"] is None
    everyone = get(app, coordinator, "/orders?limit=1")
    assert get(app, coordinator, f"/orders?limit=1&after={everyone['next']}")["next"] is None


def test_a_pair_stands_side_by_side(app, coordinator, city):
    [pair] = get(app, coordinator, f"/duplicates?{YEAR}")["items"]
    assert (pair["state"], pair["agency_name"], pair["other_agency_name"]) == (
        "overridden",
        "生态环境局",
        "应急管理局",
    )


def test_refusals_are_listed(app, coordinator, city):
    [refusal] = get(app, coordinator, f"/refusals?{YEAR}")["items"]
    assert (refusal["rule"], refusal["reason"]) == ("E1", "wrong_premises")


def test_a_period_that_ends_before_it_begins_is_refused(app, coordinator):
    answer = app.test_client().get(f"{API}/figures?from=2026-03-02&to=2026-03-01", headers=coordinator)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/query/to")


def test_the_position_tells_how_far_the_projections_are(app, coordinator, city):
    shown = get(app, coordinator, "/events-position")
    assert shown["position"] == 1
    assert shown["events"] > 10
