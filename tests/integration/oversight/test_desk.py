"""The duplicates desk: what lies close together, why, and what became of it."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.oversight import calendar
from services.oversight.duplicates.desk import store
from services.oversight.duplicates.desk.model import Desk
from services.oversight.projections.projector import project_live
from tests.builders.city import AnOrder, an_agency, an_enterprise, an_item, deliveries

API = "/api/oversight/v1"


def days_ago(count):
    day = calendar.today() - timedelta(days=count)
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


class City:
    """One enterprise with one place, three agencies, and orders at it."""

    def __init__(self, app):
        self.app, self.told = app, []
        self.firm = an_enterprise()
        self.agencies = [an_agency(name=name) for name in ("应急管理局", "消防救援大队", "生态环境局")]
        self.place, self.items = new_id(), [an_item(code=f"X-{n}", name=f"事项{n}") for n in range(3)]
        self.tell([self.firm, *self.agencies, *self.items])

    def tell(self, events):
        """Later than all that was told before."""
        self.told += events
        new = deliveries(self.told)[-len(events) :]
        with self.app.extensions["yicha.pool"].connection() as connection:
            project_live(connection, new, calendar.zone())

    def order(self, agency, at, item=None):
        order = AnOrder(self.firm.enterprise_id, self.agencies[agency].agency_id, at=at)
        order.premises_id, order.items = self.place, (self.items[agency if item is None else item].item_id,)
        return order

    def visited(self, agency, at, **more):
        return self.order(agency, at, **more).issued().entered().concluded()


@pytest.fixture
def city(app):
    return City(app)


def get(app, headers, path):
    answer = app.test_client().get(f"{API}{path}", headers=headers)
    assert answer.status_code == 200, answer.json
    return answer.json


def pairs(app, headers, query=""):
    return get(app, headers, f"/duplicate-pairs?{query}")["items"]


def of_agency(office, agency):
    who = Principal(
        account_id=new_id(),
        name="局长",
        roles=frozenset({Role.APPROVER}),
        agency_id=agency.agency_id,
    )
    return office.bearer(who)


def test_two_agencies_that_came_one_after_the_other_stand_side_by_side(app, coordinator, city):
    first, second = city.visited(0, days_ago(12)), city.visited(1, days_ago(4))
    city.tell([*first.events, *second.events])
    [pair] = pairs(app, coordinator)
    assert (pair["verdict"], pair["why"], pair["gap_days"]) == ("ignored", ["other_agency_near"], 8)
    assert (pair["later"]["agency_name"], pair["earlier"]["agency_name"]) == ("消防救援大队", "应急管理局")
    assert (pair["later"]["items"], pair["later"]["inspectors"]) == (["事项1"], 2)
    assert pair["enterprise_name"] == city.firm.name
    assert pairs(app, coordinator, "days=7") == []
    assert pairs(app, coordinator, f"premises_id={city.place}") == [pair]
    assert pairs(app, coordinator, f"premises_id={new_id()}") == []


def test_why_they_are_seen_as_duplicates(app, coordinator, city):
    early, late = city.visited(0, days_ago(20)), city.visited(0, days_ago(10))
    planned = city.order(0, days_ago(-2)).issued()
    other = city.order(1, days_ago(-4), item=0).issued()
    city.tell([*early.events, *late.events, *planned.events, *other.events])
    seen = {
        (p["earlier"]["order_id"], p["later"]["order_id"]): set(p["why"]) for p in pairs(app, coordinator)
    }
    key = {
        name: str(order.order_id) for name, order in {"e": early, "l": late, "p": planned, "o": other}.items()
    }
    assert seen[key["e"], key["l"]] == {"same_agency_again", "same_item_again"}
    assert seen[key["p"], key["o"]] == {"other_agency_near", "same_item_again"}
    assert len(pairs(app, coordinator, "why=other_agency_near")) == 3
    overlapping = city.order(0, days_ago(-3)).issued()
    city.tell(overlapping.events)
    assert len(pairs(app, coordinator, "why=same_agency_overlapping")) == 1


def test_what_became_of_a_pair(app, coordinator, city):
    first, second, third = (city.order(n, days_ago(-1 - n)).issued() for n in range(3))
    first.dismissed(second.order_id, "一处查用电")
    second.overridden(about=third.order_id, reason="需夜间查")
    third.absorbed(first.order_id)
    first.joined(third.order_id, third.agency_id)
    city.tell([*first.events, *second.events, *third.events])
    shown = {(p["verdict"], p["reason"]) for p in pairs(app, coordinator)}
    assert shown == {("dismissed", "一处查用电"), ("joined", None)}
    third.restored(first.order_id)
    first.split(third.order_id, third.agency_id)
    city.tell([*third.events[-1:], *first.events[-1:]])
    third.submitted()
    city.tell(third.events[-1:])
    assert {p["verdict"] for p in pairs(app, coordinator)} == {"dismissed", "overridden", "open"}
    second.reopened(first.order_id)
    city.tell(second.events[-1:])
    assert len(pairs(app, coordinator, "verdict=open")) == 2


def test_an_agency_sees_the_pairs_it_is_part_of_and_no_draft_of_others(app, office, coordinator, city):
    orders = [city.order(n, days_ago(-1 - n)) for n in range(3)]
    orders[0].issued()
    orders[1].issued()
    orders[2].drafted()
    city.tell([event for order in orders for event in order.events])
    assert len(pairs(app, coordinator)) == 3
    assert len(pairs(app, of_agency(office, city.agencies[0]))) == 1
    assert len(pairs(app, of_agency(office, city.agencies[2]))) == 2
    refused = app.test_client().get(
        f"{API}/duplicate-pairs?agency_id={city.agencies[1].agency_id}",
        headers=of_agency(office, city.agencies[0]),
    )
    assert refused.status_code == 403


def test_pages_and_filters(app, coordinator, city):
    orders = [city.visited(n % 3, days_ago(n)) for n in range(6)]
    city.tell([event for order in orders for event in order.events])
    everything = pairs(app, coordinator)
    assert len(everything) == 15
    seen, after = [], ""
    while after is not None:
        page = get(app, coordinator, f"/duplicate-pairs?limit=4{after and '&after='}{after}")
        seen, after = seen + page["items"], page["next"]
    assert seen == everything
    assert len(pairs(app, coordinator, f"agency_id={city.agencies[0].agency_id}")) == 9
    assert len(pairs(app, coordinator, "area=321300")) == 15
    assert pairs(app, coordinator, "area=3205") == []
    for bad in ("days=367", "after=x", "area=nowhere", "verdict=lost"):
        answer = app.test_client().get(f"{API}/duplicate-pairs?{bad}", headers=coordinator)
        assert answer.status_code == 422, bad


def test_clusters_tell_how_many_visits_could_have_been_one(app, office, coordinator, city):
    orders = [city.visited(n % 3, days_ago(3 * n)) for n in range(4)]
    alone = city.visited(0, days_ago(25))
    city.tell([event for order in [*orders, alone] for event in order.events])
    assert get(app, coordinator, "/duplicate-clusters?days=2")["items"] == []
    [cluster] = get(app, coordinator, "/duplicate-clusters?days=15")["items"]
    assert (cluster["could_have_been_one"], cluster["agencies"], len(cluster["visits"])) == (3, 3, 4)
    assert cluster["enterprise_name"] == city.firm.name
    for other in (orders[0], orders[1]):
        orders[3].dismissed(other.order_id)
    orders[3].dismissed(orders[2].order_id)
    city.tell(orders[3].events[-3:])
    [cluster] = get(app, coordinator, "/duplicate-clusters?days=15")["items"]
    assert cluster["could_have_been_one"] == 2, "who is no duplicate of any stands apart"
    mine = get(app, of_agency(office, city.agencies[2]), "/duplicate-clusters?days=15")
    assert [len(one["visits"]) for one in mine["items"]] == [3]


def test_rates_per_agency_and_as_a_table(app, office, coordinator, city):
    first, second = city.order(0, days_ago(-1)).issued(), city.order(1, days_ago(-2)).issued()
    third = city.visited(0, days_ago(3))
    first.dismissed(second.order_id)
    city.tell([*first.events, *second.events, *third.events])
    rates = {rate["agency_name"]: rate for rate in get(app, coordinator, "/duplicate-rates")["items"]}
    assert (rates["应急管理局"]["found"], rates["应急管理局"]["dismissed"]) == (3, 1)
    assert (rates["消防救援大队"]["found"], rates["消防救援大队"]["dismissed_rate"]) == (2, 0.5)
    own = get(app, of_agency(office, city.agencies[1]), "/duplicate-rates")["items"]
    assert [rate["agency_name"] for rate in own] == ["消防救援大队"]
    answer = app.test_client().get(f"{API}/duplicate-rates.csv", headers=coordinator)
    assert answer.mimetype == "text/csv"
    table = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert {row["agency_name"]: row["found"] for row in table} == {"应急管理局": "3", "消防救援大队": "2"}


ORDERS = 100_000
FILL = """
INSERT INTO order_fact (order_id, version, enterprise_id, premises_id, agency_id, agencies, trigger, state, starts_on,
                        ends_on, flags, day, duplicates, overrides, items, inspectors)
