"""However long the history is, the gate walks its indexes: plans as a cached statement would have them."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from services.chassis.policy import policies
from services.inspection.gate.facts import Proposal
from services.inspection.gate.reader import read_facts
from tests.builders import history
from tests.builders.gate import the_profile

SCALE = history.Scale(orders=200_000)
MANY = {
    "orders",
    "order_item",
    "order_inspector",
    "order_agency",
    "best_graded_order",
    "enterprise",
    "premises",
    "record_answer",
}
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
        started = time.perf_counter()
        history.fill(admin, SCALE)
        admin.execute("SET search_path = inspection")
        print(f"{SCALE.orders:,} past orders in {time.perf_counter() - started:.1f} s")
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


def statements(connection, proposal):
    """What the reader sends, with its parameters. Every rule's part is on: Chengdu's, and Suqian's share."""
    profile = the_profile("chengdu")
    everything = type(profile)(**vars(profile) | {"top_grade_share": the_profile("suqian").top_grade_share})
    known = type(policies())((*policies().profiles[:0], everything, the_profile("default")))
    Recording.asked = []
    usual, connection.cursor_factory = connection.cursor_factory, Recording
    try:
        read_facts(connection, proposal, known, NOW)
    finally:
        connection.cursor_factory = usual
    return list(Recording.asked)


TYPES = {UUID: "uuid", date: "date", int: "int", str: "text"}


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


@pytest.mark.parametrize("rank", [1, 90_000])
def test_the_gate_stays_on_its_indexes(connection, rank):
    asked = statements(connection, proposed(rank))
    assert len(asked) == 4
    for query, given in asked:
        scanned = {
            node["Relation Name"]
            for node in nodes(plan(connection, query, given))
            if node["Node Type"] == "Seq Scan"
        }
        assert scanned & MANY == set(), query


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
    known = type(policies())((the_profile("chengdu"), the_profile("default")))
    assert read_facts(connection, proposed(1), known, NOW).past.last
