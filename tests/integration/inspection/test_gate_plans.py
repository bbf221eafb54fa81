"""However long the history is, the gate walks its indexes: plans as a cached statement would have them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from services.chassis.policy import Policies
from services.inspection.draws import choice
from services.inspection.entries.model import Arrival
from services.inspection.entries.store import read_known
from services.inspection.gate.facts import Proposal
from services.inspection.gate.reader import read_facts
from services.inspection.replica.agencies import Agency
from tests.builders import history
from tests.builders.gate import the_profile

pytestmark = pytest.mark.xdist_group("gate_plans")  # one history for all of them
SCALE = history.Scale(orders=200_000)
MANY = {*history.LARGE, "record_answer", "entry", "entry_inspector"}
NOW = datetime(2026, 6, 1, 8, tzinfo=ZoneInfo("Asia/Shanghai"))


class Recording(psycopg.Cursor[Any]):
    """Keeps what it was asked."""

    asked: list[tuple[str, dict[str, Any]]]

    def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
        Recording.asked.append((query, params))
        return super().execute(query, params, **more)


@pytest.fixture(scope="module")
def connection(postgres):
    with postgres.database() as database, psycopg.connect(database.admin_url, row_factory=dict_row) as admin:
        history.fill(admin, SCALE)
        admin.execute("SET search_path = inspection")
        yield admin


def proposed(rank: int, who: int = 3) -> Proposal:
    return Proposal(
        order_id=None,
        agency_id=history.agency(who),
        agencies=(history.agency(who), history.agency(who + 1)),
        enterprise_id=history.enterprise(rank),
        premises_id=history.premises(rank),
        items=((history.item(who), history.agency(who)), (history.item(who + 1), history.agency(who + 1))),
        inspectors=tuple(history.inspector(n, who) for n in range(2)),
        trigger="routine",
        starts_on=date(2026, 6, 8),
        ends_on=date(2026, 6, 30),
    )


def recorded(connection, step):
    """What it sends, with its parameters."""
    Recording.asked = []
    usual, connection.cursor_factory = connection.cursor_factory, Recording
    try:
        step()
    finally:
        connection.cursor_factory = usual
    return list(Recording.asked)


def looked(connection, proposal):
    """Every rule's part is on: Chengdu's, and Suqian's share."""
    everything = replace(the_profile("chengdu"), top_grade_share=the_profile("suqian").top_grade_share)
    known = Policies((everything, the_profile("default")))
    return recorded(connection, lambda: read_facts(connection, proposal, known, NOW))


TYPES = {
    UUID: "uuid",
    date: "date",
    datetime: "timestamptz",
    timedelta: "interval",
    int: "int",
    bool: "boolean",
    str: "text",
}


def type_of(value: Any) -> str:
    if isinstance(value, list):
        return f"{TYPES[type(value[0])]}[]" if value else "unknown"
    return TYPES.get(type(value), "unknown")


def plan(connection, query, given):
    """As a generic plan: no parameter's value is known when it is made."""
    names = list(given)
    text = query % {name: f"${number}" for number, name in enumerate(names, 1)}
    types = ", ".join(type_of(given[name]) for name in names)
    connection.execute("SET plan_cache_mode = force_generic_plan")
    connection.execute(f"PREPARE asked ({types}) AS {text}")
    values = sql.SQL(", ").join(sql.Literal(given[name]) for name in names)
    (row,) = connection.execute(sql.SQL("EXPLAIN (FORMAT JSON) EXECUTE asked ({})").format(values)).fetchall()
    connection.execute("DEALLOCATE asked")
    return row["QUERY PLAN"][0]["Plan"]


def nodes(plan):
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)


def scanned(connection, query, given):
    """Large tables that are read from end to end."""
    plans = nodes(plan(connection, query, given))
    return MANY & {node["Relation Name"] for node in plans if node["Node Type"] == "Seq Scan"}


@pytest.mark.parametrize("rank", [1, 90_000])
def test_the_gate_stays_on_its_indexes(connection, rank):
    asked = looked(connection, proposed(rank))
    assert len(asked) == 4
    for query, given in asked:
        assert scanned(connection, query, given) == set(), query


def test_the_scan_stays_on_its_indexes(connection, entered):
    """It tells the database so: planned anew for each scan, the statement takes four times as long."""
    mode, (query, given) = recorded(connection, lambda: read_known(connection, scan(entered), "", ()))
    assert "force_generic_plan" in mode[0]
    assert scanned(connection, query, given) == set()


@pytest.fixture(scope="module")
def entered(connection):
    """An order, when all that were visited were entered as well."""
    connection.execute("SET session_replication_role = replica")
    connection.execute(_ENTRIES, {"inspector": history.inspector(1, 1)})
    connection.execute("ANALYZE entry")
    connection.execute("ANALYZE entry_inspector")
    (row,) = connection.execute("SELECT order_id FROM entry LIMIT 1").fetchall()
    return row["order_id"]


_ENTRIES = """
WITH made AS (
    INSERT INTO entry (entry_id, order_id, enterprise_id, premises_id, made_by, entered_at, device_time, received_at,
                       device_id, online, flags)
    SELECT order_id, order_id, enterprise_id, premises_id, %(inspector)s, entered_at, entered_at, entered_at,
           'phone ' || order_id, true, '{}'
    FROM orders WHERE entered_at IS NOT NULL RETURNING entry_id, premises_id, entered_at)
INSERT INTO entry_inspector (entry_id, inspector_id, premises_id, entered_at)
SELECT m.entry_id, o.inspector_id, m.premises_id, m.entered_at
FROM made m JOIN order_inspector o ON o.order_id = m.entry_id
"""


def scan(order_id):
    return Arrival(
        order_id=order_id,
        premises_code="",
        premises_id=None,
        searched_reason=None,
        credentials=(),
        made_by=history.inspector(1, 1),
        account_id=history.inspector(1, 1),
        account_name="",
        device_id="phone",
        device_time=NOW,
        received_at=NOW,
        position=None,
        online=True,
        offline_reason=None,
    )


def test_nothing_that_the_gate_reads_grows_with_the_best_graded(connection):
    """The rows that rule F6 reads are areas, whatever many enterprises of one are inspected."""
    (query, given) = looked(connection, proposed(1))[-1]
    read = {node.get("Relation Name"): node for node in nodes(plan(connection, query, given))}
    assert "best_graded_order" not in read
    assert read["best_graded_place"]["Node Type"].startswith("Index")


def test_a_draw_counts_the_best_graded_on_indexes(connection):
    agency = Agency(
        agency_id=history.agency(3), name="机关", area_code=history.AREA, level="county", domain="d3"
    )
    *_, (query, given) = recorded(
        connection, lambda: choice.limits(connection, agency, Fraction(1, 100), ["C"], 2026)
    )
    assert scanned(connection, query, given) == set()


def test_the_busiest_is_busy_and_the_facts_are_there(connection):
    (row,) = connection.execute(
        "SELECT count(*) AS n, count(DISTINCT enterprise_id) AS firms, "
        "count(*) FILTER (WHERE enterprise_id = %s) AS busiest FROM orders",
        (history.enterprise(1),),
    ).fetchall()
    assert row["n"] == SCALE.orders
    assert row["firms"] > SCALE.enterprises / 3
    assert row["busiest"] > 50 * row["n"] / row["firms"]
    print(f"the busiest of {row['firms']:,} enterprises has {row['busiest']:,}")
    known = Policies((the_profile("chengdu"), the_profile("default")))
    assert read_facts(connection, proposed(1), known, NOW).past.last
