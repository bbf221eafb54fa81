"""A refused entry that repeats itself: always recorded, counted within the hour, told once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.builders.arrival import arrives, copies, inspector_of
from tests.builders.inspection import a_town
from tests.builders.races import race

AT_TEN = datetime(2026, 6, 10, 2, tzinfo=UTC)
ROUNDS = 30


@pytest.fixture
def town(database, tmp_path):
    with time_machine.travel(AT_TEN), a_town(database, tmp_path) as town:
        yield town


def kept(town):
    items = town.call("GET", "/entry-refusals", town.safety.head).json["items"]
    return [(refusal["reason"], refusal["times"]) for refusal in items]


def told(town):
    return [facts["refusal_id"] for event, _, facts in town.told() if event == "entry.refused.v1"]


def turned_away(town, order, by=None, codes=()):
    answer = arrives(town, order, by, codes)
    assert answer.status_code == 409, answer.json
    return answer.json


def test_the_same_refusal_is_counted_and_told_once(town):
    order = town.issued()
    first, *again = [turned_away(town, order) for _ in range(5)]
    assert [problem["times"] for problem in (first, *again)] == [1, 2, 3, 4, 5]
    assert {problem["refusal_id"] for problem in again} == {first["refusal_id"]}
    assert kept(town) == [("too_few_inspectors", 5)]
    assert told(town) == [first["refusal_id"]]
    (row,) = town.call("GET", "/entry-refusals", town.safety.head).json["items"]
    assert datetime.fromisoformat(row["refused_at"]) < datetime.fromisoformat(row["last_at"])


def test_another_reason_person_or_door_is_a_refusal_of_its_own(town):
    order = town.issued()
    turned_away(town, order)
    turned_away(town, order, codes=("not a code",))
    turned_away(town, order, by=inspector_of(town.safety, 1))
    answer = arrives(town, order, codes=(), premises_code="999999999")
    assert answer.json["reason"] == "unknown_premises"
    reasons = sorted(reason for reason, _ in kept(town))
    assert reasons == ["code_unreadable", "too_few_inspectors", "too_few_inspectors", "unknown_premises"]
    assert len(told(town)) == 4


def test_each_stranger_has_one_row(town):
    order = town.issued()
    strangers = [inspector_of(town.fire, number) for number in range(2)]
    for stranger in strangers:
        turned_away(town, order, by=stranger)
        turned_away(town, order, by=stranger)
    assert [times for _, times in kept(town)] == [2, 2]


def test_an_hour_later_it_is_told_again(town):
    order = town.issued()
    turned_away(town, order)
    with time_machine.travel(AT_TEN + timedelta(hours=1)):
        turned_away(town, order)
        turned_away(town, order)
    assert kept(town) == [("too_few_inspectors", 1), ("too_few_inspectors", 2)]
    assert len(told(town)) == 2


def test_of_many_at_once_each_is_counted(town):
    for order in copies(town, town.issued(), ROUNDS):
        answers = race(*[lambda order=order: turned_away(town, order) for _ in range(4)])
        assert sorted(answer["times"] for answer in answers) == [1, 2, 3, 4]
        assert len({answer["refusal_id"] for answer in answers}) == 1
    assert len(told(town)) == ROUNDS
