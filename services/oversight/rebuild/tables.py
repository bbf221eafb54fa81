"""The tables that follow from events alone: made anew beside the live ones, compared, put in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from psycopg import Connection
from psycopg import sql as S
from psycopg.rows import scalar_row

from services.chassis.migrate import rebuild_schema_of

LIVE = "oversight"
NEW = rebuild_schema_of(LIVE)
PROJECTED = (
    "agency",
    "enterprise",
    "premises",
    "item",
    "order_fact",
    "duplicate",
    "override",
    "verdict",
    "refusal",
    "visit_refusal",
    "rating",
    "rating_release",
    "complaint",
    "daily",
    "order_tally",
    "cell_tally",
    "year_visits",
    "near_tally",
)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Of one table: how many rows the new one has, and how many stand in one of the two only."""

    table: str
    rows: int
    only_live: int
    only_new: int

    @property
    def equal(self) -> bool:
        return self.only_live == self.only_new == 0


def try_lock(connection: Connection[Any]) -> bool:
    with connection.cursor(row_factory=scalar_row) as cursor:
        taken = cursor.execute("SELECT pg_try_advisory_lock(hashtext('oversight rebuild'))").fetchone()
        return cast("bool", taken)


def unlock(connection: Connection[Any]) -> None:
    connection.execute("SELECT pg_advisory_unlock_all()")


def make(connection: Connection[Any]) -> None:
    """Empty tables of the live ones' form; what an earlier rebuild left there goes."""
    for table in PROJECTED:
        connection.execute(S.SQL("DROP TABLE IF EXISTS {}").format(S.Identifier(NEW, table)))
        connection.execute(
            S.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(
                S.Identifier(NEW, table), S.Identifier(LIVE, table)
            )
        )


def write_to_new(connection: Connection[Any]) -> None:
    """Until the transaction ends, the projections' names mean the new tables; all else is where it was."""
    connection.execute("SELECT set_config('search_path', %(path)s, true)", {"path": f"{NEW}, {LIVE}"})


def compare(connection: Connection[Any]) -> list[Difference]:
    return [
        Difference(
            table=table,
            rows=_count(connection, S.SQL("TABLE {}").format(S.Identifier(NEW, table))),
            only_live=_only(connection, S.Identifier(LIVE, table), S.Identifier(NEW, table)),
            only_new=_only(connection, S.Identifier(NEW, table), S.Identifier(LIVE, table)),
        )
        for table in PROJECTED
    ]


def _only(connection: Connection[Any], one: S.Identifier, other: S.Identifier) -> int:
    return _count(connection, S.SQL("TABLE {} EXCEPT ALL TABLE {}").format(one, other))


def _count(connection: Connection[Any], rows: S.Composed) -> int:
    with connection.cursor(row_factory=scalar_row) as cursor:
        counted = cursor.execute(S.SQL("SELECT count(*) FROM ({}) AS row").format(rows)).fetchone()
        return cast("int", counted)


def swap(connection: Connection[Any]) -> None:
    """Readers wait for their turn a moment at most; who has begun to read ends first."""
    connection.execute("SET LOCAL lock_timeout = '5s'")
    for table in PROJECTED:
        connection.execute(S.SQL("DROP TABLE {}").format(S.Identifier(LIVE, table)))
        connection.execute(
            S.SQL("ALTER TABLE {} SET SCHEMA {}").format(S.Identifier(NEW, table), S.Identifier(LIVE))
        )
