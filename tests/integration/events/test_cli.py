"""`yicha events …` against the road in Postgres."""

import json

import psycopg
import pytest
from click.testing import CliRunner

from events.cli import events
from events.transports.postgres import PostgresTransport
from services.chassis.ids import new_id
from tests.builders.events import a_message, a_step
from tests.integration.events.conftest import Road, eventually


@pytest.fixture
def road(database):
    road = Road("postgres", PostgresTransport(database.event_log_url), database)
    yield road
    road.pool.close()


@pytest.fixture
def run(road, database):
    environment = {
        "YICHA_EVENTS": "postgres",
        "YICHA_EVENT_LOG_URL": database.event_log_url,
        "YICHA_OVERSIGHT_DATABASE_URL": road.effects.url,
    }

    def run(*arguments: str) -> str:
        answer = CliRunner().invoke(events, arguments, env=environment, catch_exceptions=False)
        assert answer.exit_code == 0, answer.output
        return answer.output

    return run


@pytest.fixture
def letter(road):
    """A dead letter, its group, and the means to mend what was wrong."""
    subscription = road.effects.subscription()
    poison = new_id()
    road.effects.refuse = lambda _: ValueError("a bug")
    with road.consuming(subscription):
        road.send([a_message(a_step(poison))])
        eventually(lambda: road.effects.dead(subscription.group))
        yield subscription.group, poison


def test_position_tells_what_waits(road, run):
    road.send([a_message(a_step()), a_message(a_step())])
    assert ["yicha.inspection", "2"] in [line.split() for line in run("position").splitlines()]


def test_tail_prints_events(road, run):
    road.send([a_message(a_step(order := new_id()))])
    (line,) = run("tail", "--from-start").splitlines()
    assert json.loads(line)["subject"] == str(order)
    assert json.loads(line)["event"]["order_id"] == str(order)
    assert run("tail", "--from-start", "--correlation", "another") == ""


def test_a_dead_letter_is_listed_shown_and_applied_again(road, run, letter):
    group, poison = letter
    (line,) = run("dead-letters", "list", "--service", "oversight").splitlines()
    assert group in line
    assert "ValueError: a bug" in line
    number = line.split()[0]
    assert str(poison) in run("dead-letters", "show", "--service", "oversight", number)
    assert "1 would be applied" in run("dead-letters", "redrive", "--service", "oversight", "--dry-run")
    assert len(road.effects.dead(group)) == 1
    road.effects.refuse = lambda _: None
    assert "1 are applied" in run("dead-letters", "redrive", "--service", "oversight", "--id", number)
    eventually(lambda: road.effects.versions(group, poison) == [1])
    eventually(lambda: road.effects.dead(group, "resolved"))


def test_a_dead_letter_is_copied_to_its_own_topic(road, run, letter):
    group, poison = letter
    with psycopg.connect(road.effects.url) as connection:
        row = connection.execute(
            "SELECT partition_key, payload FROM outbox WHERE aggregatetype = %s",
            (f"yicha.inspection.{group}.dlq",),
        ).fetchone()
    assert row is not None
    assert row[0] == str(a_step().enterprise_id), "the copy keeps the key"
    assert (row[1]["error"], row[1]["attempts"]) == ("ValueError: a bug", 2)
    assert poison


def test_the_catalogue_is_listed(run):
    assert "cn.yicha.inspection.order.issued.v1" in run("catalogue")


def test_asyncapi_is_printed(run):
    assert json.loads(run("asyncapi"))["asyncapi"] == "3.0.0"


def test_what_is_missing_is_said():
    answer = CliRunner().invoke(
        events, ["position"], env={"YICHA_EVENTS": "kafka", "YICHA_KAFKA_BOOTSTRAP": ""}
    )
    assert answer.exit_code == 1
    assert "YICHA_KAFKA_BOOTSTRAP" in answer.output
