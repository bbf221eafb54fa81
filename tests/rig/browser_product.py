"""The product as `yicha up` serves it: four services behind one port, their workers, the demo city."""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest

from deploy.local.folder import Folder
from deploy.local.processes import free_port
from deploy.local.stack import Stack
from services.chassis.names import SERVICES
from services.chassis.settings import Service
from tests.rig.folders import reachable_folder
from tour.caller import Caller
from tour.cast import Actor, logged_in
from tour.routes import Routes
from yicha_cli.loops import subscriptions_of

_PATIENCE_SECONDS = 300.0
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

    def settle(self) -> None:
        """Returns when all that happened is told and applied everywhere: from then on figures change only by what the
        tests do."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self._untold() or self._unheard():
            if time.monotonic() > deadline:
                raise TimeoutError(f"not told: {self._untold()}, not heard: {self._unheard()}")
            time.sleep(0.2)

    def _untold(self) -> dict[str, int]:
        """Events that wait in the outbox of each service that has some."""
        return {name: waiting for name in SERVICES if (waiting := self._waiting(name))}

    def _waiting(self, service: Service) -> int:
        with psycopg.connect(self.database_url(service)) as connection:
            row = connection.execute("SELECT count(*) FROM outbox WHERE published_at IS NULL").fetchone()
        assert row
        return row[0]

    def _unheard(self) -> dict[str, int]:
        """Records on the road that each group has not applied yet."""
        ends, heard = self._road()
        behind: dict[str, int] = {}
        for each in (one for name in SERVICES for one in subscriptions_of(name)):
            topics = set(each.topics)
            lag = sum(end - heard.get((each.group, *at), 0) for at, end in ends.items() if at[0] in topics)
            if lag > 0:
                behind[each.group] = lag
        return behind

    def _road(self) -> tuple[dict[tuple[str, int], int], dict[tuple[str, str, int], int]]:
        """Where each partition ends, and where each group reads on in it. Over one connection: to ask the transport, group
        by group, would keep those who are waited for from their work."""
        with psycopg.connect(self.variables["YICHA_EVENT_LOG_URL"]) as connection:
            ends = connection.execute("SELECT topic, number, next_offset FROM partitions").fetchall()
            heard = connection.execute(
                "SELECT consumer, topic, partition, next_offset FROM group_offsets"
            ).fetchall()
        return {(t, n): end for t, n, end in ends}, {(g, t, n): at for g, t, n, at in heard}

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
            with httpx.Client(timeout=_PATIENCE_SECONDS) as client:
                product = Product(stack.url, client, stack.variables(), folder)
                product.settle()
                yield product
        finally:
            stack.stop()
            for log in sorted((path / "logs").glob("*.log")):
                print(f"{log.name}:\n{log.read_text('utf-8', errors='replace')[-3000:]}")