SELECT gen_random_uuid(), 1, place.id, place.id, agency.id, ARRAY[agency.id], 'routine', 'closed', day, day, '{}', day,
       0, 0, '{}', 2
FROM (SELECT (%(orders)s ^ random())::int AS place, (random() * 60)::int AS agency,
             %(today)s::date - (random() * 366)::int AS day
      FROM generate_series(1, %(orders)s)) AS drawn
CROSS JOIN LATERAL (SELECT md5('place' || place)::uuid AS id) AS place
CROSS JOIN LATERAL (SELECT md5('agency' || agency)::uuid AS id) AS agency
"""


def test_a_page_of_a_hundred_thousand_orders_reads_what_it_shows(app, coordinator):
    """From the newest back, by index, each beside those before it at its place; the busiest place has thousands."""
    with app.extensions["yicha.pool"].connection() as connection:
        connection.execute(FILL, {"orders": ORDERS, "today": calendar.today()})
    with app.extensions["yicha.pool"].connection() as connection:
        connection.autocommit = True
        connection.execute("ANALYZE order_fact")
        desk = Desk(today=calendar.today(), days=30, sees_all=True, asking=None, agency_id=None, area=None)
        wanted = {"verdict": None, "why": None, "premises_id": None}
        assert len(store.pairs(connection, desk, **wanted, after=None, limit=50)) == 51
        found, more = store.clusters(connection, desk, limit=50, offset=0)
        assert (len(found), more) == (50, True)
        page = connection.execute(
            "EXPLAIN " + store.PAIRS_PAGE,
            desk.named | wanted | {"later": None, "earlier": None, "limit": 51},
        ).fetchall()
    plan = "\n".join(row["QUERY PLAN"] for row in page)
    assert "Seq Scan on order_fact" not in plan, plan
    assert "order_fact_of_premises" in plan, plan
    assert "order_fact_from" in plan, plan
