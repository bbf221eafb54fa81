"""Child processes which do not outlive us."""

from __future__ import annotations

import errno
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

_UNPRIVILEGED = ("postgres", "nobody")
_PORTS = range(20000, 32000)  # below the ephemeral range, which outgoing connections draw from


@dataclass(frozen=True)
class Owner:
    """Who runs Postgres and owns its files: Postgres refuses to run as root."""

    name: str
    uid: int
    gid: int

    @classmethod
    def of(cls, folder: Path) -> Owner:
        """Ourselves; as root, whoever owns the folder already, else an unprivileged user of the system."""
        uid = folder.stat().st_uid if folder.exists() else 0
        if os.geteuid() != 0:
            return cls._from(pwd.getpwuid(os.geteuid()))
        if uid != 0:
            return cls._from(pwd.getpwuid(uid))
        for name in _UNPRIVILEGED:
            try:
                return cls._from(pwd.getpwnam(name))
            except KeyError:
                continue
        raise LookupError(f"as root, one of the users {', '.join(_UNPRIVILEGED)} is needed to run Postgres")

    @classmethod
    def _from(cls, entry: pwd.struct_passwd) -> Owner:
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    def own(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)


def tied(arguments: Sequence[str | Path], death: signal.Signals = signal.SIGKILL) -> list[str]:
    """The command line of a child which the kernel sends `death` when the thread that started it is gone.

    Start it from the main thread. Without setpriv (not Linux) the child is only stopped by an orderly end.
    """
    setpriv = shutil.which("setpriv")
    prefix = [setpriv, "--pdeathsig", death.name.removeprefix("SIG")] if setpriv else []
    return [*prefix, *map(str, arguments)]


class NotHere(Exception):
    """Nobody could listen there: an unknown host, a port that is not ours to take. The message says why."""


class RunAs(TypedDict, total=False):
    start_new_session: bool
    user: int
    group: int
    extra_groups: list[int]


def run_as(owner: Owner) -> RunAs:
    """Arguments for Popen: a session of its own, so that Ctrl-C reaches the supervisor alone."""
    if os.geteuid() != 0:
        return {"start_new_session": True}
    return {"start_new_session": True, "user": owner.uid, "group": owner.gid, "extra_groups": []}


def free_port(host: str = "127.0.0.1") -> int:
    """A port nobody listens on now, taken at random so that two who ask at once rarely meet."""
    for port in random.sample(_PORTS, 50):
        if is_free(port, host):
            return port
    raise OSError("no free port between 20000 and 32000")


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Bound once without SO_REUSEPORT: a server that shares ports would take a used one in silence. Raises NotHere."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise NotHere(error.strerror) from error
    return True


def clean_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """No PG* of the caller's leads a program elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"} | dict(extra or {})


def end(process: subprocess.Popen[bytes], asked: signal.Signals, seconds: float) -> None:
    """Ask, wait, then kill."""
    if process.poll() is None:
        process.send_signal(asked)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
