"""A used database made like new, which is ten times cheaper than another copy of the template with its roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from psycopg import sql

_TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1, 2
"""
_CATALOGUE: tuple[tuple[LiteralString, LiteralString], ...] = (  # from 16384 on an oid is not Postgres's own
    ("pg_class WHERE oid >= 16384", "oid, relacl, relowner, reloptions"),
    ("pg_attribute WHERE attrelid >= 16384", "attrelid, xmin"),  # thousands: who wrote a row is enough
    ("pg_proc WHERE oid >= 16384", "oid, prosrc, proconfig, proacl"),
    ("pg_trigger WHERE oid >= 16384", "oid, tgenabled"),
    ("pg_constraint WHERE oid >= 16384", "oid, convalidated"),
    ("pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'", "oid, nspacl"),  # those stay, empty
    ("pg_db_role_setting", "setdatabase, setrole, setconfig"),
)
_SIZE = "SELECT pg_database_size(current_database())"
_SWOLLEN = 16 * 1024 * 1024
_REWIND = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""
_ALONE = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


@dataclass(frozen=True)
class AsNew:
    """What a fresh database looks like. `rows` are those that the migrations themselves left. The connection
    stays: a new one would read the whole catalogue again."""

    connection: psycopg.Connection[Any]
    tables: list[tuple[str, str]]
    structure: tuple[Any, ...]
    size: int
    rows: list[tuple[sql.Identifier, bytes]]


def remember(url: str) -> AsNew:
    connection = psycopg.connect(url, autocommit=True)
    tables = _tables(connection)
    rows = [(table, _copy_out(connection, table)) for table in _filled(connection, tables)]
    connection.execute("SET session_replication_role = replica")
    return AsNew(connection, tables, _structure(connection), _size(connection), rows)


def restore(new: AsNew) -> bool:
    """Empty it, without the tables that a test made; whoever else holds a connection loses it. False when a test changed
    more than that, cut us off, or left so many rows that another copy is cheaper."""
    connection = new.connection
    try:
        connection.execute(_ALONE)
        for table in set(_tables(connection)) - set(new.tables):
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(sql.Identifier(*table)))
        if _structure(connection) != new.structure or _size(connection) > new.size + _SWOLLEN:
            return False
        _empty(connection, _filled(connection, new.tables))
        for table, rows in new.rows:
            with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(table)) as copy:
                copy.write(rows)
        connection.execute(_REWIND)
    except psycopg.OperationalError:
        return False
    return True


def _structure(connection: psycopg.Connection[Any]) -> tuple[Any, ...]:
    """A digest of each part of the catalogue: what a test may change besides rows."""
    digest = "(SELECT sum(hashtextextended(concat_ws(' ', {}), 0)) FROM {})"
    parts = sql.SQL(", ").join(sql.SQL(digest).format(sql.SQL(c), sql.SQL(t)) for t, c in _CATALOGUE)
    return connection.execute(sql.SQL("SELECT {}").format(parts)).fetchone() or ()


def _size(connection: psycopg.Connection[Any]) -> int:
    row: Any = connection.execute(_SIZE).fetchone()
    return row[0]


def _tables(connection: psycopg.Connection[Any]) -> list[tuple[str, str]]:
    return connection.execute(_TABLES).fetchall()


def _filled(connection: psycopg.Connection[Any], tables: list[tuple[str, str]]) -> list[sql.Identifier]:
    named = [sql.Identifier(*table) for table in tables]
    asked = sql.SQL(", ").join(sql.SQL("EXISTS (SELECT FROM {})").format(table) for table in named)
    row = connection.execute(sql.SQL("SELECT {}").format(asked)).fetchone() or ()
    return [table for table, filled in zip(named, row, strict=True) if filled]


def _empty(connection: psycopg.Connection[Any], tables: list[sql.Identifier]) -> None:
    """Truncating a table makes new files for it and its indexes: dear where there are only a few rows."""
    delete = [sql.SQL("DELETE FROM {};").format(table) for table in tables]
    connection.execute(sql.SQL("BEGIN; {} COMMIT").format(sql.SQL("").join(delete)))


def _copy_out(connection: psycopg.Connection[Any], table: sql.Identifier) -> bytes:
    with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(table)) as copy:
        return b"".join(bytes(part) for part in copy)
