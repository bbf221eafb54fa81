"""Keeps one embedded Postgres alive for as long as we live, and safe when we do not.

The folder is held by a lock for life. `initdb` works in a folder of its own which is then renamed, so a
kill leaves either no cluster or a whole one. Killed with −9, the postmaster leaves children which hold its
memory for a moment, and we leave a postmaster: `start` waits for both.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from deploy.local.processes import Owner, clean_environment, end, free_port, run_as, tied
from deploy.local.programs import postgres_programs
from services.chassis.files import write_private

_START_SECONDS = 30.0  # for starting it again
_RECOVERY_SECONDS = 900.0  # ended in the middle of a recovery, it would begin it anew the next time
_STOP_SECONDS = 20.0
_READY_LINE = 7  # of postmaster.pid; the first line is the process id
_INITDB = [
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
]
_SETTINGS = {"max_connections": "200", "shared_buffers": "128MB", "log_min_messages": "warning"}


class FolderInUse(Exception):
    """Another Yicha holds this folder."""


class PostgresFailed(Exception):
    """Postgres did not come up; the message ends with its log."""


class Postgres:
    """`settings` are given to the server beside our own; the port is a free one, another at each start."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._data = folder / "cluster"
        self._settings = _SETTINGS | dict(settings or {})
        self._lock: IO[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def admin_url(self, database: str = "postgres") -> str:
        return self.url("postgres", (self._folder / "password").read_text(), database)

    def url(self, role: str, password: str, database: str) -> str:
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Raises FolderInUse, PostgresFailed. Returns when connections are answered."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._owner = Owner.of(self._folder)
        self._owner.own(self._folder)
        self._take()
        try:
            self._check_reach()
            self._programs = postgres_programs(self._folder, self._owner)
            if not self._data.exists():
                self._create()
            self._end_orphan()
            self._run()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Fast shutdown: sessions are ended, everything is written."""
        if self._process is not None:
            end(self._process, signal.SIGINT, _STOP_SECONDS)
            self._process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def restart(self) -> None:
        """On the same port, after it died."""
        self._end_orphan()
        self._run()

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _take(self) -> None:
        self._lock = (self._folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            self._lock = None
            raise FolderInUse(str(self._folder)) from None

    def _check_reach(self) -> None:
        answer = subprocess.run(["test", "-w", self._folder], **run_as(self._owner))
        if answer.returncode:
            raise PostgresFailed(
                f"{self._folder} is out of reach of user {self._owner.name}, who runs Postgres for root"
            )

    def _create(self) -> None:
        fresh = self._folder / "cluster.new"
        shutil.rmtree(fresh, ignore_errors=True)
        password = self._folder / "password"
        if not password.exists():
            write_private(password, secrets.token_hex(24).encode())
        self._owner.own(password)
        command = [self._programs / "initdb", *_INITDB, f"--pwfile={password}", "-D", fresh]
        answer = subprocess.run(
            tied(command),
            capture_output=True,
            cwd=self._folder,
            env=clean_environment(),
            **run_as(self._owner),
        )
        if answer.returncode:
            raise PostgresFailed(answer.stderr.decode(errors="replace"))
        fresh.rename(self._data)

    def _run(self) -> None:
        """Tries again until the deadline: what a killed predecessor left needs up to two seconds to go."""
        log = self._folder / "postgres.log"
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        begun = time.monotonic()
        kept = self.port
        while time.monotonic() < begun + _START_SECONDS:
            self.port = kept or free_port()
            with log.open("ab") as output:
                self._process = self._spawn(output)
            while self.alive() and time.monotonic() < begun + _RECOVERY_SECONDS:
                if self._is_ready():
                    return
                time.sleep(0.02)
            time.sleep(0.2)
        raise PostgresFailed(log.read_text(errors="replace")[-2000:])

    def _spawn(self, output: IO[bytes]) -> subprocess.Popen[bytes]:
        given = self._settings | {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
        }
        options = [f"--{name}={value}" for name, value in given.items()]
        return subprocess.Popen(
            tied([self._programs / "postgres", "-D", self._data, *options], signal.SIGINT),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=self._folder,
            env=clean_environment(),
            **run_as(self._owner),
        )

    def _is_ready(self) -> bool:
        """By its own word: a test connection would also be answered by an orphan on the same port."""
        lines = self._pid_file()
        return (
            len(lines) > _READY_LINE and lines[0] == str(self.pid) and lines[_READY_LINE].strip() == "ready"
        )

    def _pid_file(self) -> list[str]:
        try:
            return (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _end_orphan(self) -> None:
        """We hold the lock, so a postmaster on our data has lost its supervisor; a pid file without one is stale."""
        lines = self._pid_file()
        if not lines:
            return
        pid = int(lines[0])
        for asked in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if not self._is_ours(pid):
                break
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, asked)
            self._wait_gone(pid, 5)
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        """A postmaster's working folder is its data; a zombie has none."""
        try:
            return Path(f"/proc/{pid}/cwd").readlink() == self._data.resolve()
        except OSError:
            return False

    def _wait_gone(self, pid: int, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self._is_ours(pid) and time.monotonic() < deadline:
            time.sleep(0.05)
