"""A real Postgres for the tests: given by the environment, by a container, or started here."""

from __future__ import annotations

import os
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import make_conninfo

from deploy.local.postgres import Postgres
from services.chassis.migrate import migrate_all, provision
from services.chassis.names import EVENT_LOG, SERVICES, role_of
from tests.rig import containers
from tests.rig.folders import reachable_folder

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
    """Databases are copied from a migrated template: some 50 ms each."""

    def __init__(self, admin_url: str) -> None:
        self.admin_url = admin_url
        self._template = ""

    @contextmanager
    def database(self) -> Generator[Database]:
        self._template = self._template or self._make_template()
        with self.empty_database(self._template) as url:
            self._provision(url)
            yield Database(url)

    @contextmanager
    def empty_database(self, template: str = "template0") -> Generator[str]:
        """Its admin URL: for tests of provisioning and migrations themselves."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield make_conninfo(self.admin_url, dbname=name)
        finally:
            self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        if self._template:
            self._execute(f"DROP DATABASE {self._template} WITH (FORCE)")

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
