"""The gate in the database: a whole look (all rules) and an issue, at growing histories. From sending a statement to
having its answer; what Python makes of it is left out.

    .venv/bin/python -m benchmarks.gate [--scale 10000 --scale 100000 --scale 1000000] [--rounds 400]

Each scale is a database of its own with that many past orders, skewed as tests/builders/history.py says. Asked about are
the busiest enterprise and ordinary ones, under every rule that reads the past (Chengdu's figures with Suqian's share).
A read of an order by its primary key in the same loop is the baseline.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
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
class Run:
    """Milliseconds of each look, each issue, each read by key."""

    busiest: list[float]
    ordinary: list[float]
    issue: list[float]
    key: list[float]


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
    """Lock the busiest enterprise and an order, look, keep what was found, save and commit."""
    order, content = _an_order(who)
    store.insert(connection, order)
    store.add_content(connection, order, content)
    connection.commit()
    took = in_database(lambda: _issue(connection, order, who))
    began = time.perf_counter()
    connection.commit()
    took += (time.perf_counter() - began) * 1000
    _forget(connection, order)
    return took


def _issue(connection: Connection[DictRow], order: Order, who: int) -> None:
    locks.lock_with_enterprise(connection, order.order_id)
    wish = replace(proposed(1, who), order_id=order.order_id)
    found = judge(read_facts(connection, wish, STRICT, NOW, deciding=True), Stage.ISSUE)
    order = replace(order, state=State.ISSUED, issued_at=NOW, judgement_id=new_id())
    findings.insert_findings(connection, order, Stage.ISSUE, found, {}, NOW)
    store.lock_checklists(connection, order.order_id)
    store.save(connection, order)


def _forget(connection: Connection[DictRow], order: Order) -> None:
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


def measured(rig: PostgresRig, orders: int, rounds: int) -> Run:
    scale = history.Scale(orders=orders)
    with rig.database() as database:
        with Connection.connect(database.admin_url, row_factory=dict_row) as admin:
            history.fill(admin, scale)
        with Connection.connect(database.admin_url, autocommit=True) as admin:
            admin.execute("VACUUM ANALYZE")
        with open_pool(database.url("inspection"), 1, "gate") as pool, pool.connection() as connection:
            connection.cursor_factory = Timed
            print(
                f"\n{orders:,} past orders at {scale.enterprises:,} enterprises, {_busiest(connection):,} at the busiest"
            )

            def each(step: Callable[[int], float]) -> list[float]:
                made = [step(number) for number in range(rounds + WARM)]
                connection.commit()
                return made[WARM:]

            return Run(
                busiest=each(lambda n: looked(connection, 1, n % 60)),
                ordinary=each(lambda n: looked(connection, 2 + n * 7919 % scale.enterprises, n % 60)),
                issue=each(lambda n: issued(connection, n % 60)),
                key=each(lambda n: by_key(connection, 1 + n)),
            )


def _busiest(connection: Connection[DictRow]) -> int:
    row = connection.execute(
        "SELECT count(*) AS orders FROM orders WHERE enterprise_id = %s", (history.enterprise(1),)
    ).fetchone()
    return row["orders"] if row else 0


def shown(run: Run) -> None:
    key = report.percentile(run.key, 0.5)
    for name, taken in (
        ("whole look, busiest enterprise", run.busiest),
        ("whole look, ordinary enterprises", run.ordinary),
        ("issue, busiest enterprise", run.issue),
        ("read by primary key", run.key),
    ):
        half, most = report.percentile(taken, 0.5), report.percentile(taken, 0.99)
        print(f"  {name:<36} p50 {half:7.2f} ms  p99 {most:7.2f} ms  {half / key:6.1f} × a read by key")


@click.command()
@click.option("--scale", "scales", type=int, multiple=True, default=(10_000, 100_000, 1_000_000))
@click.option("--rounds", default=400)
def main(scales: tuple[int, ...], rounds: int) -> None:
    report.heading("the gate: four statements, all rules")
    runs: dict[int, Run] = {}
    with open_rig() as rig:
        for orders in scales:
            runs[orders] = measured(rig, orders, rounds)
            shown(runs[orders])
    least, most = (report.percentile(runs[orders].busiest, 0.99) for orders in (min(runs), max(runs)))
    report.figure("p99 of the busiest at the largest scale (goal 10 ms)", most, "ms")
    report.figure("÷ that at the smallest (goal 2.5)", most / least, "×")
    print(f"  {'meets' if most <= GOAL_MS and most / least <= GOAL_GROWTH else 'MISSES'} the goals")


if __name__ == "__main__":
    main()
