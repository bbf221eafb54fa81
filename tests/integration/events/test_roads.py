"""The same promises on every road."""

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from events import dead_letters, outbox
from events.consumer import Consumer
from events.errors import InvalidEvent, TooManyInvalid, Transient
from events.relay import Relay
from events.wire import Message
from services.chassis.ids import new_id
from tests.builders.events import a_life, a_message, a_step, garbage
from tests.integration.events.conftest import eventually


class Crash(BaseException):
    """The process is gone: nothing of ours may catch it."""


class TestRoads:
    def test_what_is_committed_takes_effect(self, road):
        order = new_id()
        subscription = road.effects.subscription()
        with road.relaying(), road.consuming(subscription):
            road.emit(*a_life(order, 5))
            eventually(lambda: road.effects.versions(subscription.group, order) == [1, 2, 3, 4, 5])
        assert road.unpublished() == 0

    def test_what_is_rolled_back_never_was(self, road):
        subscription = road.effects.subscription()
        marker = new_id()
        with psycopg.connect(road.producer_url) as connection:
            outbox.append(connection, [a_step()], source="/inspection", correlation_id="a-test")
            connection.rollback()
        with road.relaying(), road.consuming(subscription):
            road.emit(a_step(marker))
            eventually(lambda: road.effects.versions(subscription.group, marker) == [1])
        assert road.effects.count(subscription.group) == 1

    def test_each_key_keeps_its_order(self, road):
        orders = [new_id() for _ in range(20)]
        subscription = road.effects.subscription()
        with road.relaying(), road.consuming(subscription), ThreadPoolExecutor(4) as producers:
            lives = [a_life(order, 12) for order in orders]
            for steps in zip(*lives, strict=True):
                list(producers.map(road.emit, steps))
            eventually(lambda: road.effects.count(subscription.group) == 240, 60)
        for order in orders:
            assert road.effects.versions(subscription.group, order) == list(range(1, 13))

    def test_a_crash_after_commit_loses_nothing(self, road):
        """The command's process dies before any relay saw the row."""
        order = new_id()
        subscription = road.effects.subscription()
        road.emit(*a_life(order, 3))
        with road.relaying(), road.consuming(subscription):
            eventually(lambda: road.effects.versions(subscription.group, order) == [1, 2, 3])

    def test_a_crash_after_sending_repeats_and_the_inbox_drops_it(self, road, monkeypatch):
        order = new_id()
        subscription = road.effects.subscription()
        road.emit(*a_life(order, 3))
        with monkeypatch.context() as patched:
            patched.setattr(outbox, "mark_published", _crash)
            with pytest.raises(Crash):
                _ship_once(road)
        assert road.unpublished() == 3
        with road.relaying(), road.consuming(subscription):
            eventually(lambda: road.unpublished() == 0)
            eventually(lambda: road.effects.versions(subscription.group, order) == [1, 2, 3])
            road.emit(a_step(order, 4, enterprise_id=order))
            eventually(lambda: road.effects.versions(subscription.group, order) == [1, 2, 3, 4])

    def test_a_crash_before_the_effect_is_committed_leaves_none_and_repeats(self, road):
        order = new_id()
        subscription = road.effects.subscription()
        road.send([a_message(step) for step in a_life(order, 3)])
        road.effects.refuse = lambda delivery: _raise(Crash()) if delivery.envelope.version == 3 else None
        with pytest.raises(Crash):
            _take_once(road, subscription, commit=True)
        assert road.effects.count(subscription.group) == 0
        road.effects.refuse = lambda _: None
        with road.consuming(subscription):
            eventually(lambda: road.effects.versions(subscription.group, order) == [1, 2, 3])

    def test_a_crash_after_the_effect_repeats_and_changes_nothing(self, road):
        """Before the offsets are committed."""
        order = new_id()
        subscription = road.effects.subscription()
        road.send([a_message(step) for step in a_life(order, 3)])
        _take_once(road, subscription, commit=False)
        assert road.effects.versions(subscription.group, order) == [1, 2, 3]
        with road.consuming(subscription):
            road.send([a_message(a_step(order, 4, enterprise_id=order))])
            eventually(lambda: road.effects.versions(subscription.group, order) == [1, 2, 3, 4])

    def test_offsets_are_kept(self, road):
        subscription = road.effects.subscription()
        road.send([a_message(step) for step in a_life(new_id(), 3)])
        _take_once(road, subscription, commit=True)
        reader = road.transport.consumer(subscription.group, subscription.topics)
        road.send([a_message(a_step(marker := new_id()))])
        records = _poll(reader)
        reader.close()
        assert [record.headers["ce_subject"].decode() for record in records] == [str(marker)]

    def test_a_late_committer_is_not_skipped(self, road):
        """Its position was taken first, its commit comes last."""
        early, late = new_id(), new_id()
        subscription = road.effects.subscription()
        with road.relaying(), road.consuming(subscription), psycopg.connect(road.producer_url) as slow:
            outbox.append(slow, [a_step(late)], source="/inspection", correlation_id="a-test")
            road.emit(a_step(early))
            eventually(lambda: road.effects.versions(subscription.group, early) == [1])
            assert road.effects.versions(subscription.group, late) == []
            slow.commit()
            eventually(lambda: road.effects.versions(subscription.group, late) == [1])

    def test_of_two_relays_one_works_and_the_other_takes_over(self, road):
        order = new_id()
        subscription = road.effects.subscription()
        steps = a_life(order, 20)
        with road.consuming(subscription), road.relaying():
            with road.relaying():
                for step in steps[:10]:
                    road.emit(step)
                eventually(lambda: road.effects.count(subscription.group) == 10)
            for step in steps[10:]:
                road.emit(step)
            eventually(lambda: road.effects.versions(subscription.group, order) == list(range(1, 21)))
        assert road.effects.parked(subscription.group) == 0

    def test_a_repeat_ten_times_counts_once(self, road):
        order = new_id()
        subscription = road.effects.subscription()
        message = a_message(a_step(order))
        with road.consuming(subscription):
            road.send([message] * 10)
            road.send([a_message(a_step(order, 2))])
            eventually(lambda: road.effects.versions(subscription.group, order) == [1, 2])

    def test_poison_becomes_a_dead_letter_and_the_rest_goes_through(self, road):
        before, poison, after = new_id(), new_id(), new_id()
        subscription = road.effects.subscription()
        road.effects.refuse = _refusing(poison, ValueError("poison"))
        with road.consuming(subscription):
            road.send([a_message(a_step(order)) for order in (before, poison, after)])
            eventually(lambda: road.effects.count(subscription.group) == 2)
            eventually(lambda: road.effects.dead(subscription.group))
        (letter,) = road.effects.dead(subscription.group)
        assert (letter.subject, letter.attempts, letter.error) == (str(poison), 2, "ValueError: poison")
        assert letter.correlation_id == "test"

    @pytest.mark.parametrize(
        "message",
        [
            garbage(),
            a_message(ce_time=b"yesterday"),
            a_message(ce_aggregateversion=b"7"),
            a_message(ce_id=b"x"),
        ],
        ids=["garbage", "odd time", "another version", "odd id"],
    )
    def test_what_breaks_the_contract_is_a_dead_letter_at_once(self, road, message: Message):
        order = new_id()
        subscription = road.effects.subscription()
        with road.consuming(subscription):
            road.send([message, a_message(a_step(order))])
            eventually(lambda: road.effects.versions(subscription.group, order) == [1])
            eventually(lambda: road.effects.dead(subscription.group))
        (letter,) = road.effects.dead(subscription.group)
        assert (letter.attempts, letter.value) == (1, message.value)
        assert letter.error.startswith("InvalidEvent")

    def test_what_apply_calls_invalid_is_not_tried_again(self, road):
        poison = new_id()
        subscription = road.effects.subscription(attempts=5)
        road.effects.refuse = _refusing(poison, InvalidEvent("an impossible state"))
        with road.consuming(subscription):
            road.send([a_message(a_step(poison))])
            eventually(lambda: road.effects.dead(subscription.group))
        assert road.effects.dead(subscription.group)[0].attempts == 1

    def test_a_gap_parks_the_aggregate_until_it_is_filled(self, road):
        order, other = new_id(), new_id()
        subscription = road.effects.subscription()
        steps = a_life(order, 4)
        with road.consuming(subscription):
            road.send([a_message(step) for step in (steps[0], steps[2], steps[3])])
            road.send([a_message(a_step(other, enterprise_id=order))])
            eventually(lambda: road.effects.versions(subscription.group, other) == [1])
            assert road.effects.versions(subscription.group, order) == [1]
            assert road.effects.parked(subscription.group) == 2
            road.send([a_message(steps[1])])
            eventually(lambda: road.effects.versions(subscription.group, order) == [1, 2, 3, 4])
        assert road.effects.parked(subscription.group) == 0

    def test_a_redriven_letter_takes_effect_and_lets_its_followers_go_on(self, road):
        order = new_id()
        subscription = road.effects.subscription()
        road.effects.refuse = lambda delivery: ValueError("a bug") if delivery.envelope.version == 2 else None
        with road.consuming(subscription):
            road.send([a_message(step) for step in a_life(order, 4)])
            eventually(lambda: road.effects.parked(subscription.group) == 2)
            assert road.effects.versions(subscription.group, order) == [1]
            _redrive(road, subscription.group)
            eventually(lambda: _replays(road, subscription.group) == 1)
            road.effects.refuse = lambda _: None
            _redrive(road, subscription.group)
            eventually(lambda: road.effects.versions(subscription.group, order) == [1, 2, 3, 4])
        (letter,) = road.effects.dead(subscription.group, "resolved")
        assert letter.replays == 2

    def test_a_transient_failure_waits_and_loses_nothing(self, road):
        order = new_id()
        subscription = road.effects.subscription()
        road.effects.refuse = lambda _: Transient("the database is away")
        with road.consuming(subscription):
            road.send([a_message(step) for step in a_life(order, 3)])
            eventually(lambda: _waiting(road, subscription) == 3)
            road.effects.refuse = lambda _: None
            eventually(lambda: road.effects.versions(subscription.group, order) == [1, 2, 3])
        assert road.effects.dead(subscription.group) == []

    def test_too_many_invalid_in_a_row_stop_the_consumer_even_over_restarts(self, road):
        subscription = road.effects.subscription(invalid_limit=5)
        road.send([garbage(key := new_id()) for _ in range(30)])
        for _ in range(3):
            with pytest.raises(TooManyInvalid):
                _take_once(road, subscription, commit=True)
        assert len(road.effects.dead(subscription.group)) == 5
        assert key

    def test_members_of_a_group_share_the_work_and_inherit_it(self, road):
        orders = [new_id() for _ in range(40)]
        subscription = road.effects.subscription(batch=10)
        with road.consuming(subscription):
            road.send([a_message(a_step(order, enterprise_id=order)) for order in orders])
            with road.consuming(subscription):
                for version in range(2, 5):
                    road.send([a_message(a_step(order, version, enterprise_id=order)) for order in orders])
            road.send([a_message(a_step(order, 5, enterprise_id=order)) for order in orders])
            eventually(lambda: road.effects.count(subscription.group) == 200, 60)
        for order in orders:
            assert road.effects.versions(subscription.group, order) == [1, 2, 3, 4, 5]

    def test_two_groups_each_get_everything(self, road):
        order = new_id()
        one, other = road.effects.subscription(), road.effects.subscription()
        road.send([a_message(step) for step in a_life(order, 3)])
        with road.consuming(one), road.consuming(other):
            for subscription in (one, other):
                eventually(lambda group=subscription.group: road.effects.versions(group, order) == [1, 2, 3])

    def test_an_event_too_large_for_the_road_blocks_its_key_alone(self, road):
        stuck, free = new_id(), new_id()
        subscription = road.effects.subscription()
        with road.relaying(), road.consuming(subscription):
            with psycopg.connect(road.producer_url) as connection:
                first, second = a_life(stuck, 2)
                outbox.append(connection, [first], source="/" + "x" * 1_000_000, correlation_id="c")
                outbox.append(connection, [second, *a_life(free, 2)], source="/i", correlation_id="c")
            eventually(lambda: road.effects.versions(subscription.group, free) == [1, 2])
        assert road.effects.versions(subscription.group, stuck) == []
        assert road.unpublished() == 2
        with psycopg.connect(road.producer_url) as connection:
            refused = connection.execute("SELECT error FROM outbox WHERE error IS NOT NULL").fetchall()
        assert len(refused) == 1
        assert "larger than" in refused[0][0]

    def test_lag_and_positions_are_told(self, road):
        subscription = road.effects.subscription()
        road.send([a_message(step) for step in a_life(new_id(), 3)])
        ends = road.transport.ends(subscription.topics)
        assert sum(ends.values()) == 3
        _take_once(road, subscription, commit=True)
        positions = road.transport.positions(subscription.group, subscription.topics)
        assert sum(positions.values()) == 3


