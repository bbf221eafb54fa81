"""Attempts at what can be guessed, sent or written without an account: counted in the database, since each of
the processes that serve an entrance would allow as much again (ADR 70)."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from hashlib import blake2b
from math import ceil
from typing import ParamSpec

from flask import current_app
from flask.typing import ResponseReturnValue
from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis import clock
from services.chassis.errors import TooMany
from services.chassis.settings import Settings
from services.chassis.transaction import pool

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` attempts in `period`; `by` says whose, and nothing where there is nobody to count."""

    most: int
    period: timedelta
    by: Callable[[], str]


def counted(*limits: Limit) -> Callable[[View[P]], View[P]]:
    """Raises TooMany before the view runs. An attempt counts however it ends."""

    def around(view: View[P]) -> View[P]:
        @wraps(view)
        def wrapped(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            settings: Settings = current_app.extensions["yicha.settings"]
            if settings.rate_limits:
                _count(dict(_entrances(f"{view.__module__}.{view.__name__}", limits)))
            return view(*args, **kwargs)

        return wrapped

    return around


def _entrances(view: str, limits: tuple[Limit, ...]) -> Generator[tuple[bytes, Limit]]:
    for number, limit in enumerate(limits):
        if who := limit.by():
            yield blake2b(f"{view} {number} {who}".encode(), digest_size=16).digest(), limit


def _count(entrances: dict[bytes, Limit]) -> None:
    now = clock.now()
    with pool().connection() as connection:
        found = _add(connection, {entrance: limit.period for entrance, limit in entrances.items()}, now)
    waits = [
        until - now for entrance, (attempts, until) in found.items() if attempts > entrances[entrance].most
    ]
    if waits:
        raise TooMany(retry_after=ceil(max(waits).total_seconds()))


def _add(
    connection: Connection[DictRow], periods: dict[bytes, timedelta], now: datetime
) -> dict[bytes, tuple[int, datetime]]:
    """Sorted, so that two who meet at two entrances cannot deadlock."""
    rows = connection.execute(
        """
        INSERT INTO attempt AS known (entrance, attempts, until)
        SELECT entrance, 1, %(now)s + period
        FROM unnest(%(entrances)s::bytea[], %(periods)s::interval[]) AS given (entrance, period)
        ORDER BY entrance
        ON CONFLICT (entrance) DO UPDATE
        SET attempts = CASE WHEN known.until > %(now)s THEN known.attempts + 1 ELSE 1 END,
            until = CASE WHEN known.until > %(now)s THEN known.until ELSE excluded.until END
        RETURNING entrance, attempts, until
        """,
        {"entrances": list(periods), "periods": list(periods.values()), "now": now},
    )
    return {bytes(row["entrance"]): (row["attempts"], row["until"]) for row in rows}


def forget_old(connection: Connection[DictRow]) -> int:
    return connection.execute("DELETE FROM attempt WHERE until < now()").rowcount
