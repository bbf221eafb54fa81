"""The product's inspection API and the bare baseline, each behind one granian server, on one database."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from uuid import UUID

import psutil

from benchmarks.bare import THREADS, URL, WORKERS
from deploy.local.processes import clean_environment, end, free_port, is_free, tied
from events.catalogue.registry import EnterpriseChanged, InspectorChanged
from services.chassis import secrets
from services.chassis.codes import Code, Keyring, Kind, short, sign
from services.chassis.database import Pool, open_pool
from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.inspection.orders import store
from services.inspection.orders.model import Content, Order, OrderInspector, OrderItem, State
from tests.builders.inspection import (
    Staff,
    a_premises,
    a_principal,
    a_staff,
    an_enterprise,
    an_inspector,
    replicate,
    today,
)
from tests.builders.tokens import Office, an_office
from tests.rig.postgres import Database, open_rig

LIVES = timedelta(hours=6)


@dataclass(frozen=True)
class Visit:
    order: Order
    enterprise: EnterpriseChanged
    inspectors: tuple[InspectorChanged, InspectorChanged]

    @property
    def plate(self) -> str:
        return self.enterprise.premises[0].short_code

    @property
    def phone(self) -> Principal:
        who = self.inspectors[0]
        return a_principal(Role.INSPECTOR, agency_id=who.agency_id, inspector_id=who.inspector_id)


@dataclass(frozen=True)
class Ground:
    """What both sides are asked about; `folder` has the secrets."""

    pool: Pool
    office: Office
    folder: Path
    staff: Staff

    def code(self, kind: Kind, subject: UUID) -> str:
        now = datetime.now(UTC)
        code = Code(kind=kind, subject=subject, valid_from=now, valid_until=now + LIVES)
        return sign(code, self.keyring)

    @cached_property
    def keyring(self) -> Keyring:
        return Keyring(self.folder / secrets.CODE_KEYS)

    def visits(self, count: int) -> list[Visit]:
        """Orders ready to be entered, each with two inspectors and an enterprise of its own."""
        visits = [_visit(self.staff) for _ in range(count)]
        replicate(self.pool, *(event for visit in visits for event in (visit.enterprise, *visit.inspectors)))
        with self.pool.connection() as connection:
            for visit in visits:
                store.insert(connection, visit.order)
                store.save(connection, visit.order)
                store.add_content(connection, visit.order, _content(self.staff, visit.inspectors))
        return visits


@dataclass(frozen=True)
class Arena(Ground):
    """With both sides behind their ports."""

    ours: int
    bare: int
    servers: dict[int, psutil.Process]


@contextmanager
def open_arena() -> Generator[Arena]:
    with tempfile.TemporaryDirectory() as temporary, open_rig() as rig, rig.database() as database:
        folder = Path(temporary)
        secrets.ensure(folder)
        with an_office(folder / secrets.TOKEN_KEYS) as office:
            pool = open_pool(database.url("inspection"), 4, "arena")
            servers = _servers(database, office, folder)
            staff = a_staff()
            replicate(pool, *staff.events)
            try:
                ours, bare = servers
                processes = {port: psutil.Process(server.pid) for port, server in servers.items()}
                yield Arena(pool, office, folder, staff, ours, bare, processes)
            finally:
                for server in servers.values():
                    end(server, 15, 10)
                pool.close()


def _servers(database: Database, office: Office, folder: Path) -> dict[int, subprocess.Popen[bytes]]:
    ours, bare = free_port(), free_port()
    web = ["-m", "yicha_cli", "web", "inspection", "--port", str(ours)]
    web += ["--workers", str(WORKERS), "--threads", str(THREADS)]
    started = {
        ours: _start(web, folder, _environment(database, office, folder)),
        bare: _start(["-m", "benchmarks.bare", str(bare)], folder, {URL: database.url("inspection")}),
    }
    for port in started:
        while is_free(port):
            time.sleep(0.1)
    return started


def _start(arguments: list[str], folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    with (folder / "servers.log").open("ab") as log:
        command = tied([sys.executable, *arguments])
        return subprocess.Popen(
            command, stdout=log, stderr=log, env=clean_environment(environment), cwd=Path.cwd()
        )


def _environment(database: Database, office: Office, folder: Path) -> dict[str, str]:
    return {
        "YICHA_INSPECTION_DATABASE_URL": database.url("inspection"),
        "YICHA_SECRETS_DIR": str(folder),
        "YICHA_PUBLIC_URL": "https://yicha.example.gov.cn",
        "YICHA_JWKS_URL": office.jwks_url,
        "YICHA_EVENTS": "memory",
        "YICHA_RATE_LIMITS": "false",
    }


def _visit(staff: Staff) -> Visit:
    now, gate = datetime.now(UTC), a_premises(short_code=short.new(), latitude=33.96, longitude=118.27)
    enterprise = an_enterprise(premises=(gate,))
    order = Order(
        order_id=new_id(),
        version=4,
        state=State.ISSUED,
        agency_id=staff.agency_id,
        enterprise_id=enterprise.enterprise_id,
        premises_id=gate.premises_id,
        trigger="routine",
        clue=None,
        on_site_reason="benchmark",
        starts_on=today(),
        ends_on=today() + timedelta(days=3),
        drafted_by=new_id(),
        drafted_at=now,
        issued_at=now,
    )
    return Visit(order, enterprise, (an_inspector(staff.agency_id), an_inspector(staff.agency_id)))


def _content(staff: Staff, inspectors: Sequence[InspectorChanged]) -> Content:
    return Content(
        items=(OrderItem(staff.item.item_id, staff.agency_id, staff.item.domain, 1),),
        inspectors=tuple(OrderInspector(i.inspector_id, staff.agency_id) for i in inspectors),
        agencies=(staff.agency_id,),
        approvals=(),
    )
