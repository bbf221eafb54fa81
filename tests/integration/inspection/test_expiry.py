"""What the clock ends."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from services.chassis.database import UnitOfWork
from services.inspection.orders.commands import expire_due
from services.inspection.orders.model import OPEN, STANDING, VISITED, State
from tests.builders.inspection import a_town, today

MORNING = datetime(2026, 6, 10, 2, tzinfo=UTC)
"""Far from the city's midnight, at which an order that ends today is over."""


@pytest.fixture
def town(database, tmp_path):
    with time_machine.travel(MORNING), a_town(database, tmp_path) as town:
        yield town


def expire(town, days_after):
    with UnitOfWork(town.pool, "/inspection") as uow:
        count = expire_due(uow, today() + timedelta(days=days_after), backfill_days=10)
        uow.commit()
    return count


def day(n):
    return {"starts_on": str(today() + timedelta(days=n)), "ends_on": str(today() + timedelta(days=n))}


def test_what_nobody_carried_out_expires_after_its_window(town):
    order = town.approved(**day(1))
    assert [expire(town, days) for days in (1, 2, 3)] == [0, 1, 0]
    after = town.read(order)
    assert (after["state"], after["steps"][-1]["by"]) == ("expired", None)
    assert town.told(order)[-1][:2] == ("order.expired.v1", after["version"])


def test_an_issued_order_waits_for_phones_without_signal(town):
    order = town.issued(**day(1))
    assert [expire(town, days) for days in (2, 11, 12)] == [0, 0, 1]
    assert town.read(order)["state"] == "expired"


def test_drafts_do_not_expire(town):
    town.drafted(**day(1))
    assert expire(town, 90) == 0


def test_what_is_expired_gives_its_place_back(town):
    town.submitted(**day(1))
    expire(town, 5)
    assert town.drafted(**day(1))["findings"] == []


def test_the_database_and_the_model_agree_on_what_a_state_means(town):
    """`open`, `standing` and `visited` are columns, so that indexes and counts can use them."""
    order = town.drafted()
    with town.pool.connection() as connection:
        for state in set(State) - {State.ABSORBED}:
            row = connection.execute(
                "UPDATE orders SET state = %s WHERE order_id = %s RETURNING open, standing, visited",
                (state, order["order_id"]),
            ).fetchone()
            assert row == {
                "open": state in OPEN,
                "standing": state in STANDING,
                "visited": state in VISITED,
            }
