"""Works an import off, chunk by chunk: rows, events, faults and progress of a chunk in one transaction.

Killed at any moment it goes on behind the last committed chunk; run again it changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from uuid import UUID

import structlog
from psycopg import Connection
from psycopg.errors import DeadlockDetected, SerializationFailure
from psycopg.rows import DictRow

from services.chassis.errors import Invalid
from services.chassis.spreadsheets import Mark, Record, Table, Unreadable, open_table
from services.chassis.spreadsheets.header import draw_up
from services.registry.imports import store
from services.registry.imports.kind import Kind
from services.registry.imports.load import Loader
from services.registry.imports.model import Counts, Import
from services.registry.imports.rows import Fault, RowReader, Staged, split

log = structlog.get_logger()
CHUNK_ROWS = 20_000
CHUNK_CHARACTERS = 16 * 1024 * 1024
_ATTEMPTS = 5
Told = Callable[[Import], None]
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Chunk:
    good: list[Staged]
    bad: list[list[Fault]]
    end: Mark

    @property
    def rows(self) -> int:
        return len(self.good) + len(self.bad)


def run(
    connection: Connection[DictRow], import_id: UUID, path: Path, kind: Kind, *, told: Told, stop: Stop
) -> None:
    """`connection` holds the import's lock, autocommit off. `told` hears of each chunk; `stop` ends early."""
    try:
        table = open_table(path)
        work = _begun(connection, import_id, table, kind)
    except (Unreadable, Invalid) as error:
        store.finish(connection, import_id, error.detail)
        connection.commit()
        log.info("import_failed", import_id=str(import_id), problem=error.detail.en)
        return
    plan = draw_up(kind, table, work.mapping)
    loader = Loader(
        kind,
        import_id,
        headers=plan.columns,
        area=work.area,
        agency=work.agency_id,
        dry_run=work.dry_run,
    )
    for chunk in _ahead(_chunks(table.records(work.mark), RowReader(kind, plan))):
        _commit(connection, import_id, loader, chunk)
        told(_current(connection, import_id))
        if stop():
            return
    store.finish(connection, import_id)
    connection.commit()
    log.info("import_finished", import_id=str(import_id))


def _begun(connection: Connection[DictRow], import_id: UUID, table: Table, kind: Kind) -> Import:
    work = _current(connection, import_id)
    if work.position == 0:
        store.begin(connection, import_id, draw_up(kind, table, work.mapping), table.extent)
        connection.commit()
    return _current(connection, import_id)


def _chunks(records: Iterator[Record], reader: RowReader) -> Iterator[Chunk]:
    for first in records:
        rows = list(_bounded(chain((first,), records)))
        good, bad = split(map(reader.read, rows))
        yield Chunk(good, bad, rows[-1].end)


def _ahead(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """Reads the next chunk while the database works on this one: at most two are held."""
    with ThreadPoolExecutor(1, "import-reader") as reader:
        following = reader.submit(next, chunks, None)
        while (chunk := following.result()) is not None:
            following = reader.submit(next, chunks, None)
            yield chunk


def _bounded(records: Iterator[Record]) -> Iterator[Record]:
    characters = 0
    for number, record in enumerate(records, 1):
        yield record
        characters += sum(map(len, record.cells))
        if number >= CHUNK_ROWS or characters >= CHUNK_CHARACTERS:
            return


def _commit(connection: Connection[DictRow], import_id: UUID, loader: Loader, chunk: Chunk) -> None:
    """Two imports of the same rows may lock each other out: the one that lost does its chunk again."""
    for attempt in range(_ATTEMPTS):
        try:
            _write(connection, import_id, loader, chunk)
            connection.commit()
            return
        except (DeadlockDetected, SerializationFailure):
            connection.rollback()
            if attempt == _ATTEMPTS - 1:
                raise


def _write(connection: Connection[DictRow], import_id: UUID, loader: Loader, chunk: Chunk) -> None:
    loaded = loader.load(connection, chunk.good)
    faults = [*chain.from_iterable(chunk.bad), *loaded.refused, *loaded.repeated]
    store.add_faults(connection, import_id, faults)
    counts = Counts(
        rows=chunk.rows,
        created=loaded.created,
        updated=loaded.updated,
        unchanged=loaded.unchanged,
        rejected=len(chunk.bad) + len(loaded.refused),
        duplicates=len(loaded.repeated),
    )
    store.advance(connection, import_id, chunk.end, counts)


def _current(connection: Connection[DictRow], import_id: UUID) -> Import:
    work = store.get(connection, import_id)
    assert work is not None
    connection.commit()
    return work
