"""From records to effects: each event once, in order, and no poison stops the rest.

Records go in runs, one transaction a run. When a run fails it is taken again one by one: what fails then is
tried some times and becomes a dead letter; what is merely early is parked (see `versions`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import psycopg
import structlog
from psycopg import Connection
from psycopg_pool import ConnectionPool

from events import dead_letters, inbox, metrics, versions
from events.envelope import Envelope, decode, open_event
from events.errors import InvalidEvent, TooManyInvalid, Transient
from events.model import CATALOGUE, Event
from events.subscription import Delivery, Subscription
from events.versions import Verdict
from events.wire import Record

log = structlog.get_logger()
RETRY_SECONDS = 0.05
# These say that the statement is at fault, not the server.
_OURS = (psycopg.errors.ProgramLimitExceeded, psycopg.errors.QueryCanceled)


@dataclass(frozen=True, slots=True)
class Opened:
    """A record with its envelope read; `event` is None when its type is unknown here."""

    record: Record
    envelope: Envelope
    event: Event | None

    @property
    def aggregate(self) -> str:
        return f"{self.record.topic}/{self.envelope.subject}"

    @property
    def version(self) -> int | None:
        """None where order by version does not apply. `….v2` is published beside `….v1` with the same
        version: who knows only v1 must not take it for the newer event."""
        if self.event is None and _sibling_is_known(self.envelope.type):
            return None
        return self.envelope.version


@dataclass(frozen=True, slots=True)
class Broken:
    record: Record
    error: InvalidEvent


def _sibling_is_known(type: str) -> bool:
    base = type.rpartition(".v")[0]
    return any(known.rpartition(".v")[0] == base for known in CATALOGUE)


def open_record(record: Record) -> Opened | Broken:
    try:
        envelope = decode(record)
        return Opened(record, envelope, open_event(envelope))
    except InvalidEvent as error:
        return Broken(record, error)


def is_transient(error: BaseException) -> bool:
    if isinstance(error, _OURS):
        return False
    return isinstance(
        error,
        Transient | psycopg.OperationalError | psycopg.InterfaceError | psycopg.errors.ReadOnlySqlTransaction,
    )


@contextmanager
def transient_as_such() -> Generator[None, None, None]:
    try:
        yield
    except Exception as error:
        if is_transient(error) and not isinstance(error, Transient):
            raise Transient(str(error)) from error
        raise


def _never(_: Record) -> bool:
    return False


class Intake:
    def __init__(
        self,
        subscription: Subscription,
        pool: ConnectionPool[Any],
        replayed: Callable[[Record], bool] = _never,
    ) -> None:
        self._subscription = subscription
        self._group = subscription.group
        self._pool = pool
        self._replayed = replayed
        self._failures: int | None = None

    def take(self, records: Sequence[Record]) -> None:
        """Apply, park or bury all of them. Raises Transient (take them again: what is done is remembered)
        and TooManyInvalid."""
        with transient_as_such():
            for broken, run in groupby(map(open_record, records), key=lambda one: isinstance(one, Broken)):
                if broken:
                    self._bury_all([one for one in run if isinstance(one, Broken)])
                else:
                    self._take_run([one for one in run if isinstance(one, Opened)])

    def _take_run(self, run: Sequence[Opened]) -> None:
        try:
            with self._transaction() as connection:
                applied = self._apply(connection, self._claim(connection, run), unpark=True)
        except Exception as error:
            if is_transient(error):
                raise
            log.warning("batch_taken_one_by_one", consumer=self._group, size=len(run), error=str(error))
            for one in run:
                if self._settle(one):
                    self._take_parked(one.aggregate)
        else:
            self._note_success(applied)

    def _take_parked(self, aggregate: str) -> None:
        while record := self._next_parked(aggregate):
            one = open_record(record)
            assert isinstance(one, Opened)  # only what could be read was parked
            if not self._settle(one, parked=True):
                return

    def _next_parked(self, aggregate: str) -> Record | None:
        with self._transaction() as connection:
            return versions.next_parked(connection, self._group, aggregate)

    def _settle(self, one: Opened, *, parked: bool = False) -> bool:
        """One event by itself, some times if need be; False when it became a dead letter."""
        for attempt in range(1, self._subscription.attempts + 1):
            try:
                self._note_success(self._alone(one, parked))
                return True
            except Exception as error:
                if is_transient(error):
                    raise
                if isinstance(error, InvalidEvent) or attempt == self._subscription.attempts:
                    self._bury(one.record, error, attempt, parked=one if parked else None)
                    return False
                time.sleep(RETRY_SECONDS * attempt)
        raise AssertionError("a subscription has at least one attempt")

    def _alone(self, one: Opened, parked: bool) -> int:
        with self._transaction() as connection:
            applied = self._apply(
                connection, [one] if parked else self._claim(connection, [one]), unpark=False
            )
            if parked:
                versions.remove_parked(connection, self._group, one.aggregate, one.envelope.version or 0)
        return applied

    def _claim(self, connection: Connection[Any], run: Sequence[Opened]) -> list[Opened]:
        """Without what was taken before, in the log or in this very run."""
        unclaimed = inbox.claim(
            connection, self._group, {one.envelope.id: one.version is not None for one in run}
        )
        fresh: list[Opened] = []
        for one in run:
            if one.envelope.id in unclaimed:
                unclaimed.remove(one.envelope.id)
                fresh.append(one)
        metrics.CONSUMER_DROPPED.labels(self._group).inc(len(run) - len(fresh))
        return fresh

    def _apply(self, connection: Connection[Any], run: Sequence[Opened], *, unpark: bool) -> int:
        """Answers how many events were handed over."""
        seen = versions.seen(
            connection, self._group, (one.aggregate for one in run if one.version is not None)
        )
        advanced: dict[str, int] = {}
        due: list[Opened] = []
        for one in run:
            if one.version is None:
                due.append(one)
                continue
            verdict = versions.judge(one.record.topic, one.version, seen[one.aggregate])
            if verdict is Verdict.APPLY:
                due.append(one)
                seen[one.aggregate] = advanced[one.aggregate] = one.version
            elif verdict is Verdict.PARK:
                self._park(connection, one, seen[one.aggregate])
            else:
                metrics.CONSUMER_DROPPED.labels(self._group).inc()
        if unpark and advanced:
            due += self._unpark(connection, advanced)
        deliveries = [self._delivery(one, one.event) for one in due if one.event is not None]
        if deliveries:
            self._subscription.apply(connection, deliveries)
        if advanced:
            versions.store(connection, self._group, advanced)
        metrics.CONSUMER_APPLIED.labels(self._group).inc(len(deliveries))
        return len(deliveries)

    def _unpark(self, connection: Connection[Any], advanced: dict[str, int]) -> list[Opened]:
        following = {aggregate: version + 1 for aggregate, version in advanced.items()}
        records = versions.unpark(connection, self._group, following)
        opened = [one for one in map(open_record, records) if isinstance(one, Opened)]
        advanced |= {one.aggregate: one.version for one in opened if one.version is not None}
        return opened

    def _park(self, connection: Connection[Any], one: Opened, seen: int) -> None:
        assert one.version is not None
        versions.park(connection, self._group, one.aggregate, one.version, one.record)
        metrics.CONSUMER_PARKED.labels(self._group).inc()
        log.error(
            "event_parked",
            consumer=self._group,
            aggregate=one.aggregate,
            seen=seen,
            version=one.version,
            correlation_id=one.envelope.correlation_id,
        )

    def _delivery(self, one: Opened, event: Event) -> Delivery:
        record = one.record
        replayed = self._replayed(record)
        if not replayed and event.contract.key is not None:
            delay = (datetime.now(UTC) - one.envelope.time).total_seconds()
            metrics.CONSUMER_DELAY.labels(self._group).observe(max(0.0, delay))
        return Delivery(one.envelope, event, record.topic, record.partition, record.offset, replayed)

    def _bury_all(self, broken: Sequence[Broken]) -> None:
        for one in broken:
            self._bury(one.record, one.error, 1)

    def _bury(self, record: Record, error: Exception, attempts: int, parked: Opened | None = None) -> None:
        failures = self._failures_in_row() + 1
        if failures > self._subscription.invalid_limit:
            metrics.CONSUMER_STOPPED.labels(self._group).set(1)
            raise TooManyInvalid(f"{failures} records in a row failed, the last: {error}") from error
        with self._transaction() as connection:
            if event_id := dead_letters.event_id_of(record):
                inbox.claim(connection, self._group, {event_id: False})
            if parked and parked.version is not None:
                versions.remove_parked(connection, self._group, parked.aggregate, parked.version)
            letter = dead_letters.bury(connection, self._group, record, error, attempts)
            dead_letters.set_failures_in_row(connection, self._group, failures)
        self._failures = failures
        metrics.DEAD_LETTERS.labels(self._group).inc()
        log.error("dead_letter", consumer=self._group, id=str(letter), error=str(error), attempts=attempts)

    def _failures_in_row(self) -> int:
        if self._failures is None:
            with self._transaction() as connection:
                self._failures = dead_letters.failures_in_row(connection, self._group)
        return self._failures

    def _note_success(self, applied: int) -> None:
        """Only real work ends a row of failures: repeats after a restart prove nothing."""
        if applied and self._failures_in_row():
            with self._transaction() as connection:
                dead_letters.set_failures_in_row(connection, self._group, 0)
            self._failures = 0
            metrics.CONSUMER_STOPPED.labels(self._group).set(0)

    def redrive_next(self) -> bool:
        """Take up one dead letter that someone asked to apply again. False when there is none."""
        with transient_as_such():
            with self._transaction() as connection:
                letter = dead_letters.next_requested(connection, self._group)
                if letter is None:
                    return False
                one = self._redrive(connection, letter)
            if one:
                self._take_parked(one.aggregate)
            return True

    def _redrive(self, connection: Connection[Any], letter: dead_letters.DeadLetter) -> Opened | None:
        one = open_record(letter.record)
        try:
            if isinstance(one, Broken):
                raise one.error
            with connection.transaction():
                self._apply(connection, [one], unpark=False)
        except Exception as error:
            if is_transient(error):
                raise
            dead_letters.failed_again(connection, letter.id, error)
            return None
        dead_letters.resolve(connection, letter.id)
        return one

    @contextmanager
    def _transaction(self) -> Generator[Connection[Any], None, None]:
        with self._pool.connection() as connection, connection.transaction():
            yield connection
