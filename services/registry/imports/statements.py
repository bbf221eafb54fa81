"""The statements of a load, for any kind: composed once from its columns.

NULL in `staged` means that the file says nothing: a new row takes the default, a known one keeps what it has.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString

from psycopg.sql import SQL, Composed, Identifier, Literal

from services.registry.imports.kind import Kind
from services.registry.imports.rows import staged_columns

_COMMA = SQL(", ")

_UPSERT = """
WITH upserted AS (
    INSERT INTO {table} AS known ({ident}, {columns})
    SELECT id, {values_or_defaults} FROM staged ORDER BY {key}
    ON CONFLICT ({key}) DO UPDATE
    SET version = known.version + 1, updated_at = now(),
        ({columns}) = (SELECT {values_or_known} FROM staged s WHERE s.{key} = known.{key})
    WHERE EXISTS (
        SELECT FROM staged s WHERE s.{key} = known.{key} AND {changes}
        AND ({compared_or_known}) IS DISTINCT FROM ({compared}))
    RETURNING {ident} AS id, {key} AS key, version)
INSERT INTO changed (id, key, created) SELECT id, key, version = 1 FROM upserted
"""

_CLAIM = """
INSERT INTO import_key (import_id, key, line, digest)
SELECT DISTINCT ON ({key}) %(import_id)s, {key}, line, digest FROM staged ORDER BY {key}, line
ON CONFLICT DO NOTHING
"""

_REPEATED = """
DELETE FROM staged s USING import_key k
WHERE k.import_id = %(import_id)s AND k.key = s.{key} AND k.line <> s.line
RETURNING s.line, s.{key} AS value, k.line AS other_line, k.digest = s.digest AS same
"""

_OUTBOX = """
WITH added AS (
    INSERT INTO outbox (id, aggregatetype, aggregateid, type, payload, source, time, partition_key,
                        version, correlation_id)
    SELECT s.event_id, {topic}, v.id::text, {type}, v.payload, %(source)s, %(time)s, v.id::text,
           v.version, %(correlation_id)s
    FROM changed c
    JOIN staged s ON s.{key} = c.key
    JOIN {view} v ON v.id = c.id
    ORDER BY c.id)
SELECT pg_notify(current_schema() || '_outbox', '')
WHERE current_setting('yicha.notify', true) IS DISTINCT FROM 'off'
"""


class Statements:
    def __init__(self, kind: Kind) -> None:
        stored = [column for column in kind.columns if column.stored]
        compared = [column for column in stored if column.compared]
        names: dict[str, Composed | SQL | Identifier | Literal] = {
            "table": Identifier(kind.table),
            "view": Identifier(f"{kind.table}_state"),
            "ident": Identifier(kind.ident),
            "key": Identifier(kind.key),
            "topic": Literal(str(kind.event.contract.topic)),
            "type": Literal(kind.event.contract.type),
            "columns": _names(column.name for column in stored),
            "values_or_defaults": _COMMA.join(_or(Identifier(c.name), SQL(c.default)) for c in stored),
            "values_or_known": _COMMA.join(_or_known(column.name) for column in stored),
            "changes": SQL(kind.changes),
            "compared": _COMMA.join(Identifier("known", column.name) for column in compared),
            "compared_or_known": _COMMA.join(_or_known(column.name) for column in compared),
        }
        staged = [
            _typed("line", "bigint"),
            _typed("digest", "bytea"),
            *(_typed(name, "uuid") for name in kind.ids),
            *(_typed(column.name, column.type) for column in kind.columns),
        ]
        self.stage = SQL("CREATE TEMP TABLE staged ({}) ON COMMIT DROP").format(_COMMA.join(staged))
        self.index = SQL("CREATE UNIQUE INDEX ON staged ({})").format(Identifier(kind.key))
        self.analyze = SQL("ANALYZE staged ({})").format(Identifier(kind.key))
        self.copy = SQL("COPY staged ({}) FROM STDIN").format(_names(staged_columns(kind)))
        self.claim = SQL(_CLAIM).format(**names)
        self.repeated = SQL(_REPEATED).format(**names)
        self.upsert = SQL(_UPSERT).format(**names)
        self.outbox = SQL(_OUTBOX).format(**names)


CHANGED: LiteralString = "CREATE TEMP TABLE changed (id uuid, key text, created boolean) ON COMMIT DROP"


def _typed(name: str, type_: LiteralString) -> Composed:
    return SQL("{} {}").format(Identifier(name), SQL(type_))


def _names(names: Iterable[str]) -> Composed:
    return _COMMA.join(Identifier(name) for name in names)


def _or(value: Identifier, otherwise: SQL | Identifier) -> Composed:
    return SQL("COALESCE({}, {})").format(value, otherwise)


def _or_known(name: str) -> Composed:
    return _or(Identifier("s", name), Identifier("known", name))
