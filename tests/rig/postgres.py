"""A real Postgres for the tests: given by the environment, by a container, or started here."""

from __future__ import annotations

import os
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from deploy.local.postgres import Postgres
from services.chassis.migrate import migrate_all, provision
from services.chassis.names import EVENT_LOG, SERVICES, role_of
from tests.rig import containers
from tests.rig.folders import reachable_folder
from tests.rig.recycling import AsNew, remember, restore

PASSWORDS = {name: f"test-{name}" for name in (*SERVICES, EVENT_LOG)}
_FORGETFUL = {"fsync": "off", "full_page_writes": "off", "max_connections": "400"}


@dataclass(frozen=True)
class Database:
    """A database of its own, with every service's schema at the newest revision."""

    admin_url: str

    def url(self, service: str) -> str:
        return make_conninfo(self.admin_url, user=role_of(service), password=PASSWORDS[service])

    @property
    def event_log_url(self) -> str:
        return self.url(EVENT_LOG)

    @property
    def urls(self) -> dict[str, str]:
        return {name: self.url(name) for name in PASSWORDS}


class PostgresRig:
    """Databases are copied from a migrated template, and used again where a test changed nothing but rows."""

    def __init__(self, admin_url: str) -> None:
        self.admin_url = admin_url
        self._template = ""
        self._spare: list[tuple[str, AsNew]] = []

    @contextmanager
    def database(self) -> Generator[Database]:
        url, new = self._spare.pop() if self._spare else self._another()
        try:
            yield Database(url)
        finally:
            if restore(new):
                self._spare.append((url, new))
            else:
                self._give_up(url, new)

    def close(self) -> None:
        for url, new in self._spare:
            self._give_up(url, new)
        if self._template:
            self._drop(make_conninfo(self.admin_url, dbname=self._template))

    def _another(self) -> tuple[str, AsNew]:
        self._template = self._template or self._make_template()
        url = self._create(self._template)
        self._provision(url)
        return url, remember(url)

    def _create(self, template: str) -> str:
        name = f"test_{uuid.uuid4().hex[:12]}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return make_conninfo(self.admin_url, dbname=name)

    def _give_up(self, url: str, new: AsNew) -> None:
        new.connection.close()
        self._drop(url)

    def _drop(self, url: str) -> None:
        self._execute(f"DROP DATABASE {conninfo_to_dict(url)['dbname']} WITH (FORCE)")

    def _make_template(self) -> str:
        name = f"template_{uuid.uuid4().hex[:12]}"
        self._execute(f"CREATE DATABASE {name}")
        database = Database(make_conninfo(self.admin_url, dbname=name))
        self._provision(database.admin_url)
        migrate_all(database.urls)
        return name

    def _provision(self, url: str) -> None:
        """Roles belong to the whole server, which other test processes may share: one at a time."""
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(hashtext('yicha tests'))")
            provision(url, PASSWORDS)

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            connection.execute(statement)  # pyright: ignore[reportArgumentType, reportCallIssue]


@contextmanager
def open_rig() -> Generator[PostgresRig]:
    with _server() as url:
        rig = PostgresRig(url)
        yield rig
        rig.close()


@contextmanager
def _server() -> Generator[str]:
    given = os.environ.get("YICHA_TEST_POSTGRES_URL")
    if given:
        yield given
    elif containers.wanted():
        with containers.postgres() as url:
            yield url
    else:
        with _local() as url:
            yield url


@contextmanager
def _local() -> Generator[str]:
    with reachable_folder("postgres") as folder:
        server = Postgres(folder / "postgres", _FORGETFUL)
        server.start()
        try:
            yield server.admin_url()
        finally:
            server.stop()
