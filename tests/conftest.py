"""Fixtures of the rig: real Postgres and real Kafka, started once a test process and only when asked for."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.rig import postgres as postgres_rig
from tests.rig.postgres import Database, PostgresRig


@pytest.fixture(scope="session")
def postgres() -> Generator[PostgresRig]:
    with postgres_rig.open_rig() as rig:
        yield rig


@pytest.fixture
def database(postgres: PostgresRig) -> Generator[Database]:
    """Fresh, migrated, this test's own."""
    with postgres.database() as fresh:
        yield fresh
