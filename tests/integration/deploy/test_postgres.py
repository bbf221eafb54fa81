"""The embedded Postgres survives what machines do to it."""

import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from deploy.local.postgres import FolderInUse, Postgres
from tests.rig.folders import reachable_folder

WRITER = """
import sys
from pathlib import Path
import psycopg
from deploy.local.postgres import Postgres

server = Postgres(Path(sys.argv[1]))
server.start()
with psycopg.connect(server.admin_url(), autocommit=True) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS kept (n int PRIMARY KEY)")
    last = connection.execute("SELECT coalesce(max(n), 0) FROM kept").fetchone()[0]
    for n in range(last + 1, 1_000_000):
        connection.execute("INSERT INTO kept VALUES (%s)", (n,))
        print(n, flush=True)
"""


@pytest.fixture
def folder():
    with reachable_folder("supervised") as made:
        yield made / "postgres"


@pytest.fixture
def server(folder):
    made = Postgres(folder)
    made.start()
    yield made
    made.stop()


def ask(server, statement):
    with psycopg.connect(server.admin_url(), autocommit=True) as connection:
        return connection.execute(statement).fetchone()


def test_it_speaks_utf8_and_sorts_by_code_point_everywhere(server):
    assert ask(server, "SELECT datcollate, datlocprovider FROM pg_database WHERE datname = 'postgres'") == (
        "C",
        "b",
    )
    assert ask(server, "SHOW server_encoding") == ("UTF8",)


def test_nobody_enters_without_the_password(server):
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url("postgres", "guessed", "postgres"))


def test_a_folder_serves_one_at_a_time(server, folder):
    with pytest.raises(FolderInUse):
        Postgres(folder).start()
    assert ask(server, "SELECT 1") == (1,)


def test_a_killed_postmaster_comes_back_on_the_same_port(server):
    port = server.port
    os.kill(server.pid, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while server.alive() and time.monotonic() < deadline:
        time.sleep(0.01)
    server.restart()
    assert server.port == port
    assert ask(server, "SELECT 1") == (1,)


def test_a_server_that_is_still_recovering_is_waited_for(folder, monkeypatch):
    monkeypatch.setattr("deploy.local.postgres._START_SECONDS", 0.01)
    server = Postgres(folder)
    server.start()
    assert ask(server, "SELECT 1") == (1,)
    server.stop()


def test_a_stale_pid_file_is_no_hindrance(server, folder):
    """After a power cut the number in it may belong to anyone; here it is ours."""
    server.stop()
    (folder / "cluster" / "postmaster.pid").write_text(f"{os.getpid()}\n{folder / 'cluster'}\n0\n5432\n\n\n")
    server.start()
    assert ask(server, "SELECT 1") == (1,)


def test_half_an_initdb_is_thrown_away(folder):
    (folder / "cluster.new" / "base").mkdir(parents=True)
    server = Postgres(folder)
    server.start()
    assert ask(server, "SELECT 1") == (1,)
    server.stop()


def test_killed_in_the_middle_of_writing_it_keeps_all_that_was_acknowledged(folder):
    acknowledged = 0
    for _ in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert writer.stdout is not None
        with writer.stdout:
            for line in writer.stdout:
                acknowledged = int(line)
                if acknowledged % 200 == 0:
                    writer.kill()
                    break
            acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
        writer.wait()
    server = Postgres(folder)
    server.start()
    count, last = ask(server, "SELECT count(*), max(n) FROM kept")
    server.stop()
    assert acknowledged > 0
    assert count == last
    assert last >= acknowledged
