"""Workers killed with −9 at random moments: nothing is lost, nothing counts twice, order holds."""

import os
import random
import subprocess
import sys
import time

import pytest

from services.chassis.ids import new_id
from tests.builders.events import a_life
from tests.integration.events.conftest import Road, eventually, transport_for

KILLS = 12
ORDERS = 30
STEPS = 20


@pytest.fixture(params=["postgres", pytest.param("kafka", marks=pytest.mark.xdist_group("kafka"))])
def road(request, database):
    road = Road(request.param, transport_for(request, database), database)
    yield road
    road.pool.close()


def address(road, request, database) -> str:
    return database.event_log_url if road.name == "postgres" else request.getfixturevalue("kafka").bootstrap


def test_workers_killed_at_any_moment_lose_nothing(road, request, database):
    group = f"oversight-{new_id().hex}"
    where = address(road, request, database)

    def start() -> subprocess.Popen:
        command = [sys.executable, "-m", "tests.faults.events.worker", road.name, where]
        return subprocess.Popen(
            [*command, road.producer_url, road.effects.url, group],
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            stdout=subprocess.DEVNULL,
        )

    orders = [new_id() for _ in range(ORDERS)]
    steps = list(zip(*(a_life(order, STEPS) for order in orders), strict=True))
    chance = random.Random(7)
    workers = [start(), start()]
    try:
        for number in range(KILLS):
            for step in steps[number * STEPS // KILLS : (number + 1) * STEPS // KILLS]:
                road.emit(*step)
            time.sleep(chance.uniform(0.3, 1.5))
            victim = chance.randrange(2)
            workers[victim].kill()
            workers[victim].wait()
            workers[victim] = start()
        eventually(lambda: road.effects.count(group) == ORDERS * STEPS, 90)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    for order in orders:
        assert road.effects.versions(group, order) == list(range(1, STEPS + 1))
    assert road.effects.parked(group) == 0
    assert road.effects.dead(group) == []


def test_connections_cut_by_the_server_lose_nothing(road):
    """A failover: every session of everybody ends, again and again."""
    orders = [new_id() for _ in range(10)]
    subscription = road.effects.subscription(batch=20)
    with road.relaying(), road.consuming(subscription):
        for steps in zip(*(a_life(order, 8) for order in orders), strict=True):
            road.emit(*steps)
            time.sleep(0.2)
            cut_all(road)
        eventually(lambda: road.effects.count(subscription.group) == 80, 90)
    for order in orders:
        assert road.effects.versions(subscription.group, order) == list(range(1, 9))
    assert road.effects.dead(subscription.group) == []


def cut_all(road) -> None:
    import psycopg

    for url in (road.producer_url, road.effects.url):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()
                """
            )
