"""Behind every number are as many lines as it says, whatever it is grouped by, and an agency finds its own alone."""

from random import Random
from zoneinfo import ZoneInfo

import pytest

from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.oversight.figures.schemas import BYS
from services.oversight.orders.counted import MEASURES
from services.oversight.projections.projector import project_live
from tests.builders.city import deliveries
from tests.builders.year import a_year, interleaved

API = "/api/oversight/v1"
YEAR = "from=2026-01-01&to=2026-12-31"
IN_FIGURES = {
    "entered": ("entries", "with_code"),
    "unscanned": ("entries", "without_code"),
    "refused": ("refusals",),
    "duplicates": ("duplicates", "found"),
    "unanswered": ("duplicates", "open"),
    "visit_refused": ("visit_refusals", "total"),
    "visit_refused_supported": ("visit_refusals", "supported"),
    "ratified_late": ("ratifications", "late"),
    "unratified": ("ratifications", "pending"),
    "complaints": ("complaints", "filed"),
}
PARTS = ("entries", "duplicates", "ratifications")


def shown(app, headers, path):
    answer = app.test_client().get(f"{API}{path}", headers=headers)
    assert answer.status_code == 200, answer.json
    return answer.json


def lines(app, headers, query):
    found, after = [], ""
    while after is not None:
        page = shown(app, headers, f"/orders?{query}&limit=60{after and '&after='}{after}")
        found, after = found + page["items"], page["next"]
    ids = [line["line_id"] for line in found]
    assert len(ids) == len(set(ids)), "no line comes twice"
    return found


def figure(figures, measure):
    """Of /figures, wherever it stands there."""
    if measure.endswith("_overdue") and measure != "complaints_overdue":
        return figures["deadlines_passed"][measure.removesuffix("_overdue")]
    if measure.startswith("complaints_"):
        return figures["complaints"][measure.removeprefix("complaints_")]
    if measure in IN_FIGURES:
        found = figures
        for name in IN_FIGURES[measure]:
            found = found[name]
        return found
    places = (figures, *(figures[part] for part in PARTS))
    return next(place[measure] for place in places if measure in place)


@pytest.fixture(params=range(2))
def city(request, app):
    random = Random(request.param)
    told = deliveries(interleaved(random, a_year(random, orders=120)))
    with app.extensions["yicha.pool"].connection() as connection:
        project_live(connection, told, ZoneInfo("Asia/Shanghai"))
    return random


def test_each_figure_is_as_long_as_its_list(app, coordinator, city):
    figures = shown(app, coordinator, f"/figures?{YEAR}")
    counted = {measure: figure(figures, measure) for measure in MEASURES}
    assert counted == {
        measure: len(lines(app, coordinator, f"measure={measure}&{YEAR}")) for measure in MEASURES
    }
    assert sum(count > 0 for count in counted.values()) > 20, counted
    for state, count in figures["orders"].items():
        assert len(lines(app, coordinator, f"state={state}")) == count, state
    for ground, count in figures["visit_refusals"]["by_ground"].items():
        assert len(lines(app, coordinator, f"measure=visit_refused&kind={ground}&{YEAR}")) == count
    for category, count in figures["complaints"]["by_category"].items():
        assert len(lines(app, coordinator, f"measure=complaints&kind={category}&{YEAR}")) == count


@pytest.mark.parametrize("by", BYS)
def test_each_group_is_as_long_as_its_list(app, coordinator, city, by):
    groups = shown(app, coordinator, f"/inspections?by={by}&{YEAR}")["items"]
    for measure in (name for name in MEASURES if name in groups[0]):
        for group in city.sample(groups, min(2, len(groups))):
            query = f"measure={measure}&by={by}&value={group['key'] or ''}&{YEAR}"
            assert len(lines(app, coordinator, query)) == group[measure], query


def test_an_agency_finds_its_own(app, office, coordinator, city):
    [agency, *_] = [one["key"] for one in shown(app, coordinator, f"/inspections?by=agency&{YEAR}")["items"]]
    head = office.bearer(
        Principal(account_id=new_id(), name="局长", roles=frozenset({Role.APPROVER}), agency_id=agency)
    )
    own = shown(app, head, f"/figures?{YEAR}")
    for measure in (name for name in MEASURES if not name.startswith("complaints")):
        found = lines(app, head, f"measure={measure}&{YEAR}")
        assert {line["agency_id"] for line in found} <= {agency}
        assert len(found) == figure(own, measure), measure
    refused = app.test_client().get(f"{API}/orders?measure=complaints", headers=head)
    assert refused.status_code == 403


@pytest.mark.parametrize(
    "query", ["after=x", "measure=joint&after=2026-99-01.x", "measure=visits", "by=street"]
)
def test_what_cannot_be_is_refused(app, coordinator, query):
    answer = app.test_client().get(f"{API}/orders?{query}", headers=coordinator)
    assert answer.status_code == 422, answer.json
