"""A profile run over past orders: what it sees is what the gate saw, and it writes nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

import msgspec
import psycopg
import pytest

from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.identity import Role
from services.chassis.ids import new_id
from services.chassis.policy import policies
from services.inspection.computations.makers import MAKERS
from services.inspection.computations.work import work_off
from services.inspection.gate.reader import read_facts
from services.inspection.orders.history import PastOrder as Loaded
from services.inspection.orders.history import load_history
from services.inspection.simulation import simulate as simulating
from services.inspection.simulation.archive import read_archive, read_desk
from services.inspection.simulation.report import lines
from services.inspection.simulation.simulate import Question, simulate
from services.inspection.simulation.then import Then
from tests.builders.inspection import (
    COORDINATOR,
    a_principal,
    a_town,
    an_enterprise,
    replicate,
    today,
)

SUQIAN = replace(next(profile for profile in policies().profiles if profile.name == "suqian"), areas=("",))
STRICT = replace(
    SUQIAN,
    version="tried",
    zero_finding_streak=2,
    visits_per_day=1,
    visits_per_week=1,
    visits_per_month=2,
    reasonable_per_year=1,
    top_grade_share=None,
)


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def a_past(town, chance, count=40) -> list[Loaded]:
    """Visits of both agencies to the town's enterprise over a year."""
    return [a_visit(town, chance, chance.randint(10, 350)) for _ in range(count)]


def a_visit(town, chance, days_ago, **changes) -> Loaded:
    staff = chance.choice([town.safety, town.fire])
    starts_on = today() - timedelta(days=days_ago)
    arrived = clock.now() - timedelta(days=days_ago - 1)
    given = {
        "order_id": new_id(),
        "agency_id": staff.agency_id,
        "enterprise_id": town.enterprise.enterprise_id,
        "premises_id": town.enterprise.premises[0].premises_id,
        "items": (staff.item.item_id,),
        "inspectors": tuple(i.inspector_id for i in staff.inspectors),
        "trigger": chance.choice(["routine", "random", "complaint", "recheck"]),
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=3),
        "entered_at": arrived if chance.random() < 0.8 else None,
        "result": chance.choice(["no_problem", "no_problem", "order_rectification"]),
        "concluded_at": arrived + timedelta(hours=2),
    }
    return Loaded(**given | changes)


def load(town, orders):
    with UnitOfWork(town.pool, "/inspection") as uow:
        load_history(uow, orders)
        uow.commit()


def some_brought_by_guests(town):
    """As if other orders had been joined to these, each item under its own trigger."""
    with town.pool.connection() as connection:
        connection.execute(
            "UPDATE order_item SET trigger = (ARRAY['recheck', 'routine', 'complaint'])[1 + abs(uuid_hash(order_id)) % 5]"
        )


def a_year_ago():
    return today() - timedelta(days=365)


def simulated(town, profile, **changes):
    asked = {"profile": profile, "starts_on": a_year_ago(), "ends_on": today()}
    with town.pool.connection() as connection:
        return simulate(connection, Question(**asked | changes), policies())


@pytest.mark.parametrize("profile", [SUQIAN, STRICT], ids=lambda profile: profile.version)
def test_the_archive_tells_of_today_what_the_gate_reads(town, profile):
    """Every fact of every order, both ways: a fact that the gate learns to read must be learnt here as well."""
    load(town, a_past(town, Random(4)))
    some_brought_by_guests(town)
    town.issued()
    town.submitted(town.fire)
    only = replace(policies(), profiles=(profile,))
    now = clock.now()
    with town.pool.connection() as connection:
        desk = read_desk(connection, a_year_ago(), today())
        archive = read_archive(connection, [town.enterprise.enterprise_id])
        orders = archive.orders[town.enterprise.enterprise_id]
        assert len(orders) == 42
        for order in orders:
            then = Then(order, now, desk, archive)
            read = read_facts(connection, then.proposal, only, now)
            assert unordered(then.facts(read.profile)) == unordered(read)


def unordered(facts):
    """Lists that promise no order, in one."""

    def settled(value):
        if isinstance(value, dict):
            return {key: settled(inner) for key, inner in value.items()}
        return sorted(map(settled, value), key=str) if isinstance(value, list) else value

    return settled(msgspec.to_builtins(replace(facts, profile=None), builtin_types=(UUID, date)))


def test_the_past_is_judged_by_what_was_known_then(town):
    """The first order of two saw none before it, whatever came after."""
    chance = Random(1)
    first, second = (
        a_visit(
            town,
            chance,
            days,
            trigger="complaint",
            agency_id=town.safety.agency_id,
            items=(town.safety.item.item_id,),
        )
        for days in (40, 20)
    )
    load(town, [first, second])
    found = simulated(town, replace(STRICT, reasonable_per_year=1))
    f2 = [row for row in found.table() if row["rule"] == "F2"]
    assert [(row["then"], row["given"]) for row in f2] == [(0, same_year(first, second))]


def same_year(first, second) -> int:
    return int(first.starts_on.year == second.starts_on.year)


def test_a_profile_that_changes_nothing_differs_in_nothing(town):
    load(town, a_past(town, Random(2)))
    question = Question(profile=SUQIAN, starts_on=a_year_ago(), ends_on=today())
    with town.pool.connection() as connection:
        found = simulate(connection, question, replace(policies(), profiles=(SUQIAN,)))
    assert found.orders == 40
    assert found.table()
    assert all(row["difference"] == 0 for row in found.table())
    assert found.then == found.given


