"""A joint visit counts for each agency by the trigger of the order with which it came, whoever's order became the host."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine

from services.chassis.policy import policies
from services.inspection.codes import store as codes
from services.inspection.codes.store import Year
from services.inspection.planner.reader import Asked, read_problem
from tests.builders.arrival import a_credential, arrives, inspector_of
from tests.builders.grounds import rectifying
from tests.builders.inspection import AREA, COORDINATOR, a_town, days, replicate, today
from tests.builders.past import Scene

MORNING = datetime(2026, 6, 10, 2, tzinfo=UTC)


@pytest.fixture
def town(database, tmp_path):
    with time_machine.travel(MORNING), a_town(database, tmp_path) as town:
        yield town


NOW = {"first": 0, "last": 2}


def a_recheck(town, staff=None, **changes):
    """Of a visit of the same agency that found something."""
    staff = staff or town.safety
    first = rectifying(town, town.issued(staff, **days(0, 0)))
    return town.drafted(staff, trigger="recheck", recheck_of=first["order_id"], **days(**NOW), **changes)


def a_visit_of(town, staff, **changes):
    return town.drafted(staff, **days(**NOW) | changes)


def joined(town, host, guest):
    """Both agencies' heads have spoken, and it is issued; the host's agency leads."""
    first, *others = (
        next(s for s in (town.safety, town.fire) if str(s.agency_id) == order["agency_id"])
        for order in (host, guest)
    )
    order = town.joins(host, guest).json
    order = town.does("submit", order, first.clerk, said_of(order)).json
    for staff in (first, *others):
        order = town.does("approve", order, staff.head).json
    answer = town.does("issue", order, first.clerk, {})
    assert answer.status_code == 200, answer.json
    return answer.json


def said_of(order):
    return {finding["key"]: "分开办理" for finding in order["findings"] if finding["outcome"] == "justify"}


def counted(town, staff):
    """(made, still to come) of the agency at the enterprise this year, as rule F1 reads it."""
    (count,) = Scene(town, staff, town.enterprise).facts(today() + timedelta(days=60)).counts
    return count.visited, count.planned


def shown(town, order):
    """The same on the order's page, by agency; None for all."""
    return {line["agency_id"]: (line["visited"], line["planned"]) for line in town.read(order)["visits"]}


def enters(town, order, staff):
    first, second = inspector_of(staff), inspector_of(staff, 1)
    answer = arrives(town, order, first, (a_credential(town, second),))
    assert answer.status_code == 201, answer.json


def leaves(town, joint, guest):
    body = {"order_id": guest["order_id"], "reason": "分开检查"}
    answer = town.call("POST", f"/orders/{joint['order_id']}/split", COORDINATOR, json=body)
    assert answer.status_code == 200, answer.json


def test_a_routine_guest_of_a_recheck_takes_a_place_and_the_recheck_none(town):
    order = joined(town, a_recheck(town), a_visit_of(town, town.fire))
    assert (counted(town, town.safety), counted(town, town.fire)) == ((1, 0), (0, 1))
    safety, fire = str(town.safety.agency_id), str(town.fire.agency_id)
    assert shown(town, order) == {None: (1, 1), safety: (1, 0), fire: (0, 1)}
    assert [cap["agency_id"] for cap in town.read(order)["caps"]] == [fire]
    enters(town, order, town.safety)
    event, _, facts = town.told(order)[-1]
    assert (event, facts["counted_for"]) == ("entry.made.v1", [fire])
    assert (counted(town, town.safety), counted(town, town.fire)) == ((1, 0), (1, 0))
    assert shown(town, order) == {None: (2, 0), safety: (1, 0), fire: (1, 0)}


def test_the_next_routine_visit_of_that_agency_is_stopped_at_its_cap(town):
    joined(town, a_recheck(town), a_visit_of(town, town.fire))
    replicate(town.pool, replace(town.fire.item, version=2, annual_cap=1))
    found = a_visit_of(town, town.fire, **days(50, 52))["findings"]
    assert [(f["rule"], f["figures"]["nth"]) for f in found if f["outcome"] == "block"] == [("F1", 2)]


