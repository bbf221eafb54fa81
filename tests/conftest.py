"""Fixtures of the rig: real Postgres and real Kafka, started once a test process and only when asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

from tests.rig import groups
from tests.rig import kafka as kafka_rig
from tests.rig import postgres as postgres_rig
from tests.rig.groups import pytest_runtest_teardown as pytest_runtest_teardown
from tests.rig.kafka import Kafka
from tests.rig.postgres import Database, PostgresRig

# tests start the product some hundred times: each process would compile all of it anew
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# how long examples take to be made says how busy the machine is
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


@pytest.fixture(scope="session")
def postgres() -> Generator[PostgresRig]:
    with postgres_rig.open_rig() as rig:
        yield rig


@pytest.fixture
def database(postgres: PostgresRig) -> Generator[Database]:
    """Fresh, migrated, this test's own."""
    with postgres.database() as fresh:
        yield fresh


@pytest.fixture(scope="session")
def kafka() -> Generator[Kafka]:
    """One broker. Its tests belong to one xdist group."""
    yield from groups.lent("kafka", kafka_rig.open_kafka(1))


@pytest.fixture(scope="session")
def kafka3() -> Generator[Kafka]:
    """Three brokers, replication 3: one may be killed. Its tests belong to one xdist group."""
    yield from groups.lent("kafka3", kafka_rig.open_kafka(3))
