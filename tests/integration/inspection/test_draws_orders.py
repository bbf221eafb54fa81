"""What was drawn becomes orders."""

from datetime import timedelta

import pytest

from services.chassis.ids import new_id
from tests.builders.draws import path, pointers, some, wanted
from tests.builders.grounds import a_commitment, a_commitment_made, a_draw, drawn_from
from tests.builders.inspection import (
    a_town,
    an_inspector,
    replicate,
    today,
)


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def test_what_was_drawn_becomes_draft_orders_in_one_go(town):
    draw = a_draw(town, None, *some(town, 5))
    before = len(town.told())
    answer = town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town))
    assert answer.status_code == 201, answer.json
    orders = [town.read(order) for order in answer.json["orders"]]
    drawn = {one["premises_id"]: set(one["inspectors"]) for one in draw["results"]}
    assert {
        order["premises_id"]: {one["inspector_id"] for one in order["inspectors"]} for order in orders
    } == drawn
    assert {(order["state"], order["trigger"], order["draw_id"]) for order in orders} == {
        ("drafted", "random", draw["draw_id"])
    }
    assert [(event, version) for event, version, _ in town.told()[before:]] == [("order.drafted.v1", 1)] * 5
    submitted = town.does("submit", orders[0], town.safety.clerk)
    assert submitted.json["state"] == "submitted", submitted.json


def test_drafting_again_only_adds_what_is_missing(town):
    draw = a_draw(town, None, *some(town, 3))
    skipped = draw["results"][0]["premises_id"]
    first = town.call(
        "POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town, leave_out=[skipped])
    )
    assert len(first.json["orders"]) == 2
    second = town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town))
    assert [order["premises_id"] for order in second.json["orders"]] == [skipped]
    assert town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town)).json["orders"] == []


def test_one_that_cannot_be_drafted_stops_all_and_is_named_by_its_rank(town):
    firms = some(town, 3)
    draw = a_draw(town, None, *firms)
    closed = next(f for f in firms if str(f.enterprise_id) == draw["results"][1]["enterprise_id"])
    replicate(town.pool, type(closed)(**vars(closed) | {"version": 2, "active": False}))
    answer = town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town))
    assert pointers(answer) == ["/results/2"]
    assert town.call("GET", "/orders", town.safety.clerk).json["items"] == []
    left = wanted(town, leave_out=[draw["results"][1]["premises_id"]])
    assert len(town.call("POST", path(draw, "/orders"), town.safety.clerk, json=left).json["orders"]) == 2


def test_an_inspector_who_left_since_is_noticed(town):
    draw = a_draw(town)
    gone = town.safety.inspectors[0]
    replicate(town.pool, type(gone)(**vars(gone) | {"version": 2, "active": False}))
    answer = town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town))
    assert pointers(answer) == ["/results/1"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"items": []}, ["/items"]),
        ({"items": [str(new_id())]}, ["/items/0"]),
        ({"starts_on": str(today() - timedelta(days=1))}, ["/starts_on"]),
        ({"ends_on": str(today() + timedelta(days=121))}, ["/ends_on"]),
        ({"ends_on": str(today() + timedelta(days=100))}, ["/ends_on"]),
    ],
)
def test_what_is_wrong_in_the_orders_of_a_draw_is_named(town, changes, expected):
    draw = a_draw(town)
    answer = town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town, **changes))
    assert pointers(answer) == expected


def test_nothing_is_ordered_from_a_draw_that_is_not_revealed_or_not_ones_own(town):
    draw = a_commitment_made(town, a_commitment(*some(town, 2)))
    answer = town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town))
    assert (answer.status_code, answer.json["allowed"]) == (409, ["reveal", "abandon"])
    answer = town.call("POST", path(draw, "/orders"), town.fire.clerk, json=wanted(town))
    assert answer.status_code == 404


def test_a_random_order_keeps_to_its_draw(town):
    third, fourth = an_inspector(town.safety.agency_id), an_inspector(town.safety.agency_id)
    replicate(town.pool, third, fourth)
    drawn_one, other = some(town, 2)
    draw = a_draw(town, None, drawn_one)
    here = {
        "enterprise_id": str(drawn_one.enterprise_id),
        "premises_id": str(drawn_one.premises[0].premises_id),
        "inspectors": draw["results"][0]["inspectors"],
    }
    clerk = town.safety.clerk

    def drafting(**changes):
        return town.call("POST", "/orders", clerk, json=town.a_draft(**drawn_from(draw, **here | changes)))

    everyone = [*town.safety.inspectors, third, fourth]
    undrawn = [i for i in map(str, (one.inspector_id for one in everyone)) if i not in here["inspectors"]]
    elsewhere = {
        "enterprise_id": str(other.enterprise_id),
        "premises_id": str(other.premises[0].premises_id),
    }
    assert pointers(drafting(**elsewhere)) == ["/premises_id"]
    assert pointers(drafting(inspectors=[here["inspectors"][0], undrawn[0]])) == ["/inspectors/1"]
    late = str(today() + timedelta(days=121))
    assert pointers(drafting(starts_on=late, ends_on=late)) == ["/starts_on"]
    assert drafting().status_code == 201


def test_a_random_order_names_a_revealed_draw_of_its_own_agency(town):
    committed = a_commitment_made(town, a_commitment(town.enterprise))
    theirs = a_draw(town, town.fire)
    for draw in (committed, theirs):
        answer = town.call("POST", "/orders", town.safety.clerk, json=town.a_draft(**drawn_from(draw)))
        assert pointers(answer) == ["/draw_id"]
