"""Make the projections again from the log, compare them row by row with the live ones, and swap.

The live consumer goes on all the while. Only for the last few events, the comparison and the swap it waits at
the writer's lock; afterwards it continues where it was, and what it meets again changes nothing (see projector).
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from events import replay
from events.consumer import Delivery, Subscription
from events.transports import Transport
from services.chassis import audit
from services.chassis.audit import Act, Tag
from services.chassis.database import Pool
from services.chassis.ids import new_id
from services.oversight.projections import progress, store
from services.oversight.projections.projector import project
from services.oversight.rebuild import remains, tables
from services.oversight.rebuild.tables import Difference
from services.oversight.worker import GROUP, TOPICS

ATTEMPTS = 10
PAUSE_SECONDS = 0.5


class AlreadyRunning(Exception):
    """Another rebuild is under way."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`unapplied` are events that the rebuild had to park or bury: look at the dead letters of the live group.
    `behind` says that the live consumer had not caught up, which alone makes rows differ."""

    differences: Sequence[Difference]
    unapplied: int
    behind: bool
    swapped: bool

    @property
    def equal(self) -> bool:
        return all(difference.equal for difference in self.differences)


def rebuild(
    pool: Pool, transport: Transport, zone: ZoneInfo, stop: threading.Event, *, accept_differences: bool
) -> Outcome:
    """Raises AlreadyRunning."""
    with _alone(pool):
        with pool.connection() as connection:
            tables.make(connection)
            remains.forget(connection)
        subscription = _subscription(zone)
        try:
            replay.from_topics(subscription, pool, transport, stop)
            return _settle(subscription, pool, transport, stop, accept_differences)
        finally:
            with pool.connection() as connection:
                remains.forget(connection)


@contextmanager
def _alone(pool: Pool) -> Generator[None]:
    """A second rebuild would pull the new tables from under the first. The lock goes with its connection, so a
    rebuild that was killed is in nobody's way."""
    with pool.connection() as connection:
        connection.autocommit = True
        try:
            if not tables.try_lock(connection):
                raise AlreadyRunning()
            yield
        finally:
            tables.unlock(connection)
            connection.autocommit = False


def _subscription(zone: ZoneInfo) -> Subscription:
    def apply(connection: Connection[Any], deliveries: Sequence[Delivery]) -> None:
        tables.write_to_new(connection)
        project(connection, deliveries, zone)

    group = f"{remains.GROUPS}{new_id()}"
    return Subscription(service="oversight", group=group, topics=TOPICS, apply=apply)


def _settle(
    subscription: Subscription, pool: Pool, transport: Transport, stop: threading.Event, accept: bool
) -> Outcome:
    """Differences count only once the live consumer has read as far as we have: it is given some time."""
    for attempt in range(1, ATTEMPTS + 1):
        last = attempt == ATTEMPTS
        outcome = _compare_and_swap(subscription, pool, transport, stop, accept=accept, last=last)
        if outcome.swapped or not outcome.behind or last or stop.wait(PAUSE_SECONDS):
            return outcome
    raise AssertionError("there is at least one attempt")


def _compare_and_swap(
    subscription: Subscription,
    pool: Pool,
    transport: Transport,
    stop: threading.Event,
    *,
    accept: bool,
    last: bool,
) -> Outcome:
    with pool.connection() as connection:
        store.lock_writer(connection)
        replay.from_topics(subscription, pool, transport, stop)
        differences = tables.compare(connection)
        behind = _is_behind(transport)
        equal = all(difference.equal for difference in differences)
        swapped = not stop.is_set() and (equal or (accept and (last or not behind)))
        if swapped:
            tables.swap(connection)
            _audit(connection, differences)
            progress.announce(connection)
        return Outcome(
            differences=differences,
            unapplied=remains.unapplied(connection, subscription.group),
            behind=behind,
            swapped=swapped,
        )


def _audit(connection: Connection[Any], differences: Sequence[Difference]) -> None:
    different = {one.table: one.only_live + one.only_new for one in differences if not one.equal}
    act = Act(tag=Tag.READ_MODELS_REPLACED, subject="read_models/oversight", details={"rows": different})
    audit.write(connection, act)


def _is_behind(transport: Transport) -> bool:
    positions = transport.positions(GROUP, TOPICS)
    return any(positions.get(place, 0) < end for place, end in transport.ends(TOPICS).items())
