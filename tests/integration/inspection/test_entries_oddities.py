"""What is noted and never blocks (E2), entries filled in afterwards (E3), and leaving."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.inspection.orders.commands import expire_due
from tests.builders.arrival import a_credential, arrives, entered, inspector_of
from tests.builders.inspection import a_premises, a_town, an_enterprise, replicate, today

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
HERE = {"latitude": 33.96, "longitude": 118.27}
FAR = an_enterprise(premises=(a_premises(short_code="333333333", latitude=34.3, longitude=118.27),))

MORNING = datetime(2026, 6, 10, 2, tzinfo=UTC)
"""Far from the city's midnight, at which an order that ends today is over."""


@pytest.fixture
def town(database, tmp_path):
    with time_machine.travel(MORNING), a_town(database, tmp_path) as town:
        located(town)
        yield town


def located(town):
    """The enterprise's gate gets its coordinates; FAR is 38 km to the north."""
    known = town.enterprise
    gate = a_premises(premises_id=known.premises[0].premises_id, **HERE)
    enterprise = an_enterprise(enterprise_id=known.enterprise_id, version=2, premises=(gate,))
    replicate(town.pool, enterprise, FAR)


def far_away(town):
    premises_id = FAR.premises[0].premises_id
    return town.issued(enterprise_id=str(FAR.enterprise_id), premises_id=str(premises_id))


def flags(answer):
    assert answer.status_code == 201, answer.json
    return answer.json["flags"]


def offline(ago, **more):
    return {
        "online": False,
        "offline_reason": "地下车间无信号",
        "device_time": (clock.now() - ago).isoformat(),
        **more,
    }


def codes_of(town, at):
    """The second inspector's code as it stood on the screen at `at`."""
    return (
        a_credential(
            town, inspector_of(town.safety, 1), valid_from=at, valid_until=at + timedelta(seconds=30)
        ),
    )


def test_e2_a_phone_far_from_the_gate_is_noted_with_the_distance(town):
    answer = arrives(town, town.issued(), latitude=33.97)
    assert flags(answer) == ["distance"]
    assert 1100 < answer.json["distance"] < 1125


def test_a_vague_position_gets_the_benefit_of_the_doubt(town):
    assert flags(arrives(town, town.issued(), latitude=33.97, accuracy=700)) == []


def test_a_phone_that_gives_no_position_is_noted(town):
    answer = arrives(town, town.issued(), latitude=None, longitude=None, accuracy=None)
    assert flags(answer) == ["no_position"]


@pytest.mark.parametrize("off", [HOUR, -HOUR])
def test_a_clock_an_hour_off_is_noted_and_ours_is_taken(town, off):
    answer = arrives(town, town.issued(), device_time=(clock.now() + off).isoformat())
    assert flags(answer) == ["clock_skew"]
    assert abs(datetime.fromisoformat(answer.json["entered_at"]) - clock.now()) < MINUTE


def test_e2_one_phone_for_two_inspectors_is_noted(town):
    arrives(town, town.issued())
    other = town.issued(town.fire, on_site_reason="消防检查", trigger="complaint", clue="12345-1")
    by, colleague = inspector_of(town.fire), inspector_of(town.fire, 1)
    assert flags(arrives(town, other, by=by, codes=(a_credential(town, colleague),))) == ["shared_device"]


def test_e2_two_places_at_once_are_noted(town):
    entered(town)
    away = far_away(town)
    with time_machine.travel(clock.now() + 10 * MINUTE):
        answer = arrives(town, away, premises_code="333333333", latitude=34.3)
    assert flags(answer) == ["two_places"]


def test_an_hour_is_enough_for_the_way(town):
    entered(town)
    away = far_away(town)
    with time_machine.travel(clock.now() + HOUR):
        answer = arrives(town, away, premises_code="333333333", latitude=34.3)
    assert flags(answer) == []


def test_e3_an_entry_without_signal_is_filled_in_with_the_phones_time(town):
    order = town.issued()
    then = clock.now()
    with time_machine.travel(then + 3 * DAY):
        answer = arrives(town, order, codes=codes_of(town, then), **offline(3 * DAY))
    assert flags(answer) == ["backfilled"]
    assert abs(datetime.fromisoformat(answer.json["entered_at"]) - then) < MINUTE
    assert answer.json["offline_reason"] == "地下车间无信号"
    assert town.told(order)[-1][2]["online"] is False


def test_an_entry_filled_in_after_the_window_counts_for_the_day_it_was_made(town):
    order = town.issued(ends_on=str(today()))
    then = clock.now()
    with time_machine.travel(then + 5 * DAY):
        answer = arrives(town, order, codes=codes_of(town, then), **offline(5 * DAY))
    assert flags(answer) == ["backfilled"]


