"""The gate in the database: a whole look (all rules) and an issue, at growing histories. From sending a statement to
having its answer; what Python makes of it is left out.

    .venv/bin/python -m benchmarks.gate [--scale 10000 --scale 100000 --scale 1000000] [--rounds 1000]

Each scale is a database of its own with that many past orders, skewed as tests/builders/history.py says. Asked about are
the busiest enterprise and ordinary ones, under every rule that reads the past (Chengdu's figures with Suqian's share).
All scales are asked in turn, round by round, so that a busy machine disturbs them alike. A read of an enterprise by its
primary key in the same round is the baseline. 10,000,000 orders take 16 GB while it runs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click
from psycopg import Connection, Cursor
from psycopg.rows import DictRow, dict_row
from psycopg.sql import SQL, Identifier

from benchmarks import report
from services.chassis.database import open_pool
from services.chassis.ids import new_id
from services.chassis.policy import Policies, policies
from services.inspection.gate import Stage, judge
from services.inspection.gate.facts import Proposal
from services.inspection.gate.reader import read_facts
from services.inspection.orders import findings, locks, store
from services.inspection.orders.model import Content, Order, OrderInspector, OrderItem, State
from tests.builders import history
from tests.rig.postgres import PostgresRig, open_rig

GOAL_MS, GOAL_GROWTH = 10.0, 2.5
DAY = date(2026, 6, 8)
NOW = datetime(2026, 6, 1, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
WARM = 50


@dataclass(frozen=True)
class City:
    """A database with its history, and the milliseconds that each thing asked of it took."""

    scale: history.Scale
    connection: Connection[DictRow]
    busiest: list[float] = field(default_factory=list[float])
    ordinary: list[float] = field(default_factory=list[float])
    issue: list[float] = field(default_factory=list[float])
    key: list[float] = field(default_factory=list[float])

    def ask(self, number: int) -> None:
        who = number % 60
        self.busiest.append(looked(self.connection, 1, who))
        self.ordinary.append(looked(self.connection, 2 + number * 7919 % (self.scale.enterprises - 2), who))
        self.key.append(by_key(self.connection, 1 + number))
        self.connection.commit()
        self.issue.append(issued(self.connection, who))


def strict() -> Policies:
    """One profile under which every part of the past is read."""
    known = {profile.name: profile for profile in policies().profiles}
    chengdu = replace(known["chengdu"], top_grade_share=known["suqian"].top_grade_share)
    return Policies((chengdu, known["default"]))


STRICT = strict()


def proposed(rank: int, who: int) -> Proposal:
    return Proposal(
        order_id=None,
        agency_id=history.agency(who),
        agencies=(history.agency(who),),
        enterprise_id=history.enterprise(rank),
        premises_id=history.premises(rank),
        items=((history.item(who), history.agency(who)),),
        inspectors=tuple(history.inspector(n, who) for n in range(2)),
        trigger="routine",
        starts_on=DAY,
        ends_on=DAY + timedelta(days=14),
        on_site_reason="现场",
        considered=("remote",),
    )


class Timed(Cursor[DictRow]):
    """Sums the time between sending and having the answer, without what Python makes of it."""

    milliseconds = 0.0

    def execute(self, *asked: Any, **more: Any) -> Any:
        began = time.perf_counter()
        answered = super().execute(*asked, **more)
        Timed.milliseconds += (time.perf_counter() - began) * 1000
        return answered


def in_database(step: Callable[[], object]) -> float:
    Timed.milliseconds = 0.0
    step()
    return Timed.milliseconds


def looked(connection: Connection[DictRow], rank: int, who: int) -> float:
    return in_database(lambda: judge(read_facts(connection, proposed(rank, who), STRICT, NOW), Stage.CHECK))


def issued(connection: Connection[DictRow], who: int) -> float:
    order, took = issue(connection, who)
    forget(connection, order)
    return took


def issue(connection: Connection[DictRow], who: int) -> tuple[Order, float]:
    """Lock the busiest enterprise and an order, look, keep what was found, save and commit."""
    order, content = _an_order(who)
    store.insert(connection, order)
    store.add_content(connection, order, content)
    connection.commit()
    took = in_database(lambda: _issue(connection, order, who))
    began = time.perf_counter()
    connection.commit()
    return order, took + (time.perf_counter() - began) * 1000


def _issue(connection: Connection[DictRow], order: Order, who: int) -> None:
    locks.lock_with_enterprise(connection, order.order_id)
    wish = replace(proposed(1, who), order_id=order.order_id)
    found = judge(read_facts(connection, wish, STRICT, NOW, deciding=True), Stage.ISSUE)
    order = replace(order, state=State.ISSUED, issued_at=NOW, judgement_id=new_id())
    findings.insert_findings(connection, order, Stage.ISSUE, found, {}, NOW)
    store.lock_checklists(connection, order.order_id)
    store.save(connection, order)


def forget(connection: Connection[DictRow], order: Order) -> None:
    """So that the next meets the same history."""
    for table in ("finding", "best_graded_order", "order_item", "order_inspector", "order_agency", "orders"):
        connection.execute(
            SQL("DELETE FROM {} WHERE order_id = %s").format(Identifier(table)), (order.order_id,)
        )
    connection.commit()


def _an_order(who: int) -> tuple[Order, Content]:
    wish = proposed(1, who)
    order = Order(
        order_id=new_id(),
        version=3,
        state=State.APPROVED,
        agency_id=wish.agency_id,
        enterprise_id=wish.enterprise_id,
        premises_id=wish.premises_id,
        trigger="routine",
        clue=None,
        on_site_reason="benchmark",
        starts_on=wish.starts_on,
        ends_on=wish.ends_on,
        drafted_by=new_id(),
        drafted_at=NOW,
    )
    content = Content(
        items=(OrderItem(history.item(who), wish.agency_id, f"d{who}"),),
        inspectors=tuple(OrderInspector(inspector, wish.agency_id) for inspector in wish.inspectors),
        agencies=wish.agencies,
        approvals=(),
    )
    return order, content


def by_key(connection: Connection[DictRow], number: int) -> float:
    key = history.enterprise(number)
    return in_database(
        lambda: connection.execute("SELECT * FROM enterprise WHERE enterprise_id = %s", (key,)).fetchone()
    )


@contextmanager
def loaded(rig: PostgresRig, scale: history.Scale) -> Generator[City]:
    with rig.database() as database:
        began = time.perf_counter()
        with Connection.connect(database.admin_url, row_factory=dict_row) as admin:
            history.fill(admin, scale)
        with Connection.connect(database.admin_url, autocommit=True) as admin:
            admin.execute("VACUUM ANALYZE")
        print(f"  {scale.orders:,} orders loaded in {time.perf_counter() - began:.0f} s")
        with opened(database.url("inspection"), scale) as city:
            yield city


@contextmanager
def opened(url: str, scale: history.Scale) -> Generator[City]:
    with open_pool(url, 1, "gate") as pool, pool.connection() as connection:
        connection.cursor_factory = Timed
        yield City(scale, connection)


def measure(cities: Sequence[City], rounds: int) -> None:
    for number in range(rounds + WARM):
        for city in cities:
            city.ask(number)
    for city in cities:
        for taken in (city.busiest, city.ordinary, city.issue, city.key):
            del taken[:WARM]


_HISTORY = """
SELECT count(*) AS orders, count(*) FILTER (WHERE starts_on >= %(until)s::date - 365) AS year,
       count(*) FILTER (WHERE open) AS open,
       (SELECT sum(enterprises) FROM best_graded_inspected WHERE year = %(year)s) AS best
