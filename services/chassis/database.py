"""The pool and the unit of work: one transaction per command, rolled back unless committed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, LiteralString, Self, TypeVar

from psycopg import Connection
from psycopg.abc import Params
from psycopg.rows import DictRow, class_row, dict_row
from psycopg_pool import ConnectionPool

from events import outbox
from events.model import Event
from services.chassis import correlation

Pool = ConnectionPool[Connection[DictRow]]
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
    follows commit order. `before_commit` hooks run ahead of them, inside the transaction."""

    connection: Connection[DictRow]

    def __init__(self, pool: Pool, source: str) -> None:
        self._pool = pool
        self._source = source
        self._events: list[Event] = []
        self._lease: AbstractContextManager[Connection[DictRow]] | None = None
        self.before_commit: list[Callable[[Self], None]] = []
        self.committed = False

    def __enter__(self) -> Self:
        self._lease = self._pool.connection()
        self.connection = self._lease.__enter__()
        return self

    def emit(self, event: Event) -> None:
        self._events.append(event)

    def commit(self) -> None:
        for hook in self.before_commit:
            hook(self)
        if self._events:
            outbox.append(
                self.connection, self._events, source=self._source, correlation_id=correlation.current()
            )
        self.connection.commit()
        self._events.clear()
        self.committed = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._lease is not None
        if not self.connection.closed:
            self.connection.rollback()
        self._lease.__exit__(None, None, None)
