"""An entry made in time that arrives when its order has given its place back (rules E3, F1, A7)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.inspection.orders.commands import expire_due
from tests.builders.arrival import a_credential, arrives, inspector_of
from tests.builders.grounds import a_campaign, rectifying, under
from tests.builders.inspection import a_town, days, replicate, today
from tests.builders.joint import at_places
from tests.builders.races import race

MORNING = datetime(2026, 6, 10, 2, tzinfo=UTC)
DAY = timedelta(days=1)
LATE = 12 * DAY
ROUNDS = 60


@pytest.fixture
def town(database, tmp_path):
    with time_machine.travel(MORNING), a_town(database, tmp_path) as town:
        yield town


def capped(town, cap=1, staff=None):
    replicate(town.pool, replace((staff or town.safety).item, version=2, annual_cap=cap))


def expired(town, order=None, **changes):
    """Issued for today, entered by nobody as far as anybody knows."""
    order = order or town.issued(ends_on=str(today()), **changes)
    with UnitOfWork(town.pool, "/inspection") as uow:
        assert expire_due(uow, today() + 11 * DAY, backfill_days=10) == 1
        uow.commit()
    return town.read(order)


def uploads(town, order, then, **changes):
    """The phone of somebody who was inside at `then` without signal, twelve days later."""
    code = a_credential(town, inspector_of(town.safety, 1), valid_from=then, valid_until=then + DAY / 2880)
    offline = {"online": False, "offline_reason": "地下车间无信号", "device_time": then.isoformat()}
    return arrives(town, order, None, (code,), **offline | changes)


def another(town, staff=None, **changes):
    """What the agency drafts while it believes that nobody went."""
    window = {"starts_on": str(today() + DAY), "ends_on": str(today() + 2 * DAY)}
    return town.drafted(staff, **window | changes)


def a_joint_recheck(town, **changes):
    """A recheck of one agency, issued for today, that the other's order came along with."""
    first = rectifying(town, town.issued(**days(0, 0)))
    host = town.drafted(trigger="recheck", recheck_of=first["order_id"], **days(0, 0))
    order = town.joins(host, town.drafted(town.fire, **days(0, 0) | changes)).json
    order = town.does("submit", order, town.safety.clerk).json
    for staff in (town.safety, town.fire):
        order = town.does("approve", order, staff.head).json
    issued = town.does("issue", order, town.safety.clerk)
    assert issued.status_code == 200, issued.json
    return issued.json


def test_it_counts_and_says_that_it_goes_over_the_cap_that_somebody_took_meanwhile(town):
    capped(town)
    order, then = expired(town), clock.now()
    with time_machine.travel(then + LATE):
        taken = town.does("submit", another(town), town.safety.clerk)
        assert taken.status_code == 200, taken.json
        answer = uploads(town, order, then)
    assert (answer.status_code, answer.json["flags"]) == (201, ["backfilled", "late", "over_cap"])
    after = town.read(order)
    assert after["state"] == "entered"
    (over,) = [finding for finding in after["findings"] if finding["stage"] == "entry"]
    assert (over["rule"], over["outcome"]) == ("F1", "notice")
    assert (over["figures"]["nth"], over["figures"]["cap"]) == (2, 1)
    event, _, facts = town.told(order)[-1]
    assert (event, facts["flags"]) == ("entry.made.v1", ["backfilled", "late", "over_cap"])


def test_the_quota_of_its_campaign_is_told_the_same_way(town):
    campaign = a_campaign(town, quota=1)
    order, then = expired(town, **under(campaign)), clock.now()
    with time_machine.travel(then + LATE):
        taken = town.does("submit", another(town, **under(campaign)), town.safety.clerk)
        assert taken.status_code == 200, taken.json
        answer = uploads(town, order, then)
    assert "over_cap" in answer.json["flags"]
    assert [f["rule"] for f in town.read(order)["findings"] if f["stage"] == "entry"] == ["A7"]


def test_who_came_along_with_a_recheck_goes_over_its_own_cap(town):
    order, then = expired(town, a_joint_recheck(town)), clock.now()
    capped(town, staff=town.fire)
    with time_machine.travel(then + LATE):
        taken = town.does("submit", another(town, town.fire), town.fire.clerk)
        assert taken.status_code == 200, taken.json
        answer = uploads(town, order, then)
    assert answer.json["flags"] == ["backfilled", "late", "over_cap"]
    (over,) = [finding for finding in town.read(order)["findings"] if finding["stage"] == "entry"]
    assert (over["rule"], over["figures"]["nth"], over["figures"]["cap"]) == ("F1", 2, 1)
    assert over["explanation"]["zh"].startswith("经开区消防救援大队 并入的检查单：")


def test_the_quota_of_who_came_along_is_told_too(town):
    campaign = a_campaign(town, town.fire, quota=1)
    order, then = expired(town, a_joint_recheck(town, **under(campaign))), clock.now()
    with time_machine.travel(then + LATE):
        taken = town.does("submit", another(town, town.fire, **under(campaign)), town.fire.clerk)
        assert taken.status_code == 200, taken.json
        answer = uploads(town, order, then)
    assert "over_cap" in answer.json["flags"]
    assert [f["rule"] for f in town.read(order)["findings"] if f["stage"] == "entry"] == ["A7"]


def test_what_is_over_for_both_is_said_once(town):
    order = town.joins(town.drafted(**days(0, 0)), town.drafted(town.fire, **days(0, 0))).json
    order = town.does("submit", order, town.safety.clerk).json
    for staff in (town.safety, town.fire):
        order = town.does("approve", order, staff.head).json
    order, then = expired(town, town.does("issue", order, town.safety.clerk).json), clock.now()
    capped(town, staff=town.fire)
    with time_machine.travel(then + LATE):
        assert town.does("submit", another(town, town.fire), town.fire.clerk).status_code == 200
        assert uploads(town, order, then).status_code == 201
    assert [f["rule"] for f in town.read(order)["findings"] if f["stage"] == "entry"] == ["F1"]


def test_where_nobody_took_the_place_it_is_only_late(town):
    capped(town)
    order, then = expired(town), clock.now()
    with time_machine.travel(then + LATE):
        answer = uploads(town, order, then)
        assert answer.json["flags"] == ["backfilled", "late"]
        refused = town.does("submit", another(town), town.safety.clerk)
    assert [f["rule"] for f in refused.json["findings"] if f["outcome"] == "block"] == ["F1"]


def test_it_races_who_wants_the_place_and_one_of_them_is_told(town):
    """Without the lock on the enterprise both would think the place free, and nobody would hear of it."""
    capped(town)
    order, then = expired(town), clock.now()
    with time_machine.travel(then + LATE):
        rival = another(town)
        for late, wish in at_places(town, [order, rival], ROUNDS):
            entered, submitted = race(
                lambda late=late: uploads(town, late, then, premises_code=late["plate"]),
                lambda wish=wish: town.does("submit", wish, town.safety.clerk),
            )
            assert entered.status_code == 201, entered.json
            assert ("over_cap" in entered.json["flags"]) is (submitted.status_code == 200), submitted.json
