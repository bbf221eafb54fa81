"""Events in, rows out: the same rows, however the events come."""

from random import Random
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg.rows import dict_row

from services.chassis.ids import new_id
from services.oversight.projections.projector import project, project_live
from services.oversight.rebuild.tables import PROJECTED
from tests.builders.city import DAY, AnOrder, a_refusal, an_enterprise, deliveries
from tests.builders.year import a_year, interleaved

CHINA = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def connection(database):
    with psycopg.connect(
        database.url("oversight"), row_factory=dict_row, options="-c timezone=UTC"
    ) as connection:
        yield connection


def rows(connection, table):
    found = connection.execute(f"SELECT to_jsonb({table}) AS row FROM {table}").fetchall()
    return sorted(str(row["row"]) for row in found)


def everything(connection):
    return {table: rows(connection, table) for table in PROJECTED}


def sums(connection):
    return connection.execute("SELECT * FROM daily ORDER BY day, agency_id").fetchall()


def in_batches(random, events):
    while events:
        size = random.randint(1, 40)
        yield events[:size]
        events = events[size:]


def test_a_visit_counts_on_its_day_for_its_agency_industry_and_area(connection):
    firm = an_enterprise()
    order = AnOrder(firm.enterprise_id).drafted().issued().entered().concluded("reminder")
    project(connection, deliveries([firm, *order.events]), CHINA)
    [row] = sums(connection)
    assert (row["day"], row["agency_id"], row["industry"], row["area_code"]) == (
        DAY,
        order.agency_id,
        "C",
        "321302",
    )
    assert (row["inspections"], row["entered"], row["concluded"], row["with_finding"]) == (1, 1, 1, 1)
    assert (row["unscanned"], row["late"], row["refused"]) == (0, 0, 0)


def test_a_visit_without_a_scan_is_seen_when_it_is_concluded(connection):
    order = AnOrder().issued().concluded(entered=False)
    project(connection, deliveries(order.events), CHINA)
    [row] = sums(connection)
    assert (row["inspections"], row["entered"], row["unscanned"]) == (1, 0, 1)


def test_a_late_evening_in_utc_is_the_next_day_in_the_city(connection):
    order = AnOrder()
    order.at = order.at.replace(hour=17)
    project(connection, deliveries(order.issued().entered().events), CHINA)
    assert sums(connection)[0]["day"] == DAY.replace(day=DAY.day + 1)


def test_visits_of_an_enterprise_that_is_not_known_yet_are_counted_and_find_their_place_when_it_comes(
    connection,
):
    firm = an_enterprise()
    order = AnOrder(firm.enterprise_id).issued().entered()
    project(connection, deliveries(order.events), CHINA)
    assert [(row["industry"], row["inspections"]) for row in sums(connection)] == [("", 1)]
    project(connection, deliveries([firm]), CHINA)
    assert [(row["industry"], row["inspections"]) for row in sums(connection)] == [("C", 1)]


def test_a_pair_is_joined_when_one_order_lives_on_in_the_other(connection):
    firm = new_id()
    first = AnOrder(firm).drafted()
    second = AnOrder(firm).drafted().duplicate_of(first.order_id).overridden()
    project(connection, deliveries([*first.events, *second.events]), CHINA)
    assert connection.execute("SELECT state FROM duplicate").fetchone() == {"state": "overridden"}
    second.absorbed(first.order_id)
    project(connection, deliveries(second.events[-1:]), CHINA)
    assert connection.execute("SELECT state FROM duplicate").fetchone() == {"state": "joined"}
    total = connection.execute("SELECT sum(joined) AS j, sum(overridden) AS o FROM daily").fetchone()
    assert total == {"j": 1, "o": 0}


def test_a_refusal_without_an_agency_is_counted_too(connection):
    firm = an_enterprise()
    project(
        connection, deliveries([firm, a_refusal(firm.enterprise_id), a_refusal(firm.enterprise_id)]), CHINA
    )
    [row] = sums(connection)
    assert (row["agency_id"], row["refused"]) == (None, 2)


@pytest.mark.parametrize("seed", range(4))
def test_rows_are_the_same_in_any_interleaving_any_batches_and_after_ten_repeats(connection, seed):
    random = Random(seed)
    streams = a_year(random)
    once = deliveries(interleaved(random, streams))
    envelope_of = {id(delivery.event): delivery for delivery in once}
    project(connection, once, CHINA)
    expected = everything(connection)
    assert all(expected.values())
    connection.rollback()

    again = [envelope_of[id(event)] for event in interleaved(random, streams)]
    for batch in in_batches(random, again):
        for _ in range(10):
            project(connection, batch, CHINA)
    for _ in range(3):
        project(connection, again, CHINA)
    assert everything(connection) == expected


def test_the_word_goes_out_with_the_commit_and_positions_only_grow(connection, database):
    with psycopg.connect(database.url("oversight"), autocommit=True) as watcher:
        watcher.execute("LISTEN yicha_oversight")
        project_live(connection, deliveries(AnOrder().issued().events), CHINA)
        assert not list(watcher.notifies(timeout=0.1))
        connection.commit()
        [word] = watcher.notifies(timeout=60, stop_after=1)
    assert word.payload == "1"
