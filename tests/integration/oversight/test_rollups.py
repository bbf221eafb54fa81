"""The sums equal a recount of the rows beneath them, whatever happened and in whatever order it was told."""

from random import Random
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg.rows import dict_row

from services.oversight.projections.projector import project
from tests.builders.city import AnOrder, a_visit_refusal, an_enterprise, deliveries, some_premises
from tests.builders.year import a_year, interleaved

CHINA = ZoneInfo("Asia/Shanghai")
OF_ORDERS = {
    "inspections": "true",
    "entered": "entered_at IS NOT NULL",
    "late": "online IS FALSE",
    "backfilled_late": "'late' = ANY (flags)",
    "flagged": "cardinality(flags) > 0",
    "unscanned": "entered_at IS NULL",
    "joint": "cardinality(agencies) > 1",
    "concluded": "concluded_at IS NOT NULL",
    "with_finding": "coalesce(result <> 'no_problem', false)",
    "urgent": "ratification IS NOT NULL",
    "ratified": "coalesce(ratification = 'ratified', false)",
    "disapproved": "coalesce(ratification = 'disapproved', false)",
    "ratified_late": "coalesce(ratified_at > ratify_by, false)",
    "ratification_overdue": "'ratification' = ANY (deadlines)",
    "conclusion_overdue": "'conclusion' = ANY (deadlines)",
    "rectification_overdue": "'rectification' = ANY (deadlines)",
}
OF_PAIRS = {
    "duplicates": "true",
    "joined": "state = 'joined'",
    "overridden": "state = 'overridden'",
    "dismissed": "state = 'dismissed'",
}
OF_REFUSALS = {"refused": "true"}
OF_VISIT_REFUSALS = {"visit_refused": "true", "visit_refused_supported": "supported"}
KEY = "day, agency_id, industry, area_code, cell"


@pytest.fixture
def connection(database):
    with psycopg.connect(
        database.url("oversight"), row_factory=dict_row, options="-c timezone=UTC"
    ) as connection:
        yield connection


@pytest.fixture(params=range(2))
def lived(request, connection):
    random = Random(100 + request.param)
    told = deliveries(interleaved(random, a_year(random, orders=200)))
    while told:
        size = random.choice([1, 20, 100, 200])
        project(connection, told[:size], CHINA)
        told = told[size:]


def rows(connection, statement):
    return connection.execute(statement).fetchall()


def recounted(measures, beneath):
    sums = ", ".join(f"count(*) FILTER (WHERE {counts})::int AS {name}" for name, counts in measures.items())
    return f"""
    SELECT day, beneath.agency_id, coalesce(industry, '') AS industry, coalesce(enterprise.area_code, '') AS area_code,
           coalesce(cell, '') AS cell, {sums}
    FROM ({beneath}) AS beneath LEFT JOIN enterprise USING (enterprise_id)
         LEFT JOIN premises ON premises.premises_id = beneath.premises_id
    GROUP BY 1, 2, 3, 4, 5 ORDER BY {KEY}
    """


BENEATH = [
    (OF_ORDERS, "SELECT * FROM order_fact WHERE day IS NOT NULL"),
    (
        OF_PAIRS,
        "SELECT duplicate.*, found_on AS day, premises_id FROM duplicate"
        " JOIN (SELECT order_id, premises_id FROM order_fact) AS finder USING (order_id)",
    ),
    (OF_REFUSALS, "SELECT * FROM refusal"),
    (OF_VISIT_REFUSALS, "SELECT * FROM visit_refusal"),
]


def test_the_sums_equal_a_recount(connection, lived):
    for measures, beneath in BENEATH:
        the_days(connection, measures, beneath)
    the_states(connection)
    the_cells(connection)
    the_years(connection)


def the_days(connection, measures, beneath):
    names = ", ".join(measures)
    kept = rows(
        connection, f"SELECT {KEY}, {names} FROM daily WHERE {next(iter(measures))} > 0 ORDER BY {KEY}"
    )
    assert kept == rows(connection, recounted(measures, beneath))
    missing = [name for name in measures if not any(row[name] for row in kept)]
    assert missing == [], "the year has some of everything"


def test_every_measure_is_recounted(connection):
    columns = rows(
        connection, "SELECT attname FROM pg_attribute WHERE attrelid = 'daily'::regclass AND attnum > 0"
    )
    known = {*OF_ORDERS, *OF_PAIRS, *OF_REFUSALS, *OF_VISIT_REFUSALS, *KEY.split(", ")}
    assert {column["attname"] for column in columns} == known


def the_states(connection):
    tallied = "SELECT state, agency_id, orders FROM order_tally ORDER BY 1, 2"
    counted = "SELECT state, agency_id, count(*)::int AS orders FROM order_fact GROUP BY 1, 2 ORDER BY 1, 2"
    assert rows(connection, tallied) == rows(connection, counted)


def the_cells(connection):
    counted = """
    SELECT cell, count(*)::int AS premises, count(DISTINCT enterprise_id)::int AS enterprises,
           count(latitude)::int AS located, coalesce(sum(latitude), 0)::bigint AS latitude,
           coalesce(sum(longitude), 0)::bigint AS longitude
    FROM premises WHERE active GROUP BY cell ORDER BY cell
    """
    kept = rows(connection, "SELECT * FROM cell_tally ORDER BY cell")
    assert kept == rows(connection, counted)
    assert kept


def the_years(connection):
    counted = """
    SELECT extract(year FROM day)::int AS year, enterprise_id, agency.id AS agency_id, item.id AS item_id,
           count(*)::int AS visits
    FROM order_fact, unnest(agencies) AS agency (id), unnest(items || NULL::uuid) AS item (id)
    WHERE day IS NOT NULL AND trigger IS DISTINCT FROM 'recheck'
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    """
    kept = rows(connection, "SELECT * FROM year_visits ORDER BY year, enterprise_id, agency_id, item_id")
    assert kept == rows(connection, counted)
    assert any(row["visits"] > 1 for row in kept)


def test_premises_that_move_take_their_visits_and_refusals_along(connection):
    here = some_premises(grid="古城-01", latitude=33.9, longitude=118.3)
    firm = an_enterprise(premises=(here,))
    order = AnOrder(firm.enterprise_id)
    order.premises_id = here.premises_id
    refused = a_visit_refusal(firm.enterprise_id, premises_id=here.premises_id)
    project(connection, deliveries([*order.issued().entered().events, refused, firm]), CHINA)
    cells = "SELECT cell, sum(inspections)::int AS i, sum(visit_refused)::int AS v FROM daily GROUP BY 1"
    assert rows(connection, cells) == [{"cell": "321302/古城-01", "i": 1, "v": 1}]
    there = some_premises(here.premises_id, grid="双庄-01")
    project(connection, deliveries([an_enterprise(firm.enterprise_id, 2, premises=(there,))]), CHINA)
    assert rows(connection, cells) == [{"cell": "321302/双庄-01", "i": 1, "v": 1}]
    assert rows(connection, "SELECT cell, premises, located, latitude FROM cell_tally") == [
        {"cell": "321302/双庄-01", "premises": 1, "located": 0, "latitude": 0}
    ]
