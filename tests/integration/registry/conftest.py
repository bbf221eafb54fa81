from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.builders.registry import Registry, a_registry
from tests.rig.postgres import Database


@pytest.fixture
def registry(database: Database, tmp_path: Path) -> Generator[Registry]:
    with a_registry(database, tmp_path) as built:
        yield built