def test_e3_later_than_ten_days_is_noted_as_late(town):
    order = town.issued()
    then = clock.now()
    with time_machine.travel(then + 11 * DAY):
        answer = arrives(town, order, codes=codes_of(town, then), **offline(11 * DAY))
    assert flags(answer) == ["backfilled", "late"]


def expired(town, order, after):
    with UnitOfWork(town.pool, "/inspection") as uow:
        assert expire_due(uow, today() + after, backfill_days=10) == 1
        uow.commit()
    assert town.read(order)["state"] == "expired"


def test_e3_an_entry_made_in_time_counts_even_after_its_order_expired(town):
    order = town.issued(ends_on=str(today()))
    then = clock.now()
    expired(town, order, 11 * DAY)
    with time_machine.travel(then + 12 * DAY):
        answer = arrives(town, order, codes=codes_of(town, then), **offline(12 * DAY))
    assert flags(answer) == ["backfilled", "late"]
    after = town.read(order)
    assert (after["state"], after["entered_at"]) == ("entered", answer.json["entered_at"])
    told = [(event, version - order["version"]) for event, version, _ in town.told(order)][-2:]
    assert told == [("order.expired.v1", 1), ("entry.made.v1", 2)]


def test_an_expired_order_is_not_entered_now_nor_for_a_day_after_its_window(town):
    order = town.issued(ends_on=str(today()))
    then = clock.now()
    expired(town, order, 11 * DAY)
    with time_machine.travel(then + 12 * DAY):
        at_the_door = arrives(town, order, codes=codes_of(town, clock.now()))
        made_up = arrives(town, order, codes=codes_of(town, then + 2 * DAY), **offline(10 * DAY))
        old_codes = arrives(town, order, codes=codes_of(town, then - DAY), **offline(12 * DAY))
    assert (at_the_door.status_code, at_the_door.json["reason"]) == (409, "not_issued")
    assert (made_up.status_code, made_up.json["reason"]) == (409, "outside_window")
    assert (old_codes.status_code, old_codes.json["reason"]) == (409, "code_expired")
    assert town.read(order)["state"] == "expired"


def test_what_expired_before_it_was_issued_is_not_entered_by_a_late_phone(town):
    order = town.approved(ends_on=str(today()))
    then = clock.now()
    expired(town, order, 2 * DAY)
    with time_machine.travel(then + 3 * DAY):
        answer = arrives(town, order, codes=codes_of(town, then), **offline(3 * DAY))
    assert (answer.status_code, answer.json["reason"]) == (409, "not_issued")


def test_an_entry_cannot_be_filled_in_for_a_time_before_the_issue(town):
    order = town.issued()
    then = clock.now() - 2 * HOUR
    answer = arrives(town, order, codes=codes_of(town, then), **offline(2 * HOUR))
    assert (answer.status_code, answer.json["reason"]) == (409, "not_issued")


def test_a_phone_whose_clock_is_ahead_does_not_enter_in_the_future(town):
    now = clock.now()
    answer = arrives(town, town.issued(), codes=codes_of(town, now), **offline(-HOUR))
    assert flags(answer) == ["clock_skew", "backfilled"]
    assert datetime.fromisoformat(answer.json["entered_at"]) < clock.now()


def leaves(town, entry, by, **body):
    return town.call("POST", f"/entries/{entry['entry_id']}/leave", by, json=body)


def test_whoever_entered_leaves_once(town):
    order, entry = entered(town)
    first = leaves(town, entry, inspector_of(town.safety))
    second = leaves(town, entry, inspector_of(town.safety, 1))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json["left_at"] == second.json["left_at"] is not None
    assert [(event, version) for event, version, _ in town.told(order)][-2:] == [
        ("entry.made.v1", order["version"] + 1),
        ("visit.left.v1", order["version"] + 2),
    ]
    assert town.read(order)["version"] == order["version"] + 2


def test_one_who_was_not_there_cannot_leave(town):
    _, entry = entered(town)
    assert leaves(town, entry, inspector_of(town.fire)).status_code == 403


def test_nobody_leaves_before_entering_nor_in_the_future(town):
    for off in (-2 * HOUR, 2 * HOUR):
        _, entry = entered(town, on_site_reason=f"第 {off} 次", trigger="complaint", clue="12345-2")
        when = (clock.now() + off).isoformat()
        left = leaves(town, entry, inspector_of(town.safety), online=False, device_time=when).json["left_at"]
        assert datetime.fromisoformat(entry["entered_at"]) <= datetime.fromisoformat(left) <= clock.now()


def test_leaving_without_signal_needs_its_time(town):
    _, entry = entered(town)
    assert leaves(town, entry, inspector_of(town.safety), online=False).status_code == 422
