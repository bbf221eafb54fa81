"""The consumer's loop: poll, take, commit the offsets, and stay alive."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from psycopg_pool import ConnectionPool

from events import metrics
from events.errors import Disconnected, Stalled, Transient
from events.intake import Intake
from events.subscription import Apply, Delivery, Subscription
from events.transports import Consumer as Reader
from events.transports import Transport
from events.wire import Partition, Record

__all__ = ["Apply", "Consumer", "Delivery", "Subscription"]

log = structlog.get_logger()
POLL_SECONDS = 0.5
BACKOFF_SECONDS = 0.5
LONGEST_BACKOFF_SECONDS = 30.0
MEASURE_SECONDS = 15.0
REDRIVE_SECONDS = 1.0
STALLED_SECONDS = 120.0
LONGEST_BATCH_SECONDS = 900.0


def _never(_: Record) -> bool:
    return False


class Consumer:
    """Runs one subscription; several (threads, processes, machines) share a group's partitions.

    `pool` leads to the service's database, where the effects go and the inbox is.
    """

    def __init__(
        self,
        subscription: Subscription,
        pool: ConnectionPool[Any],
        transport: Transport,
        replayed: Callable[[Record], bool] = _never,
    ) -> None:
        self._subscription = subscription
        self._transport = transport
        self._intake = Intake(subscription, pool, replayed)
        self._backoff = BACKOFF_SECONDS
        self._applying = False
        self.waiting: int | None = None  # records before us, as last measured
        self._measured_at = self._redriven_at = self._progress_at = self.beat = time.monotonic()

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; the batch under way is finished and its offsets are committed.

        Raises TooManyInvalid and Stalled: the process should end, be seen and be started again.
        """
        reader = self._transport.consumer(self._subscription.group, self._subscription.topics)
        log.info("consumer_started", consumer=self._subscription.group)
        try:
            while not stop.is_set():
                self.turn(reader, stop)
        finally:
            reader.close()
            log.info("consumer_stopped", consumer=self._subscription.group)

    def alive(self, within: float = 120.0) -> bool:
        """Whether the loop turns. An open socket proves nothing; a batch under way gets its time, for whoever
        ended us would have all of it done again."""
        return time.monotonic() - self.beat < (LONGEST_BATCH_SECONDS if self._applying else within)

    def turn(self, reader: Reader, stop: threading.Event, seconds: float = POLL_SECONDS) -> int:
        """Poll once and deal with what came. Answers how many records were taken."""
        self.beat = time.monotonic()
        records: Sequence[Record] = ()
        try:
            records = reader.poll(seconds, self._subscription.batch)
            self._take(reader, records)
            self._redrive()
            self._measure(reader)
        except Transient as error:
            self._back_off(reader, records, error, stop)
            return 0
        self._backoff = BACKOFF_SECONDS
        return len(records)

    def _take(self, reader: Reader, records: Sequence[Record]) -> None:
        if not records:
            return
        self._applying = True
        try:
            self._intake.take(records)
        finally:
            self._applying = False
            self.beat = self._progress_at = time.monotonic()
        try:
            reader.commit(following(records))
        except Disconnected as error:
            # The effects stand; whoever reads these records next finds them in the inbox.
            metrics.CONSUMER_RETRIES.labels(self._subscription.group).inc()
            log.warning("offsets_not_committed", consumer=self._subscription.group, error=str(error))

    def _back_off(
        self, reader: Reader, records: Sequence[Record], error: Transient, stop: threading.Event
    ) -> None:
        metrics.CONSUMER_RETRIES.labels(self._subscription.group).inc()
        log.warning(
            "consumer_waits", consumer=self._subscription.group, seconds=self._backoff, error=str(error)
        )
        reader.rewind(records)
        try:
            reader.wait(self._backoff, stop)
        except Disconnected:
            stop.wait(self._backoff)
        self._backoff = min(self._backoff * 2, LONGEST_BACKOFF_SECONDS)
        self._progress_at = time.monotonic()  # waiting is not being stalled

    def _redrive(self) -> None:
        if time.monotonic() - self._redriven_at >= REDRIVE_SECONDS:
            while self._intake.redrive_next():
                self.beat = self._progress_at = time.monotonic()
            self._redriven_at = time.monotonic()

    def _measure(self, reader: Reader) -> None:
        if time.monotonic() - self._measured_at < MEASURE_SECONDS:
            return
        self._measured_at = time.monotonic()
        try:
            lag = reader.lag()
        except Disconnected as error:
            log.warning("lag_unknown", consumer=self._subscription.group, error=str(error))
            return
        for place, waiting in lag.items():
            metrics.CONSUMER_LAG.labels(self._subscription.group, *map(str, place)).set(waiting)
        self.waiting = sum(lag.values())
        self._watch(self.waiting)

    def _watch(self, waiting: int) -> None:
        idle = time.monotonic() - self._progress_at
        if not waiting:
            self._progress_at = time.monotonic()
        elif idle > STALLED_SECONDS:
            raise Stalled(f"{waiting} records wait and none came for {idle:.0f} s")


def following(records: Sequence[Record]) -> dict[Partition, int]:
    """Where to go on after these records."""
    return {record.place: record.offset + 1 for record in records}