def test_the_scanned_page_counts_it_too(town):
    order = joined(town, a_recheck(town), a_visit_of(town, town.fire))
    enters(town, order, town.safety)
    year = Year(today().year, policies().governing("", datetime.now(UTC)))
    with town.pool.connection() as connection:
        visits = codes.visits(connection, UUID(order["order_id"]), year)
        total = codes.visits_of_all(connection, town.enterprise.enterprise_id, year)
    assert {line.agency_id: line.visits for line in visits} == {
        town.safety.agency_id: 1,
        town.fire.agency_id: 1,
    }
    assert total == 2


def test_a_recheck_that_rides_along_takes_no_place_and_is_not_stopped_at_a_cap(town):
    recheck = a_recheck(town)
    replicate(town.pool, replace(town.safety.item, version=2, annual_cap=1))
    order = joined(town, a_visit_of(town, town.fire), recheck)
    assert (counted(town, town.safety), counted(town, town.fire)) == ((1, 0), (0, 1))
    assert [cap["agency_id"] for cap in town.read(order)["caps"]] == [str(town.fire.agency_id)]


def test_who_leaves_takes_its_place_along(town):
    guest = a_visit_of(town, town.fire)
    order = joined(town, a_recheck(town), guest)
    leaves(town, order, guest)
    assert (counted(town, town.safety), counted(town, town.fire)) == ((1, 0), (0, 0))
    assert shown(town, order)[None] == (1, 0)


def test_a_guest_of_a_guest_counts_by_its_own_trigger(town):
    inner = town.joins(a_recheck(town), a_visit_of(town, town.fire)).json
    clue = {"trigger": "complaint", "clue": "12345-2026-0007"}
    host = town.joins(a_visit_of(town, town.safety, **clue), inner).json
    with town.pool.connection() as connection:
        rows = connection.execute(
            "SELECT agency_id, trigger FROM order_item WHERE order_id = %s", (host["order_id"],)
        ).fetchall()
    assert {row["agency_id"]: row["trigger"] for row in rows} == {
        town.safety.agency_id: None,
        town.fire.agency_id: "routine",
    }


def test_the_planner_counts_it_so_as_well(town):
    order = joined(town, a_recheck(town), a_visit_of(town, town.fire))
    enters(town, order, town.safety)
    a_visit_of(town, town.fire, **days(10, 12))
    asked = Asked(area=AREA, starts_on=today(), ends_on=today() + timedelta(days=20), visits_a_day=3)
    with town.pool.connection() as connection:
        problem = read_problem(connection, asked, policies(), datetime.now(UTC))
    (made,) = (visit for visit in problem.fixed if visit.day == today())
    assert made.counts == {(town.fire.agency_id, town.fire.item.domain)}


def places(town):
    """Rule F6: enterprises graded best that are inspected by plan."""
    with town.pool.connection() as connection:
        counted = connection.execute("SELECT sum(enterprises) AS n FROM best_graded_inspected").fetchone()
        orders = connection.execute("SELECT count(*) AS n FROM best_graded_order").fetchone()
    return counted["n"] or 0, orders["n"]


def test_f6_a_planned_guest_of_a_clue_takes_a_place_among_the_best_and_gives_it_back(town):
    replicate(town.pool, replace(town.enterprise, version=2, grade="A"))
    clue = {"trigger": "complaint", "clue": "12345-2026-0007"}
    guest = a_visit_of(town, town.fire)
    order = joined(town, a_visit_of(town, town.safety, **clue), guest)
    assert places(town) == (1, 1)
    leaves(town, order, guest)
    assert places(town) == (0, 0)


def test_f6_what_joins_an_order_that_is_issued_already_takes_a_place_too(town):
    replicate(town.pool, replace(town.enterprise, version=2, grade="A"))
    clue = {"trigger": "complaint", "clue": "12345-2026-0007"}
    host = town.issued(town.safety, **days(**NOW), **clue)
    guest = town.approved(town.fire, **days(**NOW))
    assert places(town) == (1, 1)
    assert town.joins(host, guest).status_code == 200
    assert places(town) == (1, 1)
    town.call("POST", f"/orders/{host['order_id']}/cancel", COORDINATOR, json={"reason": "企业停产"})
    assert places(town) == (0, 0)
