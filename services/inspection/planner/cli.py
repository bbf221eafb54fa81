"""`yicha joint-plan`: the same plan as through the API, printed; nothing is stored or joined."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import click
from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis import clock
from services.chassis.database import open_pool
from services.chassis.policy import policies
from services.chassis.settings import Settings
from services.inspection.planner.model import Plan, Problem
from services.inspection.planner.planning import plan
from services.inspection.planner.reader import Asked, read_problem

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("joint-plan")
@click.option("--area", required=True, help="What the area codes of the premises begin with, e.g. 321391.")
@click.option("--from", "starts_on", type=_DAY, required=True, help="First day of the period.")
@click.option("--to", "ends_on", type=_DAY, required=True, help="Last day of the period.")
@click.option("--seconds", default=60.0, show_default=True, help="Time for the solver.")
@click.option("--visits-a-day", default=2, show_default=True, help="That one inspector makes.")
@click.option("--joined", is_flag=True, help="Print only visits that serve several orders.")
def joint_plan(
    area: str, starts_on: datetime, ends_on: datetime, seconds: float, visits_a_day: int, joined: bool
) -> None:
    """Plan the fewest visits for the open orders of an area. 综合查一次：以最少次数安排检查。"""
    asked = Asked(area=area, starts_on=starts_on.date(), ends_on=ends_on.date(), visits_a_day=visits_a_day)
    if asked.ends_on < asked.starts_on:
        raise click.BadParameter("the period ends before it begins 结束早于开始", param_hint="--to")
    settings = Settings.from_env("inspection")
    with open_pool(settings.database_url, 1, "joint-plan") as pool, pool.connection() as connection:
        problem = read_problem(connection, asked, policies(), clock.now())
        names = _names(connection, problem)
        connection.commit()
    with click.progressbar(length=100, label="综合查一次") as bar:
        made = plan(problem, seconds=seconds, told=lambda share: bar.update(round(100 * share) - bar.pos))
    for line in _table(made, problem, names, joined):
        click.echo(line)
    click.echo(_figures(made))


def _names(connection: Connection[DictRow], problem: Problem) -> dict[UUID, str]:
    rows = connection.execute(
        "SELECT enterprise_id, name FROM enterprise WHERE enterprise_id = ANY (%s)",
        (sorted({order.enterprise_id for order in problem.orders}),),
    ).fetchall()
    return {row["enterprise_id"]: row["name"] for row in rows}


def _table(made: Plan, problem: Problem, names: dict[UUID, str], joined: bool) -> Iterator[str]:
    for visit in made.visits:
        if visit.joined or not joined:
            agencies = [visit.lead, *(a for order in visit.orders for a in order.agencies)]
            parties = "、".join(problem.agencies[a].name for a in dict.fromkeys(agencies))
            yield (
                f"{visit.day}  {names.get(visit.enterprise_id, '')}  {len(visit.orders)} 单 orders  "
                f"{visit.headcount} 人 people  {parties}"
            )
    for apart in made.apart:
        if not apart.served:
            why = "；".join(f"{one.text.zh} {one.text.en}" for one in apart.why)
            yield f"未安排 not served  {apart.order.order_id}  {why}"


def _figures(made: Plan) -> str:
    saved = made.without.visits - made.planned.visits
    hours = made.without.person_hours - made.planned.person_hours
    orders = sum(len(visit.orders) for visit in made.visits)
    return (
        f"{orders} 张检查单 orders → {len(made.visits)} 次检查 visits，下界 bound {made.bound}，"
        f"差距 gap {made.gap:.2%} ({made.status})，未安排 not served {len(made.unserved)}\n"
        f"比不联合少 saved against no joining: {saved} 次 visits，{hours:.0f} 人时 person-hours；"
        f"{made.seconds:.1f} s，{made.parts} 组 parts，其中分解 decomposed {made.decomposed}"
    )
