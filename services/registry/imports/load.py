"""One chunk of good rows into the tables, with its events, in the transaction the caller opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis import clock, correlation
from services.registry.imports import statements
from services.registry.imports.kind import Kind
from services.registry.imports.rows import Fault, Staged

SOURCE = "/registry"


@dataclass(frozen=True, kw_only=True)
class Loaded:
    created: int
    updated: int
    unchanged: int
    refused: list[Fault]
    repeated: list[Fault]


class Loader:
    """`headers`: field → how its column is called in the file. `area` is what area codes must begin with, `agency`
    whose people alone are written; None: anybody's."""

    def __init__(
        self,
        kind: Kind,
        import_id: UUID,
        *,
        headers: Mapping[str, str],
        area: str,
        agency: UUID | None,
        dry_run: bool,
    ) -> None:
        self._kind = kind
        self._sql = statements.Statements(kind)
        self._params = {"import_id": import_id, "area": area, "agency": agency}
        self._dry_run = dry_run
        self._headers = {kind.titles[field][0]: header for field, header in headers.items()}

    def load(self, connection: Connection[DictRow], rows: Sequence[Staged]) -> Loaded:
        """A dry run does all the same work and takes it back, so that its figures are the true ones."""
        self._stage(connection, rows)
        for statement in self._kind.resolve:
            connection.execute(statement, self._params)
        refused = self._refused(connection, self._kind.checks)
        repeated = self._without_repeats(connection, len(rows) - len(refused))
        connection.execute(self._sql.index)
        connection.execute(self._sql.analyze)
        connection.execute("SAVEPOINT loaded")
        self._write(connection)
        refused += self._refused(connection, self._kind.untouched)
        created, updated, unchanged = _counted(connection)
        if self._dry_run:
            connection.execute("ROLLBACK TO loaded")
        return Loaded(
            created=created, updated=updated, unchanged=unchanged, refused=refused, repeated=repeated
        )

    def _stage(self, connection: Connection[DictRow], rows: Sequence[Staged]) -> None:
        connection.execute(self._sql.stage)
        with connection.cursor() as cursor, cursor.copy(self._sql.copy) as copy:
            for row in rows:
                copy.write_row(row.values)

    def _refused(self, connection: Connection[DictRow], checks: Sequence[LiteralString]) -> list[Fault]:
        return [
            Fault(row["line"], 0, self._header(row["title"]), row["value"], row["reason"])
            for statement in checks
            for row in connection.execute(statement, self._params)
        ]

    def _without_repeats(self, connection: Connection[DictRow], staged: int) -> list[Fault]:
        """Each code is taken by the first line that has it; usually all are, and there is nothing to do."""
        if connection.execute(self._sql.claim, self._params).rowcount == staged:
            return []
        return [
            Fault(
                row["line"],
                0,
                self._header(self._kind.titles[self._kind.key][0]),
                row["value"],
                "repeated" if row["same"] else "repeated_differently",
                row["other_line"],
            )
            for row in connection.execute(self._sql.repeated, self._params)
        ]

    def _header(self, usual: str) -> str:
        """What people look for in their file."""
        return self._headers.get(usual, usual)

    def _write(self, connection: Connection[DictRow]) -> None:
        connection.execute(statements.CHANGED)
        connection.execute(self._sql.upsert)
        for statement in self._kind.after:
            connection.execute(statement)
        connection.execute(
            self._sql.outbox,
            {"source": SOURCE, "time": clock.now(), "correlation_id": correlation.current()},
        )


def _counted(connection: Connection[DictRow]) -> tuple[int, int, int]:
    """Rows created, updated, and left as they were."""
    row = connection.execute(
        """
        SELECT count(*) FILTER (WHERE created) AS created,
               count(*) FILTER (WHERE NOT created) AS updated,
               (SELECT count(*) FROM staged) - count(*) AS unchanged
        FROM changed
        """
    ).fetchone()
    assert row is not None
    return row["created"], row["updated"], row["unchanged"]
