"""A batch's writes are answered for together: one that the database refuses must not pass for an outage."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import psycopg
import pytest

from events.intake import Intake, is_transient
from events.wire import Record
from services.chassis.database import open_pool
from services.oversight.projections.projector import project_live
from services.oversight.worker import subscriptions
from tests.builders.city import an_enterprise, deliveries
from tests.builders.events import messages

BATCH = [an_enterprise(), replace(an_enterprise(), name="no text column takes \x00"), an_enterprise()]


@pytest.fixture
def pool(database):
    pool = open_pool(database.url("oversight"), 2, "test")
    yield pool
    pool.close()


def counted(connection, table):
    return connection.execute(f"SELECT count(*) AS n FROM {table}").fetchone()["n"]


def test_the_refusal_is_raised_as_what_it_is_and_the_connection_stays_usable(pool):
    with pool.connection() as connection:
        with pytest.raises(psycopg.DataError) as refused, connection.transaction():
            project_live(connection, deliveries(BATCH), ZoneInfo("Asia/Shanghai"))
        assert not is_transient(refused.value)
        assert counted(connection, "enterprise") == 0


def test_the_refused_event_becomes_a_dead_letter_and_the_others_go_on(pool):
    records = [
        Record(message.topic, 0, offset, message.key, message.headers, message.value)
        for offset, message in enumerate(messages(BATCH))
    ]
    Intake(subscriptions()[0], pool).take(records)
    with pool.connection() as connection:
        assert (counted(connection, "enterprise"), counted(connection, "dead_letters")) == (2, 1)
