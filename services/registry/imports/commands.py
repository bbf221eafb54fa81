from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis import audit
from services.chassis.audit import Act, Tag
from services.chassis.ids import new_id
from services.chassis.spreadsheets import open_table
from services.chassis.spreadsheets.header import draw_up
from services.registry.imports import store
from services.registry.imports.kind import Kind

_PART = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class StartImport:
    """`area` is what area codes must begin with, `agency` whose people alone may be written; `local`: the caller
    runs it itself."""

    path: Path
    filename: str
    mapping: Mapping[str, str]
    dry_run: bool
    area: str = ""
    agency: UUID | None = None
    started_by: UUID | None = None
    local: bool = False


def start(command: StartImport, kind: Kind, connection: Connection[DictRow]) -> UUID:
    """Raises Unreadable or Invalid when the file cannot be imported as a whole: then nothing is kept."""
    draw_up(kind, open_table(command.path), command.mapping)
    import_id = new_id()
    store.insert(
        connection,
        {
            "import_id": import_id,
            "kind": kind.name,
            "filename": command.filename[:200].replace("\x00", ""),
            "dry_run": command.dry_run,
            "mapping": dict(command.mapping),
            "size": command.path.stat().st_size,
            "local": command.local,
            "area": command.area,
            "agency": command.agency,
            "started_by": command.started_by,
        },
    )
    if not command.local:
        store.keep_parts(connection, import_id, _parts(command.path))
    details = {"kind": kind.name, "dry_run": command.dry_run, "bytes": command.path.stat().st_size}
    audit.write(
        connection,
        Act(
            tag=Tag.IMPORT_STARTED,
            subject=f"import/{import_id}",
            account_id=command.started_by,
            details=details,
        ),
    )
    return import_id


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(_PART):
            yield part
