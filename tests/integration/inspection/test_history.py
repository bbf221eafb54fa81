"""A year of past orders, loaded in bulk."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from services.chassis.database import UnitOfWork
from services.chassis.ids import new_id
from services.inspection.orders.history import PastOrder, load_history
from tests.builders.inspection import a_town, today


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def a_past_order(town, days_ago=30, **changes):
    at = datetime.now(UTC) - timedelta(days=days_ago)
    given = {
        "order_id": new_id(),
        "agency_id": town.safety.agency_id,
        "enterprise_id": town.enterprise.enterprise_id,
        "premises_id": town.enterprise.premises[0].premises_id,
        "items": (town.safety.item.item_id,),
        "inspectors": tuple(inspector.inspector_id for inspector in town.safety.inspectors),
        "trigger": "routine",
        "starts_on": at.date(),
        "ends_on": at.date() + timedelta(days=5),
        "entered_at": at,
        "result": "no_problem",
        "concluded_at": at + timedelta(hours=2),
    }
    return PastOrder(**given | changes)


def loaded(town, *orders):
    with UnitOfWork(town.pool, "/inspection") as uow:
        count = load_history(uow, orders)
        uow.commit()
    return count


def test_a_past_order_is_closed_and_its_events_follow_without_a_gap(town):
    order = a_past_order(town)
    assert loaded(town, order) == 1
    told = town.told({"order_id": str(order.order_id)})
    assert [(event, version) for event, version, _ in told] == [
        ("order.issued.v1", 1),
        ("entry.made.v1", 2),
        ("order.concluded.v1", 3),
        ("order.closed.v1", 4),
    ]
    read = town.read({"order_id": order.order_id})
    assert (read["state"], read["version"], read["items"][0]["domain"]) == ("closed", 4, "emergency")


def test_a_visit_that_nobody_scanned_has_no_entry(town):
    order = a_past_order(town, entered_at=None, result="refer")
    loaded(town, order)
    told = town.told({"order_id": str(order.order_id)})
    assert [(version, payload.get("entered")) for _, version, payload in told] == [(1, None), (2, False)]
    assert town.read({"order_id": order.order_id})["state"] == "referred"


def test_a_repeated_load_changes_nothing(town):
    orders = [a_past_order(town, days_ago=days) for days in range(3)]
    assert (loaded(town, *orders), loaded(town, *orders, a_past_order(town))) == (3, 1)
    assert len(town.told()) == 4 * 4


def test_an_unknown_item_stops_the_load(town):
    with pytest.raises(psycopg.errors.NotNullViolation):
        loaded(town, a_past_order(town, items=(new_id(),)))
    assert town.told() == []


def test_a_past_visit_counts_under_the_cap(town):
    loaded(town, replace(a_past_order(town, days_ago=0), starts_on=today(), ends_on=today()))
    visits = town.drafted(town.fire)["visits"]
    assert [(v["agency_id"], v["visited"]) for v in visits] == [(None, 1), (str(town.safety.agency_id), 1)]


def test_a_year_of_a_city_loads_in_one_go(town):
    orders = [a_past_order(town, days_ago=n % 365) for n in range(6_000)]
    started = time.perf_counter()
    assert loaded(town, *orders) == 6_000
    print(f"6,000 past orders in {time.perf_counter() - started:.1f} s")
    assert len(town.told()) == 24_000
