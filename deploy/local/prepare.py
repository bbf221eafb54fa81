"""What stands before the services: secrets, database, roles, tables.

Done once for each state of the code. Loading the migration tools takes longer than all the rest of a start.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from deploy.local.folder import Folder
from deploy.local.postgres import Postgres
from services.chassis.names import role_of

_REPOSITORY = Path(__file__).parents[2]
_SHAPE = (
    "events/sql",
    "services/chassis/sql",
    "services/chassis/audit",
    "services/chassis/alembic",
    "services/*/migrations",
)
DATABASE = "yicha"


def prepare(folder: Folder, postgres: Postgres) -> None:
    """Make or renew what is missing or older than the code. Postgres is up."""
    done = f"prepared-{_fingerprint()}"
    if not folder.remembers(done):
        _prepare(folder, postgres)
        folder.remember(done)


def _prepare(folder: Folder, postgres: Postgres) -> None:
    import psycopg

    from services.chassis import secrets
    from services.chassis.migrate import migrate_all, provision

    secrets.ensure(folder.secrets)
    passwords = folder.database_passwords()
    with psycopg.connect(postgres.admin_url(), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")
    provision(postgres.admin_url(DATABASE), passwords)
    migrate_all({name: postgres.url(role_of(name), passwords[name], DATABASE) for name in passwords})


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in _files():
        digest.update(f"{path.relative_to(_REPOSITORY)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _files() -> Iterator[Path]:
    """Everything that decides what the database looks like; procrastinate's tables come by the lock."""
    yield _REPOSITORY / "requirements.lock"
    yield _REPOSITORY / "services/chassis/migrate.py"
    for pattern in _SHAPE:
        for suffix in ("sql", "py"):
            yield from sorted(_REPOSITORY.glob(f"{pattern}/*.{suffix}"))
