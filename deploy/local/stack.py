"""The embedded stack: Postgres, the four services behind one port, a worker for each. All or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from deploy.local.folder import Folder
from deploy.local.postgres import Postgres
from deploy.local.prepare import DATABASE, prepare
from deploy.local.processes import end, tied
from services.chassis.names import EVENT_LOG, SERVICES, role_of

_READY_SECONDS = 300.0  # a busy machine is slow, not broken: a web process that dies is noticed at once
_STOP_SECONDS = 8.0
_REST_SECONDS = 2.0  # before a process that died is started again


class StartFailed(Exception):
    """A part did not come up; the message says which and where its log is."""


@dataclass
class Process:
    """One of ours: started again when it dies."""

    name: str
    arguments: list[str]
    log: Path
    child: subprocess.Popen[bytes] | None = None
    rest_until: float = 0.0

    def start(self, environment: Mapping[str, str]) -> None:
        command = tied([sys.executable, "-P", "-m", "yicha_cli", *self.arguments])
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(environment),
                start_new_session=True,
            )

    def died(self) -> bool:
        return self.child is not None and self.child.poll() is not None


class Stack:
    """`say` is told what goes on, in words for people."""

    def __init__(self, folder: Folder, host: str, port: int, public_url: str, say: Callable[[str], None]):
        self.folder = folder
        self.url = f"http://127.0.0.1:{port}"
        self._public_url = public_url
        self._say = say
        self._postgres = Postgres(folder.postgres)
        self._passwords: dict[str, str] = {}
        web = ["web", "all", "--host", host, "--port", str(port), "--workers", "2"]
        self._processes = [
            Process("web", web, folder.log("web")),
            Process("worker", ["worker", "all"], folder.log("worker")),
        ]

    def open_database(self) -> None:
        """Postgres up, with everything in it that the code wants."""
        self._postgres.start()
        prepare(self.folder, self._postgres)
        self._passwords = self.folder.database_passwords()
        self.folder.keep_environment(self.variables())

    def load_demo_city(self) -> None:
        """Once for each data folder; killed in the middle, it goes on the next time."""
        if self.folder.remembers("demo-city"):
            return
        self._say("Demo city 载入示范城市 …")
        command = ["demo", "--accounts", str(self.folder.accounts)]
        loader = Process("demo", command, self.folder.log("demo"))
        loader.start(self._environment())
        assert loader.child is not None
        if loader.child.wait():
            raise StartFailed(
                f"the demo city could not be loaded, see {loader.log} 示范城市载入失败，请看日志"
            )
        self.folder.remember("demo-city")

    def start(self) -> None:
        """Returns when every service is ready. Raises StartFailed."""
        for process in self._processes:
            process.start(self._environment())
        deadline = time.monotonic() + _READY_SECONDS
        for service in SERVICES:
            self._wait(f"{self.url}/api/{service}/health/ready", deadline)

    def keep(self) -> None:
        """Look after the parts for ever: what dies is started again."""
        while True:
            time.sleep(0.5)
            if not self._postgres.alive():
                self._say("Postgres stopped and is started again 数据库已停止，正在重启")
                self._postgres.restart()
            for process in self._processes:
                self._revive(process)

    def stop(self) -> None:
        children = [process.child for process in self._processes if process.child is not None]
        for child in children:
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + _STOP_SECONDS
        for child in children:
            end(child, signal.SIGTERM, max(0.1, deadline - time.monotonic()))
        self._postgres.stop()

    def variables(self) -> dict[str, str]:
        """The configuration of every process, as YICHA_* variables."""
        urls = {f"YICHA_{name.upper()}_DATABASE_URL": self._database_url(name) for name in SERVICES}
        return urls | {
            "YICHA_EVENTS": "postgres",
            "YICHA_EVENT_LOG_URL": self._database_url(EVENT_LOG),
            "YICHA_SECRETS_DIR": str(self.folder.secrets),
            "YICHA_PUBLIC_URL": self._public_url,
            "YICHA_JWKS_URL": f"{self.url}/api/registry/v1/jwks.json",
            "YICHA_SMS": f"file:{self.folder.messages}",
            "YICHA_ENVIRONMENT": "embedded",
        }

    def _database_url(self, name: str) -> str:
        return self._postgres.url(role_of(name), self._passwords[name], DATABASE)

    def _environment(self) -> dict[str, str]:
        return dict(os.environ) | self.variables()

    def _wait(self, url: str, deadline: float) -> None:
        web = self._processes[0]
        while time.monotonic() < deadline and not web.died():
            with suppress(OSError), urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
            time.sleep(0.05)
        raise StartFailed(f"the services did not come up, see {web.log} 服务未能启动，请看日志")

    def _revive(self, process: Process) -> None:
        now = time.monotonic()
        if process.child is not None and process.died():
            self._say(
                f"{process.name} ended ({process.child.returncode}), see {process.log}; it is started again"
            )
            process.child = None
            process.rest_until = now + _REST_SECONDS
        elif process.child is None and now >= process.rest_until:
            process.start(self._environment())
