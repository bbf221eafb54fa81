from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, LiteralString
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from services.chassis.errors import Text
from services.chassis.spreadsheets import Mark
from services.chassis.spreadsheets.header import Plan
from services.registry.imports.model import Counts, Import
from services.registry.imports.rows import Fault

_SHOWN: LiteralString = """import_id, kind, filename, dry_run, mapping, columns, ignored, state, size, position,
    line, extent, area, agency_id, (SELECT a.name FROM agency a WHERE a.agency_id = import.agency_id) AS agency, rows, created, updated, unchanged, rejected, duplicates, problem_zh, problem_en,
    started_by, created_at, finished_at"""


def insert(connection: Connection[DictRow], started: Mapping[str, Any]) -> None:
    connection.execute(
        """
        INSERT INTO import (import_id, kind, filename, dry_run, mapping, size, local, area, agency_id, started_by)
        VALUES (%(import_id)s, %(kind)s, %(filename)s, %(dry_run)s, %(mapping)s, %(size)s, %(local)s,
                %(area)s, %(agency)s, %(started_by)s)
        """,
        {**started, "mapping": Jsonb(started["mapping"])},
    )


def keep_parts(connection: Connection[DictRow], import_id: UUID, parts: Iterable[bytes]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO import_part (import_id, number, content) VALUES (%s, %s, %s)",
            ((import_id, number, part) for number, part in enumerate(parts)),
        )


def parts(connection: Connection[DictRow], import_id: UUID) -> Iterator[bytes]:
    number = 0
    while row := connection.execute(
        "SELECT content FROM import_part WHERE import_id = %s AND number = %s", (import_id, number)
    ).fetchone():
        yield bytes(row["content"])
        number += 1


def get(connection: Connection[DictRow], import_id: UUID) -> Import | None:
    row = connection.execute(f"SELECT {_SHOWN} FROM import WHERE import_id = %s", (import_id,)).fetchone()
    return msgspec.convert(row, Import) if row else None


def page(
    connection: Connection[DictRow], area: str, agency: UUID | None, after: UUID | None, limit: int
) -> list[Import]:
    """The newest first: those of `agency`, or where it is None all of `area`."""
    rows = connection.execute(
        f"""
        SELECT {_SHOWN} FROM import
        WHERE CASE WHEN %(agency)s::uuid IS NULL THEN starts_with(area, %(area)s) ELSE agency_id = %(agency)s END
          AND (%(after)s::uuid IS NULL OR import_id < %(after)s)
        ORDER BY import_id DESC LIMIT %(limit)s
        """,
        {"area": area, "agency": agency, "after": after, "limit": limit},
    )
    return msgspec.convert(rows.fetchall(), list[Import])


def open_imports(connection: Connection[DictRow]) -> list[UUID]:
    """What a worker may take up, the oldest first."""
    rows = connection.execute(
        """
        SELECT import_id FROM import WHERE state IN ('waiting', 'running') AND NOT local ORDER BY import_id
        """
    )
    return [row["import_id"] for row in rows]


def begin(connection: Connection[DictRow], import_id: UUID, plan: Plan, extent: int) -> None:
    connection.execute(
        """
        UPDATE import SET state = 'running', columns = %(columns)s, ignored = %(ignored)s,
                          position = %(position)s, line = %(line)s, extent = %(extent)s
        WHERE import_id = %(import_id)s
        """,
        {
            "import_id": import_id,
            "columns": Jsonb(plan.columns),
            "ignored": plan.ignored,
            "position": plan.mark.position,
            "line": plan.mark.line,
            "extent": extent,
        },
    )


def advance(connection: Connection[DictRow], import_id: UUID, mark: Mark, more: Counts) -> None:
    connection.execute(
        """
        UPDATE import
        SET position = %(position)s, line = %(line)s, rows = rows + %(rows)s,
            created = created + %(created)s, updated = updated + %(updated)s,
            unchanged = unchanged + %(unchanged)s, rejected = rejected + %(rejected)s,
            duplicates = duplicates + %(duplicates)s
        WHERE import_id = %(import_id)s
        """,
        asdict(more) | {"import_id": import_id, "position": mark.position, "line": mark.line},
    )


def add_faults(connection: Connection[DictRow], import_id: UUID, faults: Sequence[Fault]) -> None:
    if not faults:
        return
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY import_error (import_id, line, place, title, value, reason, other_line) FROM STDIN"
        ) as copy,
    ):
        for fault in faults:
            copy.write_row((import_id, *fault))


def faults(connection: Connection[DictRow], import_id: UUID, after: Fault | None, limit: int) -> list[Fault]:
    rows = connection.execute(
        """
        SELECT line, place, title, value, reason, other_line FROM import_error
        WHERE import_id = %(import_id)s AND (line, place) > (%(line)s, %(place)s)
        ORDER BY line, place LIMIT %(limit)s
        """,
        {
            "import_id": import_id,
            "line": after.line if after else -1,
            "place": after.place if after else 0,
            "limit": limit,
        },
    )
    return [Fault(**row) for row in rows]


def finish(connection: Connection[DictRow], import_id: UUID, problem: Text | None = None) -> None:
    """Done, well or (with a problem) not; what only the work needed goes."""
    connection.execute(
        """
        UPDATE import SET state = CASE WHEN %(zh)s::text IS NULL THEN 'finished' ELSE 'failed' END,
                          problem_zh = %(zh)s, problem_en = %(en)s, finished_at = now()
        WHERE import_id = %(import_id)s
        """,
        {
            "import_id": import_id,
            "zh": problem.zh if problem else None,
            "en": problem.en if problem else None,
        },
    )
    connection.execute("DELETE FROM import_part WHERE import_id = %s", (import_id,))
    connection.execute("DELETE FROM import_key WHERE import_id = %s", (import_id,))


def try_lock(connection: Connection[DictRow], import_id: UUID) -> bool:
    """A session lock: it goes with its holder, however that ends, and another takes the import up."""
    row = connection.execute(
        "SELECT pg_try_advisory_lock(hashtextextended(%s, 0)) AS mine", (f"import {import_id}",)
    ).fetchone()
    return bool(row and row["mine"])


def unlock(connection: Connection[DictRow], import_id: UUID) -> None:
    connection.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", (f"import {import_id}",))