FROM orders WHERE enterprise_id = %(enterprise_id)s
"""


def shown(city: City) -> None:
    asked = {"enterprise_id": history.enterprise(1), "until": city.scale.until, "year": DAY.year}
    row = city.connection.execute(_HISTORY, asked).fetchone()
    assert row is not None
    print(
        f"\n{city.scale.orders:,} past orders at {city.scale.enterprises:,} enterprises; at the busiest {row['orders']:,}, "
        f"{row['year']:,} in the last year, {row['open']:,} open; {row['best']:,} of the best graded inspected this year"
    )
    key = report.percentile(city.key, 0.5)
    for name, taken in (
        ("whole look, busiest enterprise", city.busiest),
        ("whole look, ordinary enterprises", city.ordinary),
        ("issue, busiest enterprise", city.issue),
        ("read by primary key", city.key),
    ):
        half, most = report.percentile(taken, 0.5), report.percentile(taken, 0.99)
        print(f"  {name:<36} p50 {half:7.2f} ms  p99 {most:7.2f} ms  {half / key:6.1f} × a read by key")


@click.command()
@click.option("--scale", "scales", type=int, multiple=True, default=(10_000, 100_000, 1_000_000))
@click.option("--rounds", default=1000)
def main(scales: tuple[int, ...], rounds: int) -> None:
    report.heading("the gate: four statements, all rules")
    with open_rig() as rig, ExitStack() as open_cities:
        cities = [
            open_cities.enter_context(loaded(rig, history.Scale(orders=orders))) for orders in sorted(scales)
        ]
        measure(cities, rounds)
        told(cities)


def told(cities: Sequence[City]) -> None:
    for city in cities:
        shown(city)
    least, most = (report.percentile(city.busiest, 0.99) for city in (cities[0], cities[-1]))
    report.figure("p99 of the busiest at the largest scale (goal 10 ms)", most, "ms")
    report.figure("÷ that at the smallest (goal 2.5)", most / least, "×")
    print(f"  {'meets' if most <= GOAL_MS and most / least <= GOAL_GROWTH else 'MISSES'} the goals")


if __name__ == "__main__":
    main()
