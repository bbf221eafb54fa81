"""What may go, and what never does."""

import threading
from datetime import UTC, datetime

import psycopg
import pytest

from events import outbox, retention
from events.consumer import Consumer
from events.examples import EXAMPLES
from events.model import Topic
from events.replay import from_topics
from events.transports.postgres import PostgresTransport
from services.chassis.ids import new_id
from tests.builders.events import a_life, a_message
from tests.integration.events.conftest import Road


@pytest.fixture
def connection(database):
    with psycopg.connect(database.url("feedback"), options="-c timezone=UTC") as connection:
        yield connection


@pytest.fixture
def log(database):
    road = Road("postgres", PostgresTransport(database.event_log_url), database)
    yield road
    road.pool.close()


def written(connection, when, *, sent=True):
    """An outbox row of that moment, published at once or never."""
    outbox.append(connection, a_life(new_id(), 1), source="/feedback", correlation_id="a-test")
    connection.execute(
        "UPDATE outbox SET created_at = %s, published_at = %s WHERE created_at > now() - interval '1 hour'",
        (when, when if sent else None),
    )


def months(connection):
    rows = connection.execute(
        "SELECT tableoid::regclass::text AS month FROM outbox ORDER BY created_at"
    ).fetchall()
    return [month for (month,) in rows]


def open_month(connection, year, month):
    connection.execute("SELECT open_outbox_month(%s)", (datetime(year, month, 1, tzinfo=UTC),))


def test_rows_of_a_month_nobody_opened_move_into_it_once_it_is_opened(connection):
    written(connection, datetime(2024, 5, 31, 23, 59, tzinfo=UTC), sent=False)
    written(connection, datetime(2024, 6, 1, tzinfo=UTC))
    assert months(connection) == ["outbox_rest", "outbox_rest"]
    retention.open_months(connection)
    assert months(connection) == ["outbox_2024_05", "outbox_2024_06"]
    assert len(outbox.unpublished(connection, 10)) == 1


def test_a_moved_row_is_found_by_the_relay_that_read_it_before(connection):
    written(connection, datetime(2024, 5, 3, tzinfo=UTC), sent=False)
    rows = outbox.unpublished(connection, 10)
    retention.open_months(connection)
    outbox.mark_published(connection, rows)
    assert outbox.unpublished(connection, 10) == []


def test_old_months_go_once_all_in_them_was_sent(connection):
    for month, sent in ((3, True), (4, False), (5, True)):
        open_month(connection, 2024, month)
        written(connection, datetime(2024, month, 2, tzinfo=UTC), sent=sent)
    assert retention.drop_months(connection, 1) == ["outbox_2024_03", "outbox_2024_05"]
    assert months(connection) == ["outbox_2024_04"]
    outbox.mark_published(connection, outbox.unpublished(connection, 10))
    assert retention.drop_months(connection, 1) == ["outbox_2024_04"]


def test_the_months_that_are_kept_and_the_one_under_way_stay(connection):
    outbox.append(connection, a_life(new_id(), 1), source="/feedback", correlation_id="a-test")
    outbox.mark_published(connection, outbox.unpublished(connection, 10))
    kept = connection.execute(
        """
        SELECT open_outbox_month(date_trunc('month', now()) - make_interval(months => n))
        FROM generate_series(1, 3) AS n
        """
    ).rowcount
    dropped = retention.drop_months(connection, 2)
    assert (kept, len(dropped), len(months(connection))) == (3, 1, 1)


def test_keeping_no_month_at_all_is_refused(connection):
    with pytest.raises(psycopg.errors.RaiseException, match="at least one month"):
        retention.drop_months(connection, 0)


def age_inbox(road, group, days):
    with psycopg.connect(road.effects.url) as connection:
        connection.execute(
            "UPDATE inbox SET handled_at = now() - make_interval(days => %s) WHERE consumer = %s",
            (days, group),
        )
        return retention.forget_inbox(connection, 30)


def take_all(road, subscription):
    reader = road.transport.consumer(subscription.group, subscription.topics)
    consumer = Consumer(subscription, road.pool, road.transport)
    while consumer.turn(reader, threading.Event(), seconds=0.05):
        pass
    reader.close()


def test_an_event_that_the_inbox_forgot_has_no_second_effect(log):
    order, subscription = new_id(), log.effects.subscription()
    sent = [a_message(step) for step in a_life(order, 3)]
    log.send(sent)
    take_all(log, subscription)
    assert age_inbox(log, subscription.group, 31) == 3
    log.send(sent)
    log.send([a_message(a_life(order, 4)[3])])
    take_all(log, subscription)
    assert log.effects.versions(subscription.group, order) == [1, 2, 3, 4]


def test_what_was_handled_lately_is_not_forgotten(log):
    subscription = log.effects.subscription()
    log.send([a_message(step) for step in a_life(new_id(), 3)])
    take_all(log, subscription)
    assert age_inbox(log, subscription.group, 29) == 0


def test_an_event_without_a_version_is_never_forgotten(log):
    rating = a_message(EXAMPLES["cn.yicha.feedback.rating.given.v1"])
    subscription = log.effects.subscription(topics=(Topic.RATINGS,))
    log.send([rating])
    take_all(log, subscription)
    assert age_inbox(log, subscription.group, 4000) == 0
    log.send([rating])
    take_all(log, subscription)
    assert log.effects.count(subscription.group) == 1


def test_a_replay_after_the_inbox_was_emptied_gives_the_same(log):
    orders, lived = [new_id() for _ in range(5)], log.effects.subscription()
    log.send([a_message(step) for order in orders for step in a_life(order, 4)])
    take_all(log, lived)
    assert age_inbox(log, lived.group, 31) == 20
    again = log.effects.subscription()
    assert from_topics(again, log.pool, log.transport, threading.Event()) == 20
    for order in orders:
        assert log.effects.versions(again.group, order) == log.effects.versions(lived.group, order)


def test_old_records_go_but_state_stays_and_readers_still_find_the_end(log, database):
    order = new_id()
    log.send([a_message(step) for step in a_life(order, 5)])
    log.send([a_message(EXAMPLES["cn.yicha.registry.agency.changed.v1"]) for _ in range(2)])
    with psycopg.connect(database.event_log_url) as connection:
        connection.execute("UPDATE records SET appended_at = now() - interval '400 days'")
        assert retention.forget_records(connection, 401) == 0
        assert retention.forget_records(connection, 365) == 4
        left = connection.execute("SELECT topic, count(*) FROM records GROUP BY topic ORDER BY topic")
        assert left.fetchall() == [(Topic.INSPECTION, 1), (Topic.REGISTRY, 2)]
    assert from_topics(log.effects.subscription(), log.pool, log.transport, threading.Event()) == 1
