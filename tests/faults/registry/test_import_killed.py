"""An import whose process is killed with −9 goes on behind its last committed chunk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from services.chassis.identity import Role
from tests.builders.registry import a_csv, a_principal, a_registry, an_export_row

REGISTRAR = a_principal(Role.REGISTRAR)
ROWS = 6_000
_WORKER = """
import resource, sys
from pathlib import Path
from services.chassis.database import open_pool
from services.registry.enterprises.contacts import Vault
from services.registry.imports import run
from services.registry.imports.work import work_off

url, secrets, chunk = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
run.CHUNK_ROWS = chunk
pool = open_pool(url, 2, "killed-import")
work_off(pool, Vault(secrets), stop=lambda: False)
pool.close()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.fixture
def registry(database, tmp_path):
    with a_registry(database, tmp_path) as built:
        yield built


def a_worker(registry, chunk: int, temporary: Path | None = None) -> subprocess.Popen[bytes]:
    settings = registry.app.extensions["yicha.settings"]
    arguments = [sys.executable, "-c", _WORKER, settings.database_url, str(settings.secrets_dir), str(chunk)]
    place = {"TMPDIR": str(temporary)} if temporary else {}
    return subprocess.Popen(
        arguments, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3], env={**os.environ, **place}
    )


def shown(registry, import_id):
    return registry.call("GET", f"/imports/{import_id}", REGISTRAR).json


def test_killed_again_and_again_it_ends_with_every_row_once_and_leaves_no_file(registry, tmp_path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    rows = [*(an_export_row(number) for number in range(1, ROWS + 1)), an_export_row(7)]
    import_id = registry.upload(a_csv(rows)).json["import_id"]
    kills = 0
    while shown(registry, import_id)["state"] != "finished":
        before = shown(registry, import_id)["rows"]
        worker = a_worker(registry, 200, temporary)
        while worker.poll() is None and (kills >= 4 or shown(registry, import_id)["rows"] < before + 400):
            time.sleep(0.01)
        if worker.poll() is None:
            os.kill(worker.pid, signal.SIGKILL)
            kills += 1
        worker.communicate()
        _until_the_lock_is_gone(registry)
    done = shown(registry, import_id)
    assert kills >= 3
    assert list(temporary.iterdir()) == []
    assert (done["rows"], done["created"], done["duplicates"]) == (ROWS + 1, ROWS, 1)
    with registry.pool.connection() as connection:
        told = connection.execute(
            "SELECT count(*) AS events, count(DISTINCT aggregateid) AS subjects, max(version) AS newest FROM outbox"
        ).fetchone()
    assert told == {"events": ROWS, "subjects": ROWS, "newest": 1}


def test_memory_does_not_grow_with_the_file(registry):
    """Ten times the rows, hardly more memory."""
    small = _peak(registry, range(1, 4_001))
    large = _peak(registry, range(10_001, 50_001))
    assert large < small * 1.25


def _peak(registry, numbers) -> int:
    upload = registry.upload(a_csv(an_export_row(number) for number in numbers))
    assert upload.status_code == 202
    output, _ = a_worker(registry, 2_000).communicate()
    assert shown(registry, upload.json["import_id"])["created"] == len(numbers)
    return int(output.split()[-1])


def _until_the_lock_is_gone(registry):
    """The server notices a killed client as soon as it next speaks to it."""
    with registry.pool.connection() as connection:
        connection.autocommit = True
        while connection.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'").fetchone():
            time.sleep(0.01)
        connection.autocommit = False
