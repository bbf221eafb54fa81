"""Which rows may be marked, whatever the road answers."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from events.errors import Disconnected, Unsendable
from events.outbox import Row
from events.relay import Relay, _in_order
from events.transports.memory import MemoryTransport

AWAY = Disconnected("away")


def rows(keys: str) -> list[Row]:
    return [_row(position, key) for position, key in enumerate(keys)]


def _row(position: int, key: str) -> Row:
    now = datetime.now(UTC)
    return Row(
        position=position,
        created_at=now,
        id=uuid4(),
        topic="yicha.inspection",
        subject=key,
        type="cn.yicha.inspection.order.submitted.v1",
        payload=b"{}",
        source="/inspection",
        time=now,
        key=key,
        version=1,
        correlation_id="c",
        headers={},
    )


@pytest.mark.parametrize(
    ("keys", "failed", "marked"),
    [
        ("abab", set(), [0, 1, 2, 3]),
        ("abab", {0}, [1, 3]),
        ("abab", {2}, [0, 1, 3]),
        ("aaaa", {1}, [0]),
        ("abc", {0, 1, 2}, []),
    ],
)
def test_nothing_is_marked_after_an_unsent_event_of_its_key(keys, failed, marked):
    """An acknowledged successor is sent again behind it: a repeat is harmless, a gap is not."""
    batch = rows(keys)
    answers = [AWAY if position in failed else None for position in range(len(batch))]
    assert [row.position for row in _in_order(batch, answers)] == marked


class Picky:
    """Refuses some keys; with `away` everything."""

    def __init__(self, refused: set[str], away: bool = False) -> None:
        self.refused = refused
        self.away = away
        self.sent: list[str] = []

    def send(self, messages):
        self.sent += [message.key.decode() for message in messages]
        return [AWAY if self.away or message.key.decode() in self.refused else None for message in messages]

    def close(self):
        pass


def one_by_one(producer: Picky, keys: str) -> list[bool]:
    relay = Relay("", MemoryTransport())
    return [answer is None for answer in relay._one_by_one(rows(keys), producer)]


def test_after_a_failure_a_culprit_is_found_and_its_followers_wait():
    producer = Picky({"b"})
    assert one_by_one(producer, "abbc") == [True, False, False, True]
    assert producer.sent == ["a", "b", "c"]


def test_a_poisoned_first_key_does_not_hide_the_others():
    assert one_by_one(Picky({"a"}), "aabc") == [False, False, True, True]


def test_when_nothing_goes_through_it_is_the_road():
    producer = Picky(set(), away=True)
    assert one_by_one(producer, "abcdef") == [False, False]
    assert producer.sent == ["a", "b"]


def test_what_never_left_is_an_error_of_its_own():
    assert not issubclass(Unsendable, Disconnected)
