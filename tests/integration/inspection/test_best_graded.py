"""F6: how many of the best graded are inspected is counted where it happens, and equals a recount whatever happened."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest

from services.chassis.database import UnitOfWork
from services.inspection.gate.past import BestGraded
from services.inspection.orders import store
from services.inspection.orders.commands.end import expire_due
from services.inspection.orders.model import State
from tests.builders.inspection import a_staff, a_town, replicate
from tests.builders.past import SUQIAN, a_scene, an_enterprise_in

ROUNDS = 200


@pytest.fixture(scope="module")
def town(postgres, tmp_path_factory):
    with postgres.database() as database, a_town(database, tmp_path_factory.mktemp("town")) as town:
        yield town


def june(day):
    return date(2026, 6, day)


def best(town, area, count, grade="A", **changes):
    made = [an_enterprise_in(area, grade=grade, **changes) for _ in range(count)]
    replicate(town.pool, *made)
    return made


def test_f6_counts_the_best_of_the_section_in_the_agencys_area(town):
    scene = a_scene(town, SUQIAN, grade="A", level="city")
    city = replace(scene, staff=a_staff(area_code="321300"))
    replicate(town.pool, *city.staff.events)
    before = city.facts(june(20)).past.best_graded
    best(town, SUQIAN, 3)
    best(town, "321302", 2)
    best(town, "320102", 5)
    best(town, SUQIAN, 4, industry="H6210")
    best(town, SUQIAN, 4, grade="B")
    after = city.facts(june(20)).past.best_graded
    assert after == replace(before, enterprises=before.enterprises + 5)
    assert scene.facts(june(20)).past.best_graded.enterprises == before.enterprises + 3


def test_f6_counts_each_enterprise_once_and_by_plan_only(town):
    scene = a_scene(town, "321311", grade="A")
    others = [replace(scene, enterprise=enterprise) for enterprise in best(town, "321311", 3)]
    others[0].visited(june(1))
    others[0].visited(june(2), trigger="random")
    others[1].visited(june(3), trigger="complaint")
    others[2].visited(date(2025, 12, 1))
    scene.visited(june(4))
    assert scene.facts(june(20)).past.best_graded == BestGraded(enterprises=4, inspected=1)


def test_f6_gives_the_place_back_when_an_order_falls(town):
    scene = a_scene(town, "321322", grade="A")
    other = replace(scene, enterprise=best(town, "321322", 1)[0])
    order = other.planned(june(9), june(12))
    assert scene.facts(june(20)).past.best_graded.inspected == 1
    with town.pool.connection() as connection:
        store.save(connection, replace(order, state=State.CANCELLED))
    assert scene.facts(june(20)).past.best_graded.inspected == 0


def rows(connection, sql):
    return {tuple(row.values()) for row in connection.execute(sql).fetchall()}


def recount(town):
    """Every table that is kept, beside what it is kept of."""
    pairs = (
        (
            "SELECT section, area_code, enterprises FROM best_graded WHERE enterprises <> 0",
            "SELECT left(industry, 1), area_code, count(*) FROM enterprise WHERE grade = 'A' AND active GROUP BY 1, 2",
        ),
        (
            "SELECT order_id, year FROM best_graded_order",
            "SELECT o.order_id, extract(year FROM o.starts_on)::int FROM orders o "
            "JOIN enterprise e ON e.enterprise_id = o.enterprise_id AND e.grade = 'A' "
            "WHERE o.standing AND (o.trigger IN ('routine', 'random', 'campaign') OR EXISTS (SELECT FROM order_item i "
            "WHERE i.order_id = o.order_id AND i.trigger IN ('routine', 'random', 'campaign')))",
        ),
        (
            "SELECT section, year, enterprise_id, area_code, moved FROM best_graded_place",
            "SELECT section, year, enterprise_id, area_code, count(*) OVER (PARTITION BY section, year, enterprise_id) > 1 "
            "FROM best_graded_order GROUP BY section, year, enterprise_id, area_code",
        ),
        (
            "SELECT section, year, area_code, enterprises FROM best_graded_inspected WHERE enterprises <> 0",
            "SELECT section, year, area_code, count(DISTINCT enterprise_id) FROM best_graded_order GROUP BY 1, 2, 3",
        ),
    )
    with town.pool.connection() as connection:
        return [(rows(connection, counted), rows(connection, anew)) for counted, anew in pairs]


def assert_recount_agrees(town):
    for counted, anew in recount(town):
        assert counted == anew


def ended(town, order, state=State.CANCELLED):
    with town.pool.connection() as connection:
        store.save(connection, replace(order, state=state))


def test_f6_a_changed_grade_moves_the_counter_and_a_recount_agrees(town):
    """Up, down, into another section and area, shut: whatever a batch brings."""
    made = best(town, "321323", 4)
    replicate(
        town.pool,
        replace(made[0], version=2, grade="B"),
        replace(made[1], version=2, industry="F5211"),
        replace(made[2], version=2, area_code="321324"),
        replace(made[3], version=2, active=False),
    )
    replicate(town.pool, replace(made[0], version=3, grade="A"), replace(made[3], version=1, active=True))
    assert_recount_agrees(town)


def test_f6_a_place_is_kept_while_one_of_its_orders_stands(town):
    scene = a_scene(town, "321302", grade="A")
    other = replace(scene, enterprise=best(town, "321302", 1)[0])
    first, second = other.planned(june(9), june(12)), other.planned(june(15), june(16))
    ended(town, first)
    assert scene.facts(june(20)).past.best_graded.inspected == 1
    with town.pool.connection() as connection:
        store.save(connection, replace(second, starts_on=date(2027, 1, 4), ends_on=date(2027, 1, 6)))
    assert scene.facts(june(20)).past.best_graded.inspected == 0
    assert scene.facts(date(2027, 1, 20)).past.best_graded.inspected == 1
    assert_recount_agrees(town)


def test_f6_one_that_moved_within_the_city_counts_once_there(town):
    scene = a_scene(town, "321311", grade="A")
    city = replace(scene, staff=a_staff(area_code="321300"))
    replicate(town.pool, *city.staff.events)
    before = city.facts(june(20)).past.best_graded.inspected
    mover = an_enterprise_in("321322", grade="A")
    replicate(town.pool, mover)
    here = replace(scene, enterprise=mover)
    first = here.planned(june(9), june(12))
    replicate(town.pool, replace(mover, version=2, area_code="321323"))
    here.planned(june(15), june(16))
    assert city.facts(june(20)).past.best_graded.inspected == before + 1
    itself = replace(city, enterprise=mover).facts(june(20)).past.best_graded.inspected
    assert itself == before
    ended(town, first)
    assert city.facts(june(20)).past.best_graded.inspected == before + 1
    assert_recount_agrees(town)


def taken(town, scene):
    with town.pool.connection() as connection:
        found = connection.execute(
            "SELECT FROM best_graded_place WHERE enterprise_id = %s", (scene.enterprise.enterprise_id,)
        )
        return found.fetchone() is not None


def all_at_once(town, *batches):
    """Each batch in a transaction and thread of its own; all of them commit at the same moment."""
    barrier = Barrier(len(batches))

    def save(orders):
        with UnitOfWork(town.pool, "/inspection") as uow:
            for order in orders:
                store.save(uow.connection, order)
            barrier.wait()
            uow.commit()

    with ThreadPoolExecutor(len(batches)) as pool:
        list(pool.map(save, batches))


def standing(order, stands):
    return replace(order, state=State.ISSUED if stands else State.CANCELLED)


def test_f6_orders_of_one_enterprise_that_fall_and_rise_at_once_are_one_place(town):
    scene = a_scene(town, "321324", grade="A")
    orders = [scene.planned(june(9), june(12)) for _ in range(3)]
    for number in range(ROUNDS):
        stands = bool(number % 2)
        all_at_once(town, *([standing(order, stands)] for order in orders))
        assert taken(town, scene) is stands
    assert_recount_agrees(town)


def test_f6_the_last_two_orders_of_an_enterprise_cannot_each_leave_the_place_to_the_other(town):
    """One has counted and is not committed yet: the other must wait for it, or would still see its order."""
    scene = a_scene(town, "321324", grade="A")
    orders = [scene.planned(june(9), june(12)) for _ in range(2)]
    with town.pool.connection() as first, ThreadPoolExecutor(1) as pool:
        store.save(first, standing(orders[0], False))
        first.execute("SET CONSTRAINTS ALL IMMEDIATE")
        other = pool.submit(ended, town, orders[1])
        wait_until_blocked_or(other.done, town)
        first.commit()
        other.result()
    assert taken(town, scene) is False
    assert_recount_agrees(town)


def wait_until_blocked_or(done, town):
    with town.pool.connection() as connection:
        connection.autocommit = True
        waiting = "SELECT FROM pg_locks WHERE NOT granted AND locktype = 'advisory'"
        while not done() and connection.execute(waiting).fetchone() is None:
            time.sleep(0.005)
        connection.autocommit = False


def test_f6_batches_that_meet_from_both_ends_finish(town):
    """What expires in one transaction is of many sections; two of them in opposite order close no circle."""
    scene = a_scene(town, "321391", grade="A")
    places = [replace(scene, enterprise=best(town, "321391", 1, industry=f"{s}1000")[0]) for s in "FGHIJKLM"]
    up, down = ([place.planned(june(9), june(12)) for place in places] for _ in range(2))
    for number in range(ROUNDS):
        fallen = [[standing(order, bool(number % 2)) for order in batch] for batch in (up, down[::-1])]
        all_at_once(town, *fallen)
    assert_recount_agrees(town)


def test_f6_what_the_clock_lets_go_gives_its_places_back(town):
    scene = a_scene(town, "321302", grade="A")
    for enterprise in best(town, "321302", 3):
        replace(scene, enterprise=enterprise).planned(date(2025, 3, 3), date(2025, 3, 4))
    with UnitOfWork(town.pool, "/inspection") as uow:
        assert expire_due(uow, date(2025, 4, 1), 10) == 3
        uow.commit()
    assert scene.facts(date(2025, 4, 20)).past.best_graded.inspected == 0
    assert_recount_agrees(town)
