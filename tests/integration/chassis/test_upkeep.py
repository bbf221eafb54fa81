"""What every worker does by the clock, done by the worker's own loop."""

import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest
from procrastinate import Blueprint

from events import outbox
from services.chassis import jobs, upkeep
from services.chassis.database import open_pool
from services.chassis.ids import new_id
from tests.builders.events import a_life
from tests.builders.settings import settings_for

DONE: list[str] = []
chores = Blueprint()


@chores.task(name="note")
def note(word: str) -> None:
    DONE.append(word)


@pytest.fixture
def connection(database):
    with psycopg.connect(database.url("feedback"), autocommit=True) as connection:
        connection.execute("SET search_path = feedback, feedback_jobs")
        yield connection


@contextmanager
def a_worker(settings):
    stop = threading.Event()
    pool = open_pool(settings.database_url, 4, "test")
    arguments = (settings, chores, pool, stop, upkeep.blueprint)
    thread = threading.Thread(target=jobs.run, args=arguments)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        pool.close()


def deferred(settings, task, **arguments):
    with jobs.defer_app(settings, chores).open() as app:
        app.configure_task(task).defer(**arguments)


def eventually(check, seconds=90):
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.05)


def an_old_month(connection):
    connection.execute("SELECT open_outbox_month('2024-03-01 00:00Z')")
    outbox.append(connection, a_life(new_id(), 1), source="/feedback", correlation_id="a-test")
    when = datetime(2024, 3, 9, tzinfo=UTC)
    connection.execute("UPDATE outbox SET created_at = %s, published_at = %s", (when, when))


def old_month_is_there(connection):
    return connection.execute("SELECT to_regclass('outbox_2024_03') IS NOT NULL").fetchone() == (True,)


@pytest.mark.parametrize(("months", "stays"), [(0, True), (12, False)])
def test_months_of_the_outbox_stay_unless_retention_is_configured(
    database, tmp_path, connection, months, stays
):
    settings = settings_for("feedback", database, tmp_path, outbox_months=months)
    an_old_month(connection)
    with a_worker(settings):
        deferred(settings, "upkeep:outbox_months", timestamp=0)
        deferred(settings, "feedback:note", word=f"months {months}")
        eventually(lambda: jobs_left(connection) == 0)
    assert old_month_is_there(connection) is stays


def test_the_inbox_forgets_in_batches(database, tmp_path, connection, monkeypatch):
    monkeypatch.setattr("events.retention.BATCH", 2)
    connection.execute(
        """
        INSERT INTO inbox (consumer, event_id, handled_at, versioned)
        SELECT 'a', gen_random_uuid(), now() - make_interval(days => n * 10), n <> 9 FROM generate_series(0, 9) AS n
        """
    )
    settings = settings_for("feedback", database, tmp_path, inbox_days=35)
    with a_worker(settings):
        deferred(settings, "upkeep:forget_inbox", timestamp=0)
        eventually(lambda: jobs_left(connection) == 0)
    assert connection.execute("SELECT count(*) FROM inbox").fetchone() == (5,), "0, 10, 20, 30 days and 90"


def test_a_job_whose_worker_was_killed_is_done_by_the_next(database, tmp_path, connection):
    settings = settings_for("feedback", database, tmp_path)
    deferred(settings, "feedback:note", word="abandoned")
    connection.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    with a_worker(settings):
        deferred(settings, "upkeep:retry_abandoned", timestamp=0)
        eventually(lambda: "abandoned" in DONE)


def test_a_job_under_way_is_left_to_its_worker(database, tmp_path, connection):
    settings = settings_for("feedback", database, tmp_path)
    deferred(settings, "feedback:note", word="under way")
    connection.execute(
        """
        WITH living AS (INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id)
        UPDATE procrastinate_jobs SET status = 'doing', worker_id = living.id FROM living
        """
    )
    with a_worker(settings):
        deferred(settings, "upkeep:retry_abandoned", timestamp=0)
        deferred(settings, "feedback:note", word="afterwards")
        eventually(lambda: "afterwards" in DONE and jobs_left(connection) == 1)
    assert "under way" not in DONE


def jobs_left(connection):
    return connection.execute(
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name NOT LIKE 'upkeep:%'"
        " OR args->>'timestamp' = '0'"
    ).fetchone()[0]
