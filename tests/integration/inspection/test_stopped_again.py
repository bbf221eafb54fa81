"""A record, conclusion or closing that the rules stop again: always kept with the order, counted within the hour."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine

from services.inspection.orders.findings import MOST_AN_HOUR
from services.inspection.orders.model import State
from tests.builders.arrival import copies, entered, inspector_of
from tests.builders.inspection import a_town
from tests.builders.life import a_door
from tests.builders.races import race

AT_TEN = datetime(2026, 6, 10, 2, tzinfo=UTC)
ROUNDS = 20


@pytest.fixture
def town(database, tmp_path):
    with time_machine.travel(AT_TEN), a_town(database, tmp_path) as town:
        yield town


def records(town, order, *questions, signed_by="赵经理"):
    """Against the one question of the checklist, and these."""
    item = str(town.safety.item.item_id)
    answers = [{"item_id": item, "question_id": name, "finding": "ok"} for name in ("q1", *questions)]
    body = {"answers": answers, "signed_by": signed_by}
    return town.call("PUT", f"/orders/{order['order_id']}/record", inspector_of(town.safety), json=body)


def concludes(town, order, **more):
    body = {"result": "order_rectification", **more}
    return town.call("POST", f"/orders/{order['order_id']}/conclusion", inspector_of(town.safety), json=body)


def closes(town, order):
    return town.call("POST", f"/orders/{order['order_id']}/close", town.safety.head, json={})


def stopped(answer):
    assert (answer.status_code, answer.json["code"]) == (409, "rule_blocked"), answer.json
    return [finding["key"] for finding in answer.json["findings"]]


def kept(town, order):
    """Stage, what was said, and how often."""
    found = town.read(order)["case_findings"]
    return [(one["stage"], one["key"].rpartition(":")[2], one["times"]) for one in found]


def test_the_same_record_is_stopped_again_and_counted(town):
    order, _ = entered(town)
    for _ in range(5):
        assert stopped(records(town, order, "q9")) == [f"R1:{town.safety.item.item_id}:q9"]
    assert kept(town, order) == [("record", "q9", 5)]
    (found,) = town.read(order)["case_findings"]
    assert datetime.fromisoformat(found["judged_at"]) < datetime.fromisoformat(found["last_at"])


def test_each_finding_is_counted_by_itself(town):
    order, _ = entered(town)
    stopped(records(town, order, "q9"))
    stopped(records(town, order, "q8", "q9"))
    stopped(records(town, order, "q9", signed_by=None))
    assert sorted(kept(town, order)) == [("record", "q8", 1), ("record", "q9", 3), ("record", "unsigned", 1)]


def test_acts_and_orders_are_counted_apart(town):
    first, second = (order for order in copies(town, town.issued(), 2, state=State.RECORDED))
    for order in (first, first, second):
        _was_there(town, order)
        assert stopped(concludes(town, order)) == ["R4:deadline"]
    assert (kept(town, first), kept(town, second)) == (
        [("conclude", "deadline", 2)],
        [("conclude", "deadline", 1)],
    )


def test_a_closing_that_comes_too_early_is_counted(town):
    door = a_door(town)
    order = door.urgent()
    door.enters(order)
    assert door.records(order).status_code == 200
    assert door.concludes(order, "reminder").json["state"] == "concluded"
    for _ in range(3):
        assert stopped(closes(town, order)) == ["A6:unspoken"]
    assert kept(town, order) == [("close", "unspoken", 3)]


def test_an_hour_later_it_has_a_row_of_its_own(town):
    order, _ = entered(town)
    stopped(records(town, order, "q9"))
    with time_machine.travel(AT_TEN + timedelta(hours=1)):
        stopped(records(town, order, "q9"))
        stopped(records(town, order, "q9"))
    assert kept(town, order) == [("record", "q9", 1), ("record", "q9", 2)]


def test_whoever_names_ever_other_questions_is_answered_and_fills_no_table(town):
    order, _ = entered(town)
    names = [f"x{number}" for number in range(MOST_AN_HOUR + 20)]
    assert len(stopped(records(town, order, *names[:50]))) == 50
    assert len(stopped(records(town, order, *names))) == len(names)
    times = [times for _, _, times in kept(town, order)]
    assert times == [2] * 50 + [1] * (MOST_AN_HOUR - 50)


def test_of_many_at_once_each_is_counted(town):
    for order in copies(town, town.issued(), ROUNDS, state=State.RECORDED):
        _was_there(town, order)
        for answer in race(*[lambda order=order: concludes(town, order) for _ in range(4)]):
            stopped(answer)
        assert kept(town, order) == [("conclude", "deadline", 4)]


def _was_there(town, order):
    """An entry under a copy of an order, straight into the tables."""
    with town.pool.connection() as connection:
        connection.execute(
            """
            WITH made AS (
                INSERT INTO entry (entry_id, order_id, enterprise_id, premises_id, made_by, entered_at, device_time,
                                   received_at, device_id, online, flags)
                SELECT order_id, order_id, enterprise_id, premises_id, %(inspector)s, now(), now(), now(), '', true, '{}'
                FROM orders WHERE order_id = %(order_id)s ON CONFLICT DO NOTHING RETURNING entry_id, premises_id)
            INSERT INTO entry_inspector (entry_id, inspector_id, premises_id, entered_at)
            SELECT entry_id, %(inspector)s, premises_id, now() FROM made
            """,
            {"inspector": inspector_of(town.safety).inspector_id, "order_id": UUID(order["order_id"])},
        )
