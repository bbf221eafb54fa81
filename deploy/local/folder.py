"""The data folder of the embedded stack: one Yicha at a time, its secrets readable by the owner alone."""

from __future__ import annotations

import fcntl
import json
import os
import secrets as random
from collections.abc import Mapping
from pathlib import Path
from typing import IO, cast

from services.chassis.files import write_private
from services.chassis.names import EVENT_LOG, SERVICES

_REPOSITORY = Path(__file__).parents[2]


class AlreadyRunning(Exception):
    """Another Yicha holds the folder; the message is where it answers, as far as it said."""


def default_folder() -> Path:
    """`data` beside the program; for root below /var/lib, where the user who runs Postgres can reach it."""
    given = os.environ.get("YICHA_DATA")
    if given:
        return Path(given)
    return Path("/var/lib/yicha") if os.geteuid() == 0 else _REPOSITORY / "data"


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock: IO[str] | None = None

    @property
    def secrets(self) -> Path:
        return self.path / "secrets"

    @property
    def postgres(self) -> Path:
        return self.path / "postgres"

    @property
    def messages(self) -> Path:
        return self.path / "sms.log"

    @property
    def accounts(self) -> Path:
        """Names and passwords of the demo city's accounts, as JSON."""
        return self.path / "accounts.json"

    def take(self) -> None:
        """Hold the folder until the process ends, however it ends. Raises AlreadyRunning."""
        self.path.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o711)  # Postgres may run as another user: passing through is all it needs
        lock = (self.path / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            with lock:
                raise AlreadyRunning(lock.read().strip()) from None
        lock.truncate(0)
        self._lock = lock

    def leave(self) -> None:
        """Before anything of ours works in it."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def say_where(self, address: str) -> None:
        """What a second start is told."""
        assert self._lock is not None
        self._lock.write(address)
        self._lock.flush()

    def database_passwords(self) -> dict[str, str]:
        """By database role; made when asked for the first time."""
        self.secrets.mkdir(mode=0o700, exist_ok=True)
        return {name: self._password(f"database-{name}") for name in (*SERVICES, EVENT_LOG)}

    def _password(self, name: str) -> str:
        path = self.secrets / name
        if not path.exists():
            write_private(path, random.token_hex(24).encode())
        return path.read_text()

    def log(self, name: str) -> Path:
        """A fresh log; the one of the last start stays beside it."""
        path = self.path / "logs" / f"{name}.log"
        path.parent.mkdir(exist_ok=True, mode=0o700)
        if path.exists():
            path.replace(path.with_suffix(".log.1"))
        return path

    def keep_environment(self, variables: Mapping[str, str]) -> None:
        """For the tools: `yicha events`, `import`, `tour` find the running stack by it."""
        write_private(self.path / "environment.json", json.dumps(variables, indent=1).encode())

    def environment(self) -> dict[str, str]:
        try:
            return cast("dict[str, str]", json.loads((self.path / "environment.json").read_text()))
        except FileNotFoundError:
            return {}

    def remember(self, name: str) -> None:
        (self.path / f".{name}").touch()

    def remembers(self, name: str) -> bool:
        return (self.path / f".{name}").exists()
