"""What a worker does with computations: one at a time, whichever is free."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

import psycopg
import structlog
from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis import clock, correlation
from services.chassis.database import Pool
from services.chassis.errors import Text, YichaError
from services.inspection.computations import store
from services.inspection.computations.model import Computation, Kind, Told

log = structlog.get_logger()
Maker = Callable[[Connection[DictRow], Computation, Told], dict[str, Any]]
"""Makes it and leaves what belongs to it in the open transaction; returns the result."""
_TELL_SECONDS = 1.0


class Interrupted(BaseException):
    """The worker is to stop: no error, so nothing on the way takes it for one."""


_BROKEN = Text(
    "计算时发生内部错误，请把编号告诉管理员",
    "an internal error stopped this computation; give its id to your administrator",
)


def work_off(pool: Pool, makers: Mapping[Kind, Maker], *, stop: Callable[[], bool]) -> None:
    """Every open one that no other worker holds. One that fails does not keep the others waiting."""
    with pool.connection() as connection:
        waiting = store.waiting(connection)
    for computation_id in waiting:
        if stop():
            return
        with (
            suppress(Interrupted),
            pool.connection() as connection,
            _held(connection, computation_id) as held,
        ):
            if held:
                _make(connection, computation_id, makers, _teller(pool, computation_id, stop))


@contextmanager
def _held(connection: Connection[DictRow], computation_id: UUID) -> Generator[bool]:
    held = store.try_lock(connection, computation_id)
    connection.commit()
    try:
        yield held
    finally:
        if held and not connection.closed:
            connection.rollback()
            store.unlock(connection, computation_id)
            connection.commit()


def _make(
    connection: Connection[DictRow], computation_id: UUID, makers: Mapping[Kind, Maker], tell: Told
) -> None:
    """A lost database, or a worker that is to stop, leaves it open, to be taken up again; any other error is this
    computation's own."""
    correlation.begin(str(computation_id))
    asked = store.get(connection, computation_id)
    connection.commit()
    if asked is None or not asked.open:
        return
    try:
        tell(0.0)
        result = makers[asked.kind](connection, asked, tell)
        store.finish(connection, computation_id, result, clock.now())
    except psycopg.OperationalError:
        raise
    except YichaError as error:
        _fail(connection, computation_id, error.detail)
    except Exception as error:
        log.exception("computation_broken", computation_id=str(computation_id), error=type(error).__name__)
        _fail(connection, computation_id, _BROKEN)
    connection.commit()


def _fail(connection: Connection[DictRow], computation_id: UUID, problem: Text) -> None:
    connection.rollback()
    store.fail(connection, computation_id, problem, clock.now())


def _teller(pool: Pool, computation_id: UUID, stop: Callable[[], bool]) -> Told:
    """Writes the progress now and then, on a connection of its own: it is seen while the work goes on. Raises
    Interrupted when the worker is to stop."""
    told_at = float("-inf")

    def tell(progress: float) -> None:
        nonlocal told_at
        if stop():
            raise Interrupted
        if time.monotonic() - told_at >= _TELL_SECONDS:
            told_at = time.monotonic()
            with pool.connection() as connection:
                store.run(connection, computation_id, min(progress, 0.99))

    return tell
