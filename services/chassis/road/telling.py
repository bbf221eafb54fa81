"""A worker says every few seconds how its loops are, so that a desk can see it."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Sequence

import psycopg
import psycopg_pool
import structlog

from services.chassis.database import Pool
from services.chassis.road import store

log = structlog.get_logger()
TELL_SECONDS = 10.0
Vital = tuple[str, bool, int | None]


def tell_until(stop: threading.Event, pool: Pool, vitals: Callable[[], Sequence[Vital]]) -> None:
    """A database that is away is told later. At the end the worker's rows go."""
    worker = f"{socket.gethostname()}:{os.getpid()}"
    while True:
        _tell(pool, worker, vitals())
        if stop.wait(TELL_SECONDS):
            break
    _leave(pool, worker)


def _tell(pool: Pool, worker: str, vitals: Sequence[Vital]) -> None:
    try:
        with pool.connection() as connection:
            store.tell(connection, worker, vitals)
    except (psycopg.OperationalError, psycopg_pool.PoolTimeout) as error:
        log.warning("vitals_not_told", error=type(error).__name__)


def _leave(pool: Pool, worker: str) -> None:
    try:
        with pool.connection(timeout=1) as connection:
            store.forget(connection, worker)
    except (psycopg.Error, psycopg_pool.PoolTimeout, psycopg_pool.PoolClosed) as error:
        log.warning("vitals_not_forgotten", error=type(error).__name__)
