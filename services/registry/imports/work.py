"""What a worker does with uploaded files: one at a time, whichever is free."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import psycopg
import structlog
from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis import correlation
from services.chassis.database import Pool
from services.chassis.errors import Text
from services.chassis.files import nameless
from services.registry.enterprises.contacts import Vault
from services.registry.imports import store
from services.registry.imports.kinds import kind_of
from services.registry.imports.run import Stop, run

log = structlog.get_logger()
_BROKEN = Text(
    "导入时发生内部错误，请把导入编号告诉管理员",
    "an internal error stopped this import; give its id to your administrator",
)


def work_off(pool: Pool, vault: Vault, *, stop: Stop) -> None:
    """Every open import that no other worker holds. One that fails does not keep the others waiting."""
    with pool.connection() as connection:
        waiting = store.open_imports(connection)
    for import_id in waiting:
        if stop():
            return
        with pool.connection() as connection, _held(connection, import_id) as held:
            if held:
                _work(connection, import_id, vault, stop)


@contextmanager
def _held(connection: Connection[DictRow], import_id: UUID) -> Generator[bool]:
    held = store.try_lock(connection, import_id)
    connection.commit()
    try:
        yield held
    finally:
        if held and not connection.closed:
            connection.rollback()
            store.unlock(connection, import_id)
            connection.commit()


def _work(connection: Connection[DictRow], import_id: UUID, vault: Vault, stop: Stop) -> None:
    """A lost database leaves the import open, to be taken up again; any other error is this import's own."""
    correlation.begin(str(import_id))
    work = store.get(connection, import_id)
    if work is None or not work.open:
        return
    try:
        kind = kind_of(work.kind, vault, own=work.agency_id is not None)
        with _spooled(connection, import_id) as path:
            run(connection, import_id, path, kind, told=lambda _: None, stop=stop)
    except psycopg.OperationalError:
        raise
    except Exception as error:
        connection.rollback()
        log.exception("import_broken", import_id=str(import_id), error=type(error).__name__)
        store.finish(connection, import_id, _BROKEN)
        connection.commit()


@contextmanager
def _spooled(connection: Connection[DictRow], import_id: UUID) -> Generator[Path]:
    with nameless() as (spool, path):
        for part in store.parts(connection, import_id):
            spool.write(part)
        spool.flush()
        connection.commit()
        yield path
