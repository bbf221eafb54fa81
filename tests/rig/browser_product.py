"""The product as `yicha up` serves it: four services behind one port, their workers, the demo city."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from deploy.local.folder import Folder
from deploy.local.processes import free_port
from deploy.local.stack import Stack
from services.chassis.settings import Service
from tests.rig.folders import reachable_folder
from tour.caller import Caller
from tour.cast import Actor, logged_in
from tour.routes import Routes

_SETTINGS = {"YICHA_RATE_LIMITS": "false", "YICHA_LOG_LEVEL": "WARNING"}


@dataclass(frozen=True)
class Product:
    url: str
    client: httpx.Client
    variables: Mapping[str, str]
    folder: Folder

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def secrets(self) -> Path:
        return self.folder.secrets

    @property
    def anyone(self) -> Caller:
        return Caller(self.client, Routes(self.url), "anyone")

    def database_url(self, service: Service) -> str:
        """For scenes that would take weeks to come about."""
        return self.variables[f"YICHA_{service.upper()}_DATABASE_URL"]

    @cached_property
    def passwords(self) -> Mapping[str, str]:
        return json.loads(self.folder.accounts.read_text("utf-8"))

    def logged_in(self, username: str) -> Actor:
        return logged_in(self.anyone, username, self.passwords[username])


@contextmanager
def open_product() -> Generator[Product]:
    with reachable_folder("product") as path, pytest.MonkeyPatch.context() as environment:
        for name, value in _SETTINGS.items():
            environment.setenv(name, value)
        folder = Folder(path)
        port = free_port()
        stack = Stack(folder, "127.0.0.1", port, f"http://127.0.0.1:{port}", print)
        try:
            stack.open_database()
            stack.load_demo_city()
            stack.start()
            with httpx.Client(timeout=30) as client:
                yield Product(stack.url, client, stack.variables(), folder)
        finally:
            stack.stop()
            for log in sorted((path / "logs").glob("*.log")):
                print(f"{log.name}:\n{log.read_text('utf-8', errors='replace')[-3000:]}")
