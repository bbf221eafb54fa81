"""Millions of rows through `yicha import`, on the embedded stack: how long, and in how much memory.

    .venv/bin/python -m benchmarks.millions [--rows 3000000]

No baseline: the question is whether memory and pace stay what they were after the first hundred thousand. Workers do not
run, so nobody relays the events meanwhile; they wait in the outbox.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import psutil
import psycopg

from benchmarks import report
from deploy.local.folder import Folder
from deploy.local.processes import clean_environment, free_port
from deploy.local.stack import Stack
from tests.rig.folders import reachable_folder

_LOOK_SECONDS = 1.0
_PARTS = 10
spreadsheet = importlib.import_module("benchmarks.import")  # its name is a keyword


@dataclass(frozen=True)
class Look:
    seconds: float
    rows: int
    megabytes: float


def looks(command: list[str], stack: Stack) -> Iterator[Look]:
    """While it works: what is committed so far, and what the importing process holds."""
    variables = stack.variables()
    started = time.monotonic()
    child = subprocess.Popen(command, env=clean_environment() | variables, stdout=subprocess.DEVNULL)
    process = psutil.Process(child.pid)
    with psycopg.connect(variables["YICHA_REGISTRY_DATABASE_URL"], autocommit=True) as connection:
        while child.poll() is None:
            row = connection.execute("SELECT coalesce(max(rows), 0) FROM import").fetchone()
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                held = process.memory_info().rss / 2**20
                yield Look(time.monotonic() - started, row[0] if row else 0, held)
            time.sleep(_LOOK_SECONDS)
        row = connection.execute("SELECT rows, created, state FROM import").fetchone()
    if child.returncode or row is None or row[0] != row[1] or row[2] != "finished":
        raise click.ClickException(f"the import ended with {child.returncode}: {row}")
    yield Look(time.monotonic() - started, row[0], 0)


def measured(command: list[str], stack: Stack, rows: int) -> None:
    peak, last, part = 0.0, Look(0, 0, 0), 0
    for look in looks(command, stack):
        peak = max(peak, look.megabytes)
        if look.rows * _PARTS // rows > part:
            part = look.rows * _PARTS // rows
            pace = (look.rows - last.rows) / (look.seconds - last.seconds)
            print(
                f"  {look.rows:>10,} rows {look.seconds:>8.0f} s {pace:>8,.0f} rows/s, peak {peak:,.0f} MB",
                flush=True,
            )
            last = look
    report.figure("import", last.rows / last.seconds, "rows/s")
    report.figure("its process at most", peak, "MB")


@click.command()
@click.option("--rows", default=3_000_000, show_default=True)
def main(rows: int) -> None:
    report.heading(f"import: {rows:,} rows on the embedded stack")
    with reachable_folder("millions") as place:
        folder = Folder(Path(place) / "data")
        folder.take()
        stack = Stack(folder, "127.0.0.1", free_port(), "http://127.0.0.1", click.echo)
        try:
            stack.open_database()
            path = Path(place) / "export.csv"
            spreadsheet.write_file(path, rows)
            print(f"  {path.stat().st_size / 2**20:,.0f} MB of CSV", flush=True)
            measured(
                [sys.executable, "-P", "-m", "yicha_cli", "import", "enterprises", str(path)], stack, rows
            )
        finally:
            stack.stop()


if __name__ == "__main__":
    main()