def test_a_stricter_profile_shows_what_it_would_have_asked(town):
    load(town, a_past(town, Random(3)))
    found = simulated(town, STRICT)
    rules = {row["rule"] for row in found.table() if int(row["difference"]) > 0}
    assert {"F3", "F4"} <= rules
    assert found.given.free <= found.then.free
    agencies = {row["agency"] for row in found.table()}
    assert agencies == {town.safety.agency.name, town.fire.agency.name}


def test_orders_that_waited_side_by_side_would_have_been_joined(town):
    chance = Random(5)
    starts_on = today() - timedelta(days=30)
    pair = [
        a_visit(town, chance, 30, agency_id=staff.agency_id, items=(staff.item.item_id,), starts_on=starts_on)
        for staff in (town.safety, town.fire)
    ]
    load(town, pair)
    assert simulated(town, SUQIAN).given.joined == 2
    assert simulated(town, SUQIAN, area="44").orders == 0


def test_orders_of_areas_the_profile_does_not_govern_are_left_out(town):
    load(town, a_past(town, Random(6), 5))
    found = simulated(town, replace(SUQIAN, areas=("4403",)))
    assert (found.orders, found.outside) == (0, 5)


def test_a_simulation_cannot_write(town, monkeypatch):
    """Whatever a rule tried, the transaction is read-only."""
    load(town, a_past(town, Random(7), 3))
    with town.pool.connection() as connection:
        monkeypatch.setattr(
            simulating, "judge", lambda facts, stage: connection.execute("DELETE FROM finding")
        )
        question = Question(profile=SUQIAN, starts_on=a_year_ago(), ends_on=today())
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            simulate(connection, question, policies())


def test_a_simulation_reads_in_few_statements(town):
    """As many for five hundred orders as for five."""
    made = []
    for count in (5, 500):
        load(town, a_past(town, Random(8), count))
        with town.pool.connection() as connection:
            statements = counting(connection)
            simulate(
                connection, Question(profile=SUQIAN, starts_on=a_year_ago(), ends_on=today()), policies()
            )
            made.append(len(statements))
    assert made[0] == made[1] <= 20


def counting(connection) -> list[object]:
    seen: list[object] = []
    plain = connection.execute

    def execute(*given, **more):
        seen.append(given)
        return plain(*given, **more)

    connection.execute = execute
    return seen


def test_the_csv_has_a_line_for_each_agency_rule_and_outcome(town):
    load(town, a_past(town, Random(9)))
    replicate(town.pool, an_enterprise())
    found = simulated(town, STRICT)
    rows = list(csv.DictReader(io.StringIO("".join(lines(found.table())).removeprefix("\ufeff"))))
    assert len(rows) == len(found.table())
    assert {"机关 agency", "规则 rule"} <= rows[0].keys()


ADMIN = a_principal(Role.SYSTEM_ADMIN)
TRIED = """
extends: default
name: tried
version: "1"
in_force_from: 2025-01-01
areas: [""]
reasonable_per_year: 1
"""


def asked(town, by=ADMIN, **changes):
    body = {"profile": TRIED, "starts_on": str(a_year_ago()), "ends_on": str(today())}
    return town.call("POST", "/simulations", by, json=body | changes)


@pytest.mark.parametrize("by", [ADMIN, COORDINATOR], ids=["administrator", "coordinator"])
def test_a_simulation_is_asked_for_and_made_by_a_worker(town, by):
    load(town, a_past(town, Random(10)))
    simulation = asked(town, by).json
    path = f"/simulations/{simulation['simulation_id']}"
    assert town.call("GET", f"{path}/table.csv", by).status_code == 409
    work_off(town.pool, MAKERS, stop=lambda: False)
    done = town.call("GET", path, by).json
    assert (done["state"], done["profile"], done["outcomes"]["orders"]) == ("finished", "tried@1", 40)
    assert done["outcomes"]["given"]["justified"] >= done["outcomes"]["then"]["justified"]
    table = town.call("GET", f"{path}/table.csv", by)
    assert table.mimetype == "text/csv"
    assert len(table.text.splitlines()) == len(done["outcomes"]["rows"]) + 1
    [listed] = town.call("GET", "/simulations", by).json["items"]
    assert listed["simulation_id"] == simulation["simulation_id"]


def test_a_simulation_is_not_for_everybody(town):
    assert asked(town, town.safety.clerk).status_code == 403


@pytest.mark.parametrize(
    "profile",
    [
        "quiet_until_day: 20",
        TRIED + "quiet_untill_day: 20",
        TRIED.replace("default", "../../../secrets"),
        TRIED.replace("extends: default", "extends: [default]"),
        TRIED.replace("2025-01-01", "!!timestamp 2025-99-99"),
        "[" * 15_000,
        "just words",
        ": :",
    ],
)
def test_a_bad_profile_is_refused_and_says_where(town, profile):
    answer = asked(town, profile=profile)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/profile"


def test_a_period_that_ends_before_it_begins_is_refused(town):
    answer = asked(town, ends_on=str(a_year_ago() - timedelta(days=1)))
    assert answer.status_code == 422
