"""The pool and the unit of work: one transaction per command, rolled back unless committed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, LiteralString, Self, TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import Params
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, class_row, dict_row
from psycopg_pool import ConnectionPool

from events import outbox
from events.model import Event
from services.chassis import correlation

Pool = ConnectionPool[Connection[DictRow]]
Write = Callable[[Connection[DictRow]], object]
T = TypeVar("T")


def open_pool(url: str, size: int, name: str) -> Pool:
    """Rows come as dicts; `jit` off because our statements are short; sessions speak UTC."""
    return ConnectionPool(
        url,
        min_size=min(2, size),
        max_size=size,
        timeout=10,
        open=True,
        name=name,
        connection_class=Connection[DictRow],
        kwargs={
            "row_factory": dict_row,
            "options": "-c jit=off -c timezone=UTC -c idle_in_transaction_session_timeout=60000",
            "application_name": f"yicha-{name}",
        },
    )


def one(
    connection: Connection[Any], cls: type[T], sql: LiteralString, params: Params | None = None
) -> T | None:
    """The first row as `cls`, or None."""
    with connection.cursor(row_factory=class_row(cls)) as cursor:
        return cursor.execute(sql, params).fetchone()


def many(
    connection: Connection[Any], cls: type[T], sql: LiteralString, params: Params | None = None
) -> list[T]:
    with connection.cursor(row_factory=class_row(cls)) as cursor:
        return cursor.execute(sql, params).fetchall()


class UnitOfWork:
    """Holds one transaction. Outbox rows are written last, at commit: see EVENTS on why order then
    follows commit order."""

    connection: Connection[DictRow]

    def __init__(self, pool: Pool, source: str) -> None:
        self._pool = pool
        self._source = source
        self._events: list[Event] = []
        self._writes: list[Write] = []
        self.committed = False

    def __enter__(self) -> Self:
        self.connection = self._pool.getconn()
        return self

    def emit(self, event: Event) -> None:
        self._events.append(event)

    def at_commit(self, write: Write) -> None:
        """Statements that nobody waits for: they are sent together with the outbox and COMMIT.

        Until then they are not there, for this transaction neither: what it reads afterwards does not show them.
        What they violate is raised by `commit`.
        """
        self._writes.append(write)

    def commit(self) -> None:
        """All in one round trip: when one statement fails the server skips the rest, COMMIT among them."""
        with self.connection.pipeline():
            for write in self._writes:
                write(self.connection)
            outbox.append(
                self.connection, self._events, source=self._source, correlation_id=correlation.current()
            )
            self.connection.commit()
        self._writes.clear()
        self._events.clear()
        self.committed = True

    def __exit__(self, *_: object) -> None:
        try:
            if self.connection.info.transaction_status is not TransactionStatus.IDLE:
                with suppress(OperationalError):  # a connection that is lost has rolled back
                    self.connection.rollback()
        finally:
            self._pool.putconn(self.connection)
