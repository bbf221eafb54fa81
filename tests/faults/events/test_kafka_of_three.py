"""What three brokers survive together."""

import time

import pytest

from services.chassis.ids import new_id
from tests.builders.events import a_life
from tests.integration.events.conftest import Road, empty_kafka, eventually

# After an outage kafka-python leaves the sockets of failed attempts to the garbage collector.
leaks = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
pytestmark = [leaks, pytest.mark.xdist_group("kafka3")]


def test_one_broker_of_three_may_die_and_work_goes_on(kafka3, database):
    road = Road("kafka", empty_kafka(kafka3.bootstrap, replication=3), database)
    order = new_id()
    subscription = road.effects.subscription()
    steps = a_life(order, 20)
    with road.relaying(), road.consuming(subscription):
        road.emit(*steps[:5])
        eventually(lambda: road.effects.count(subscription.group) == 5)
        kafka3.kill(0)
        try:
            for step in steps[5:]:
                road.emit(step)
                time.sleep(0.2)
            eventually(lambda: road.effects.count(subscription.group) == 20, 60)
        finally:
            kafka3.start(0)
    assert road.effects.versions(subscription.group, order) == list(range(1, 21))
    road.pool.close()
