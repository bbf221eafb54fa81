"""What the databases hold at the end, for comparing with what was acknowledged."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.rows import dict_row

from services.chassis.settings import SERVICES


def rows(database: Any, service: str, sql: str) -> list[dict[str, Any]]:
    with psycopg.connect(database.url(service), autocommit=True, row_factory=dict_row) as connection:
        return connection.execute(sql).fetchall()  # pyright: ignore[reportArgumentType, reportCallIssue]


def one(database: Any, service: str, sql: str) -> int:
    (row,) = rows(database, service, sql)
    return next(iter(row.values()))


def orders_there(database: Any) -> dict[str, tuple[int, str]]:
    """Order → version and state, as the inspection service has them."""
    found = rows(database, "inspection", "SELECT order_id, version, state FROM orders")
    return {str(row["order_id"]): (row["version"], row["state"]) for row in found}


def orders_seen(database: Any) -> dict[str, tuple[int, str]]:
    """The same, as oversight saw them through events alone."""
    found = rows(database, "oversight", "SELECT order_id, version, state FROM order_fact")
    return {str(row["order_id"]): (row["version"], row["state"]) for row in found}


def entries_there(database: Any) -> set[str]:
    return {str(row["entry_id"]) for row in rows(database, "inspection", "SELECT entry_id FROM entry")}


def unfinished(database: Any) -> dict[str, int]:
    """Events that did not make it: not sent, laid aside, or waiting for another."""
    counts = {
        f"{service} {table}": one(database, service, f"SELECT count(*) FROM {table} WHERE {condition}")
        for service in SERVICES
        for table, condition in (
            ("outbox", "published_at IS NULL"),
            ("dead_letters", "state <> 'resolved'"),
            ("parked", "true"),
        )
    }
    return {what: count for what, count in counts.items() if count}


def sums(database: Any) -> dict[str, int]:
    """Oversight's rollups, which would show an event that was applied twice."""
    (row,) = rows(
        database,
        "oversight",
        """
        SELECT (SELECT sum(inspections) FROM daily)::int AS inspections,
               (SELECT sum(entered) FROM daily)::int AS entered,
               (SELECT sum(concluded) FROM daily)::int AS concluded,
               (SELECT count(*) FROM rating)::int AS ratings,
               (SELECT sum(orders) FROM order_tally)::int AS orders
        """,
    )
    return {name: value or 0 for name, value in row.items()}
