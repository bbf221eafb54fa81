"""Brings the city into an empty product, through the same imports and commands that an office uses."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from random import Random

from psycopg import Connection
from psycopg.rows import DictRow

from demo import enterprises, offices, people
from demo.history import Registered, Visited, year_before
from demo.planning import plan_the_year
from demo.premises import add_second_premises
from demo.replica import tell_inspection
from services.chassis import clock
from services.chassis.database import UnitOfWork, open_pool
from services.chassis.identity.passwords import hash_password
from services.chassis.ids import new_id
from services.chassis.settings import Service, Settings
from services.inspection.orders.history import load_history
from services.registry.accounts import store as accounts
from services.registry.enterprises.contacts import Vault
from services.registry.imports import run, store
from services.registry.imports.commands import StartImport, start
from services.registry.imports.kinds import kind_of
from services.registry.imports.model import State

SEED = 20260201
Row = dict[str, str]


def load(
    settings: Mapping[Service, Settings], passwords: Mapping[str, str], today: date | None = None
) -> bool:
    """`passwords` has one for each of `usernames()`. False when the city is there already.

    May be run again after a kill in the middle: imports change nothing twice, history is one transaction,
    and accounts, by which a whole city is told, come last.
    """
    day = today or clock.today(settings["registry"].timezone)
    registry, inspection = settings["registry"], settings["inspection"]
    with open_pool(registry.database_url, 2, "demo-registry") as pool:
        with pool.connection() as connection:
            if accounts.by_username(connection, "coordinator"):
                return False
            vault = Vault(registry.secrets_dir)
            for kind, rows in _spreadsheets(Random(SEED), day.year).items():
                _import(connection, kind, rows, vault)
        add_second_premises(pool, vault, Random(SEED))
        with pool.connection() as connection:
            known = _registered(connection)
            _make_history(connection, inspection, known, day)
            _make_accounts(connection, known, passwords)
    return True


def _spreadsheets(chance: Random, year: int) -> dict[str, Iterable[Row]]:
    return {
        "agencies": offices.agency_rows(),
        "inspectors": offices.inspector_rows(chance, year),
        "items": offices.item_rows(),
        "enterprises": enterprises.rows(chance),
    }


def _import(connection: Connection[DictRow], kind: str, rows: Iterable[Row], vault: Vault) -> None:
    with tempfile.TemporaryDirectory(prefix="yicha-demo-") as folder:
        path = Path(folder) / f"{kind}.csv"
        write_csv(path, rows)
        imported = kind_of(kind, vault)
        command = StartImport(path=path, filename=path.name, mapping={}, dry_run=False, local=True)
        import_id = start(command, imported, connection)
        connection.commit()
        run.run(connection, import_id, path, imported, told=lambda _: None, stop=lambda: False)
    done = store.get(connection, import_id)
    connection.commit()
    if done is None or done.state is not State.FINISHED or done.rejected or done.duplicates:
        raise ValueError(f"the demo city's {kind} were not all imported: {done}")


def write_csv(path: Path, rows: Iterable[Row], encoding: str = "utf-8") -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        for number, row in enumerate(rows):
            if number == 0:
                writer.writerow(row.keys())
            writer.writerow(row.values())


def _registered(connection: Connection[DictRow]) -> Registered:
    agencies = connection.execute("SELECT name, agency_id FROM agency").fetchall()
    people_ = connection.execute("SELECT certificate_number, inspector_id, name FROM inspector").fetchall()
    items = connection.execute("SELECT code, item_id FROM item").fetchall()
    visited = connection.execute(
        """
        SELECT e.enterprise_id, p.premises_id, e.industry
        FROM enterprise e JOIN premises p ON p.enterprise_id = e.enterprise_id AND p.registered
        WHERE e.active ORDER BY e.uscc
        """
    ).fetchall()
    return Registered(
        agencies={row["name"]: row["agency_id"] for row in agencies},
        inspectors={row["certificate_number"]: (row["inspector_id"], row["name"]) for row in people_},
        items={row["code"]: row["item_id"] for row in items},
        enterprises=[Visited(**row) for row in visited],
    )


def _make_history(
    registry: Connection[DictRow], inspection: Settings, known: Registered, today: date
) -> None:
    with (
        open_pool(inspection.database_url, 2, "demo-inspection") as pool,
        UnitOfWork(pool, "/inspection") as uow,
    ):
        tell_inspection(registry, uow.connection)
        load_history(uow, year_before(today, Random(SEED), known))
        plan_the_year(uow, known, today, Random(SEED))
        uow.commit()


def _make_accounts(connection: Connection[DictRow], known: Registered, passwords: Mapping[str, str]) -> None:
    """Equal passwords share one hash: argon2 is slow on purpose, and this is a demo."""
    hashed = {password: hash_password(password) for password in set(passwords.values())}
    for draft in people.accounts(known.agencies, known.inspectors):
        accounts.insert(connection, new_id(), draft, hashed[passwords[draft.username]])
    connection.commit()
