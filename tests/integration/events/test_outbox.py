"""The outbox itself: order, months, hints, and what a rating leaves behind."""

import psycopg
import pytest

from events import outbox
from events.catalogue.feedback import RatingGiven
from events.examples import EXAMPLES
from services.chassis.ids import new_id
from tests.builders.events import a_life


@pytest.fixture
def connection(database):
    with psycopg.connect(database.url("feedback")) as connection:
        yield connection


def append(connection, *events):
    outbox.append(connection, events, source="/feedback", correlation_id="a-request")


def test_rows_keep_the_order_in_which_they_were_given(connection):
    steps = a_life(new_id(), 50)
    append(connection, *steps)
    assert [row.version for row in outbox.unpublished(connection, 100)] == list(range(1, 51))


def test_blocked_keys_are_left_out(connection):
    one, other = new_id(), new_id()
    append(connection, *a_life(one, 2), *a_life(other, 2))
    rows = outbox.unpublished(connection, 100, except_keys=[str(one)])
    assert {row.key for row in rows} == {str(other)}


def test_what_was_published_stays_in_the_ledger(connection):
    append(connection, *a_life(new_id(), 3))
    rows = outbox.unpublished(connection, 2)
    outbox.mark_published(connection, rows)
    assert len(outbox.unpublished(connection, 100)) == 1
    assert connection.execute("SELECT count(*) FROM outbox").fetchone() == (3,)


def test_rows_lie_in_their_month(connection):
    append(connection, *a_life(new_id(), 1))
    row = connection.execute(
        "SELECT tableoid::regclass::text = to_char(created_at AT TIME ZONE 'UTC', '\"outbox_\"YYYY_MM') FROM outbox"
    ).fetchone()
    assert row == (True,)


def test_months_are_opened_ahead_and_again(connection):
    connection.execute("SELECT open_outbox_months(6)")
    connection.execute("SELECT open_outbox_months(6)")
    row = connection.execute(
        "SELECT count(*) FROM pg_inherits WHERE inhparent = 'outbox'::regclass"
    ).fetchone()
    assert row == (8,), "seven months and the rest"


def test_nothing_is_written_for_no_events(connection):
    append(connection)
    assert outbox.unpublished(connection, 1) == []


@pytest.mark.parametrize(("switch", "hints"), [("on", 1), ("off", 0)])
def test_the_hint_comes_once_a_transaction_and_can_be_silenced(database, connection, switch, hints):
    with psycopg.connect(database.url("feedback"), autocommit=True) as listener:
        listener.execute("LISTEN feedback_outbox")
        connection.execute(f"SET yicha.notify = {switch}")
        append(connection, *a_life(new_id(), 2))
        append(connection, *a_life(new_id(), 2))
        connection.commit()
        heard = list(listener.notifies(timeout=60 if hints else 0.5, stop_after=1))
        heard += listener.notifies(timeout=0.5)
    assert [notice.payload for notice in heard] == [""] * hints


def test_a_rating_carries_no_trace_of_the_request(connection):
    rating = EXAMPLES["cn.yicha.feedback.rating.given.v1"]
    assert isinstance(rating, RatingGiven)
    append(connection, rating, rating)
    first, second = outbox.unpublished(connection, 2)
    assert first.key != second.key
    assert first.id.version == second.id.version == 4
    assert "a-request" not in (first.correlation_id, second.correlation_id)
    assert first.time.hour == first.time.minute == first.time.second == 0


def test_text_of_any_kind_survives(connection):
    sealed = outbox.seal(a_life(new_id(), 1)[0], source='/a"{},\\ 一查', correlation_id="c\n'--")
    outbox.add(connection, [("yicha.inspection", sealed)], {"traceparent": '00-"{}'})
    (row,) = outbox.unpublished(connection, 1)
    assert (row.source, row.correlation_id, row.headers) == (
        sealed.source,
        sealed.correlation_id,
        {"traceparent": '00-"{}'},
    )
    assert row.payload == sealed.payload