def _crash(*_: object) -> None:
    raise Crash


def _raise(error: BaseException) -> None:
    raise error


def _ship_once(road) -> None:
    relay = Relay(road.producer_url, road.transport, service="inspection")
    with psycopg.connect(road.producer_url, autocommit=True) as connection, road.producing() as producer:
        relay.ship(connection, producer)


def _poll(reader):
    for _ in range(40):
        if records := reader.poll(0.5, 500):
            return records
    raise AssertionError("nothing came")


def _take_once(road, subscription, *, commit: bool) -> None:
    """A consumer that dies after one batch; without `commit` before it stored its offsets."""
    consumer = Consumer(subscription, road.pool, road.transport)
    reader = road.transport.consumer(subscription.group, subscription.topics)
    if not commit:
        reader.commit = lambda _: None
    try:
        for _ in range(40):
            if consumer.turn(reader, _never_set()):
                return
        raise AssertionError("nothing came")
    finally:
        reader.close()


def _never_set() -> threading.Event:
    return threading.Event()


def _refusing(subject, error):
    return lambda delivery: error if delivery.envelope.subject == str(subject) else None


def _redrive(road, group: str) -> None:
    with psycopg.connect(road.effects.url) as connection:
        assert dead_letters.request_redrive(connection, consumer=group)


def _replays(road, group: str) -> int:
    return sum(letter.replays for letter in road.effects.dead(group))


def _waiting(road, subscription) -> int:
    ends = road.transport.ends(subscription.topics)
    positions = road.transport.positions(subscription.group, subscription.topics)
    return sum(end - positions.get(place, 0) for place, end in ends.items())
