"""The map and the charts add up to the figures."""

from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.oversight import calendar
from services.oversight.areas import store
from services.oversight.figures.model import Period
from services.oversight.projections.projector import project_live
from tests.builders.city import (
    DAY,
    MORNING,
    AnOrder,
    an_agency,
    an_enterprise,
    an_item,
    deliveries,
    some_premises,
)
from tests.builders.year import a_year, interleaved

API = "/api/oversight/v1"
YEAR = "from=2026-01-01&to=2026-12-31"


def tell(app, events):
    with app.extensions["yicha.pool"].connection() as connection:
        project_live(connection, deliveries(events), ZoneInfo("Asia/Shanghai"))


def shown(app, headers, path):
    answer = app.test_client().get(f"{API}{path}", headers=headers)
    assert answer.status_code == 200, answer.json
    return answer.json


@pytest.fixture
def city(app):
    random = Random(7)
    tell(app, interleaved(random, a_year(random, orders=80)))


def test_the_cells_add_up_to_the_figures(app, coordinator, city):
    cells = shown(app, coordinator, f"/areas?{YEAR}")["items"]
    groups = {
        group["key"]: group for group in shown(app, coordinator, f"/inspections?by=cell&{YEAR}")["items"]
    }
    for cell in cells:
        group = groups.get(cell["cell"])
        for measure in ("inspections", "joint", "unscanned", "duplicates", "refused", "visit_refused"):
            assert cell[measure] == (group[measure] if group else 0)
    assert {cell["cell"] for cell in cells} >= set(groups)
    [known, *_] = [cell for cell in cells if cell["cell"]]
    assert known["cell"] == f"{known['area_code']}/{known['grid']}"
    assert any(cell["latitude"] for cell in cells)
    narrowed = shown(app, coordinator, f"/areas?{YEAR}&area=321302")["items"]
    assert {cell["area_code"] for cell in narrowed} == {"321302"}


@pytest.mark.parametrize(("step", "by"), [("day", None), ("week", "area"), ("month", "agency")])
def test_a_series_adds_up_to_the_figures(app, coordinator, city, step, by):
    figures = shown(app, coordinator, f"/figures?{YEAR}")
    told = shown(app, coordinator, f"/figures/series?step={step}&{YEAR}{(by and f'&by={by}') or ''}")
    points = [point for line in told["items"] for point in line["points"]]
    assert sum(point["inspections"] for point in points) == figures["inspections"]
    assert sum(point["duplicates"] for point in points) == figures["duplicates"]["found"]
    assert {point["start"] for point in points} <= set(told["starts"])
    assert len(told["items"]) > 1 or by is None
    for line in told["items"]:
        days = [point["start"] for point in line["points"]]
        assert days == sorted(set(days)), "each step once, in order"


def test_the_axis_has_the_steps_on_which_nothing_happened(app, coordinator):
    told = shown(app, coordinator, "/figures/series?step=month&from=2026-01-15&to=2026-03-02")
    assert (told["starts"], told["items"]) == (["2026-01-01", "2026-02-01", "2026-03-01"], [])
    too_long = app.test_client().get(
        f"{API}/figures/series?step=day&from=2024-01-01&to=2026-01-01", headers=coordinator
    )
    assert too_long.status_code == 422


def test_an_agency_sees_its_own_visits_on_the_map(app, office, city):
    [one, *_] = shown(app, office.bearer(someone(Role.COORDINATOR)), f"/inspections?by=agency&{YEAR}")[
        "items"
    ]
    head = office.bearer(someone(Role.APPROVER, agency_id=one["key"]))
    cells = shown(app, head, f"/areas?{YEAR}")["items"]
    assert sum(cell["inspections"] for cell in cells) == one["inspections"]


def someone(role, **more):
    return Principal(account_id=new_id(), name="某人", roles=frozenset({role}), **more)


class Capped:
    """An item that may be looked at once a year, another three times, and an agency at one enterprise."""

    def __init__(self):
        self.here, self.agency = some_premises(), an_agency(domain="fire")
        self.firm = an_enterprise(premises=(self.here,))
        self.once = an_item(domain="fire", annual_cap=1)
        self.thrice = an_item(domain="fire", annual_cap=3)
        self.elsewhere = an_item(domain="emergency", annual_cap=1)
        self.told = [self.firm, self.agency, self.once, self.thrice, self.elsewhere]

    def visited(self, *items, trigger="routine", days=0):
        order = AnOrder(self.firm.enterprise_id, self.agency.agency_id, at=MORNING + timedelta(days=days))
        order.premises_id, order.trigger = self.here.premises_id, trigger
        order.items = tuple(item.item_id for item in items)
        self.told += order.issued().entered().concluded().events

    def over(self, app):
        tell(app, self.told)
        with app.extensions["yicha.pool"].connection() as connection:
            [cell] = store.areas(connection, None, Period(first=DAY, last=DAY), calendar.today(), None)
        return cell.over_cap


@pytest.mark.parametrize(
    ("visits", "over"),
    [
        ([("thrice",), ("thrice",), ("thrice",)], 0),
        ([("thrice",)] * 4, 1),
        ([("thrice",), ("once", "thrice")], 1),
        ([("thrice",), ("elsewhere", "thrice")], 0),
    ],
    ids=["at the cap", "over it", "over the strictest", "of an item of another domain"],
)
def test_who_was_visited_more_often_than_its_items_allow(app, visits, over):
    city = Capped()
    for day, items in enumerate(visits):
        city.visited(*(getattr(city, name) for name in items), days=day)
    assert city.over(app) == over


def test_a_recheck_and_a_visit_of_last_year_take_no_place_under_the_cap(app):
    city = Capped()
    city.visited(city.once)
    city.visited(city.once, trigger="recheck", days=1)
    city.visited(city.once, days=-365)
    assert city.over(app) == 0
