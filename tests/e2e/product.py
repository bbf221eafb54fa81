"""The product as it is deployed: a process for every web and worker role, each of which may be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from deploy.local.processes import clean_environment, end, free_port, tied
from services.chassis import secrets
from services.chassis.settings import SERVICES
from tour.routes import Routes

READY_SECONDS = 180.0


@dataclass
class Role:
    """One process: `web registry` on a port, or `worker oversight`."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path
    starts: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                tied([sys.executable, "-P", "-m", "yicha_cli", *self.arguments]),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
            )
        self.starts += 1

    def kill(self) -> None:
        """−9, to the whole group: a supervisor and the process that serves."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None:
            end(self._process, signal.SIGTERM, 10)

    def said(self) -> str:
        return self.log.read_text("utf-8", errors="replace")[-3000:]


class Product:
    """Four webs and four workers on `database` and a road of events, with secrets in `folder`."""

    def __init__(self, database: Any, road: Mapping[str, str], folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.messages = folder / "sms.log"
        secrets.ensure(folder / "secrets")
        self.ports = {service: free_port() for service in SERVICES}
        self.routes = Routes("", {name: f"http://127.0.0.1:{port}" for name, port in self.ports.items()})
        self.environment = self._environment(road)
        self.webs = {name: self._role("web", name, "--port", str(self.ports[name])) for name in SERVICES}
        self.workers = {name: self._role("worker", name) for name in SERVICES}

    def _environment(self, road: Mapping[str, str]) -> dict[str, str]:
        urls = {f"YICHA_{name.upper()}_DATABASE_URL": self.database.url(name) for name in SERVICES}
        return {
            **urls,
            **road,
            "YICHA_SECRETS_DIR": str(self.folder / "secrets"),
            "YICHA_PUBLIC_URL": "http://yicha.test",
            "YICHA_JWKS_URL": f"http://127.0.0.1:{self.ports['registry']}/api/registry/v1/jwks.json",
            "YICHA_SMS": f"file:{self.messages}",
            "YICHA_ENVIRONMENT": "test",
            "YICHA_RATE_LIMITS": "false",
            "YICHA_LOG_LEVEL": "WARNING",
        }

    def _role(self, *arguments: str) -> Role:
        return Role(arguments, self.process_environment, self.folder / f"{'-'.join(arguments[:2])}.log")

    def start(self) -> None:
        for role in self.roles:
            role.start()
        for name in SERVICES:
            self.wait_ready(name)

    def stop(self) -> None:
        for role in self.roles:
            role.stop()

    @property
    def process_environment(self) -> dict[str, str]:
        return clean_environment(self.environment)

    @property
    def roles(self) -> list[Role]:
        return [*self.webs.values(), *self.workers.values()]

    def wait_ready(self, service: str) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if _answers(self.routes.of(f"/api/{service}/health/ready")):
                return
            time.sleep(0.1)
        raise TimeoutError(f"web {service} did not become ready:\n{self.webs[service].said()}")


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).status_code == 200
    except httpx.TransportError:
        return False
