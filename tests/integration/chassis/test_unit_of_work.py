"""Entry, outbox and COMMIT travel together: all of it is there afterwards, or nothing."""

from contextlib import suppress

import psycopg
import pytest

from events.catalogue.inspection import OrderDrafted
from events.examples import EXAMPLES
from services.chassis.database import UnitOfWork, open_pool

EVENT = EXAMPLES[OrderDrafted.contract.type]


@pytest.fixture
def pool(database):
    pool = open_pool(database.url("inspection"), 1, "test")
    with pool.connection() as connection:
        connection.execute("CREATE TABLE thing (name text UNIQUE)")
    yield pool
    pool.close()


def adding(name):
    return lambda connection: connection.execute("INSERT INTO thing (name) VALUES (%s)", (name,))


def dies(connection):
    connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def counted(pool, table):
    with pool.connection() as connection:
        return connection.execute(f"SELECT count(*) AS n FROM {table}").fetchone()["n"]


def test_what_is_left_to_the_commit_is_written_with_the_events(pool):
    with UnitOfWork(pool, "/test") as uow:
        uow.at_commit(adding("gate"))
        uow.emit(EVENT)
        assert uow.connection.execute("SELECT count(*) AS n FROM thing").fetchone()["n"] == 0
        uow.commit()
    assert (counted(pool, "thing"), counted(pool, "outbox")) == (1, 1)


def test_without_a_commit_nothing_is_written(pool):
    with UnitOfWork(pool, "/test") as uow:
        adding("at once")(uow.connection)
        uow.at_commit(adding("gate"))
        uow.emit(EVENT)
    assert (counted(pool, "thing"), counted(pool, "outbox")) == (0, 0)


@pytest.mark.parametrize("names", [("taken", "new"), ("new", "taken"), ("new", "new")])
def test_one_statement_that_fails_at_the_commit_undoes_all(pool, names):
    with pool.connection() as connection:
        adding("taken")(connection)
    with pytest.raises(psycopg.errors.UniqueViolation):
        work(pool, adding("at once"), *map(adding, names))
    assert (counted(pool, "thing"), counted(pool, "outbox")) == (1, 0)


def test_a_write_that_breaks_before_it_is_sent_undoes_those_before_it(pool):
    with pytest.raises(ZeroDivisionError):
        work(pool, adding("at once"), adding("gate"), breaks)
    assert (counted(pool, "thing"), counted(pool, "outbox")) == (0, 0)


def test_what_the_database_checks_at_the_commit_still_counts(pool):
    with pool.connection() as connection:
        connection.execute("CREATE TABLE late (name text UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(psycopg.errors.UniqueViolation):
        work(pool, lambda connection: connection.execute("INSERT INTO late VALUES ('twice'), ('twice')"))
    assert (counted(pool, "late"), counted(pool, "outbox")) == (0, 0)


@pytest.mark.parametrize("writes", [(dies, adding("gate")), (adding("gate"), dies)])
def test_a_server_that_dies_between_two_statements_leaves_neither(pool, writes):
    with pytest.raises(psycopg.OperationalError):
        work(pool, adding("at once"), *writes)
    assert (counted(pool, "thing"), counted(pool, "outbox")) == (0, 0)


def test_an_error_is_told_even_when_the_connection_has_died_too(pool):
    with pytest.raises(ZeroDivisionError):
        work(pool, dies_and_breaks)
    assert counted(pool, "thing") == 0


def work(pool, at_once, *at_commit):
    """The pool has one connection: each test sees that it came back, and usable."""
    with UnitOfWork(pool, "/test") as uow:
        at_once(uow.connection)
        for write in at_commit:
            uow.at_commit(write)
        uow.emit(EVENT)
        uow.commit()


def breaks(_):
    raise ZeroDivisionError


def dies_and_breaks(connection):
    with suppress(psycopg.OperationalError):
        dies(connection)
    raise ZeroDivisionError
