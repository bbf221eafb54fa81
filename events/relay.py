"""The relay carries a service's outbox to the road: in order, at least once, one of them at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
import structlog
from psycopg import sql
from psycopg.rows import scalar_row

from events import metrics, outbox
from events.errors import EventsError, Unsendable
from events.outbox import Row
from events.transports import Producer, Transport

log = structlog.get_logger()

BATCH = 500
POLL_SECONDS = 0.1
STANDBY_SECONDS = 1.0
RETRY_SECONDS = 1.0
BLOCKED_SECONDS = 30.0
MEASURE_SECONDS = 5.0
DAY = 86_400.0
# A dead host must not keep the lock for hours: the server finds out in 25 s.
_OPTIONS = (
    "-c timezone=UTC -c jit=off"
    " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
)

Connection = psycopg.Connection[Any]


class NotActive(EventsError):
    """Another relay of this service holds the lock."""


@dataclass
class Relay:
    """`url` is the service's database, whose search_path leads to the outbox; `service` names the metrics.

    Only one relay of an outbox is active, under a session advisory lock: several would lose the order of a key.
    When its connection dies while a batch is under way, the next one sends that batch again, in the same order.
    """

    url: str
    transport: Transport
    service: str = "service"
    batch: int = BATCH
    beat: float = field(default_factory=time.monotonic)
    _blocked: dict[str, float] = field(default_factory=dict[str, float])
    _careful: bool = False
    _measured_at: float = 0.0
    _months_at: float = 0.0

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set. Nothing ends it but that; failures are logged, counted and tried again."""
        while not stop.is_set():
            try:
                self._active(stop)
            except NotActive:
                self.beat = time.monotonic()
                stop.wait(STANDBY_SECONDS)
            except Exception as error:  # noqa: BLE001  # one of the loops that must not die
                metrics.RELAY_FAILURES.labels(self.service).inc()
                log.error("relay_failed", service=self.service, error=str(error), kind=type(error).__name__)
                stop.wait(RETRY_SECONDS)
        metrics.RELAY_ACTIVE.labels(self.service).set(0)

    def alive(self, within: float = 120.0) -> bool:
        return time.monotonic() - self.beat < within

    def _active(self, stop: threading.Event) -> None:
        with psycopg.connect(self.url, autocommit=True, options=_OPTIONS, connect_timeout=10) as connection:
            channel = self._take_turn(connection)
            producer = self.transport.producer()
            try:
                while not stop.is_set():
                    self._round(connection, producer, channel, stop)
            finally:
                producer.close()
                metrics.RELAY_ACTIVE.labels(self.service).set(0)

    def _take_turn(self, connection: Connection) -> str:
        with connection.cursor(row_factory=scalar_row) as cursor:
            channel = cursor.execute("SELECT current_schema() || '_outbox'").fetchone()
            assert isinstance(channel, str)
            mine = cursor.execute(
                "SELECT pg_try_advisory_lock(hashtextextended('relay ' || %(channel)s, 0))",
                {"channel": channel},
            ).fetchone()
        if not mine:
            raise NotActive
        connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        metrics.RELAY_ACTIVE.labels(self.service).set(1)
        log.info("relay_active", service=self.service)
        return channel

    def _round(self, connection: Connection, producer: Producer, channel: str, stop: threading.Event) -> None:
        self.beat = time.monotonic()
        self._upkeep(connection)
        if self.ship(connection, producer):
            return
        if self._careful:
            stop.wait(RETRY_SECONDS)
        for _ in connection.notifies(timeout=POLL_SECONDS, stop_after=1):
            pass

    def ship(self, connection: Connection, producer: Producer) -> int:
        """Send one batch and mark what was acknowledged. Answers how many were."""
        rows = outbox.unpublished(connection, self.batch, self._waiting_keys())
        if not rows:
            return 0
        answers = self._one_by_one(rows, producer) if self._careful else _send(rows, producer)
        delivered = _in_order(rows, answers)
        if delivered:
            outbox.mark_published(connection, delivered)
            metrics.RELAY_PUBLISHED.labels(self.service).inc(len(delivered))
        self._judge(connection, rows, answers, bool(delivered))
        return len(delivered)

    def _one_by_one(self, rows: Sequence[Row], producer: Producer) -> list[Exception | None]:
        """After a failure: find the culprit. When two keys fail and none goes through, it is the road."""
        answers: list[Exception | None] = []
        failed: dict[str, Exception] = {}
        for row in rows:
            if row.key in failed:
                answers.append(failed[row.key])
                continue
            (answer,) = _send([row], producer)
            answers.append(answer)
            if answer:
                failed[row.key] = answer
            if len(failed) > 1 and not any(answer is None for answer in answers):
                break
        return answers

    def _judge(
        self, connection: Connection, rows: Sequence[Row], answers: Sequence[Exception | None], progress: bool
    ) -> None:
        """An event that cannot be sent blocks its key, not the others; a road that is away blocks nobody."""
        failures = [(row, answer) for row, answer in zip(rows, answers, strict=False) if answer]
        culprits = {
            row.key: (row, answer)
            for row, answer in reversed(failures)
            if isinstance(answer, Unsendable) or (self._careful and progress)
        }
        for key, (row, answer) in culprits.items():
            self._blocked[key] = time.monotonic() + BLOCKED_SECONDS
            outbox.note_refusal(connection, row, str(answer))
            log.error("event_refused", service=self.service, id=str(row.id), type=row.type, error=str(answer))
        self._careful = any(not isinstance(answer, Unsendable) for _, answer in failures)
        if failures:
            metrics.RELAY_FAILURES.labels(self.service).inc(len(failures))
            log.warning(
                "events_not_sent", service=self.service, count=len(failures), error=str(failures[0][1])
            )

    def _waiting_keys(self) -> list[str]:
        now = time.monotonic()
        self._blocked = {key: until for key, until in self._blocked.items() if until > now}
        return list(self._blocked)

    def _upkeep(self, connection: Connection) -> None:
        now = time.monotonic()
        if now - self._measured_at >= MEASURE_SECONDS:
            self._measured_at = now
            metrics.RELAY_OLDEST.labels(self.service).set(outbox.oldest_unpublished_seconds(connection))
            metrics.RELAY_BLOCKED.labels(self.service).set(len(self._blocked))
        if now - self._months_at >= DAY:
            self._months_at = now
            self._open_months(connection)

    def _open_months(self, connection: Connection) -> None:
        try:
            connection.execute("SELECT open_outbox_months()")
        except psycopg.errors.LockNotAvailable:
            log.warning("outbox_months_not_opened", service=self.service)


def _send(rows: Sequence[Row], producer: Producer) -> list[Exception | None]:
    return producer.send([row.message() for row in rows])


def _in_order(rows: Sequence[Row], answers: Sequence[Exception | None]) -> list[Row]:
    """What was acknowledged and has no unacknowledged event of its key before it."""
    failed: set[str] = set()
    delivered: list[Row] = []
    for row, answer in zip(rows, answers, strict=False):
        if answer:
            failed.add(row.key)
        elif row.key not in failed:
            delivered.append(row)
    return delivered
