"""One thread a process listens for changes and serves all open streams of it.

Figures are computed once a change and scope, not once a stream, and at most some times a second. A stream's
queue holds one message: whoever reads slowly misses steps in between, never the last one.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, Full, Queue
from typing import Any
from uuid import UUID

import orjson
import psycopg
import structlog
from psycopg import Connection
from psycopg.rows import DictRow, dict_row

from services.chassis.errors import Text, Unavailable
from services.oversight import calendar
from services.oversight.figures import store
from services.oversight.figures.model import this_year
from services.oversight.figures.queries import figures
from services.oversight.projections.progress import CHANNEL

log = structlog.get_logger()
MAX_STREAMS = 60
PAUSE_SECONDS = 0.2
POLL_SECONDS = 1.0
RETRY_SECONDS = 1.0


@dataclass(frozen=True)
class Message:
    """`data` is the figures as JSON; None asks the stream to end."""

    position: int
    data: bytes | None


@dataclass(frozen=True, eq=False)
class Stream:
    """One open connection. `agency_id` bounds what it shows, None shows all."""

    agency_id: UUID | None
    messages: Queue[Message] = field(default_factory=lambda: Queue[Message](maxsize=1))

    def offer(self, message: Message) -> None:
        """Replaces a message that nobody has read yet."""
        while True:
            try:
                return self.messages.put_nowait(message)
            except Full:
                self.drop()

    def drop(self) -> None:
        with suppress(Empty):
            self.messages.get_nowait()


class Hub:
    """Started by its first stream, so after any fork; `close` ends it and all streams."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._lock = threading.Lock()
        self._streams: set[Stream] = set()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self, agency_id: UUID | None) -> Stream:
        """Raises Unavailable when this process has as many streams as its threads can bear."""
        with self._lock:
            if len(self._streams) >= MAX_STREAMS or self._stop.is_set():
                raise Unavailable(Text("实时连接过多", "too many live connections"), retry_after=5)
            stream = Stream(agency_id)
            self._streams.add(stream)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="oversight-hub", daemon=True)
                self._thread.start()
        return stream

    def leave(self, stream: Stream) -> None:
        with self._lock:
            self._streams.discard(stream)

    def close(self) -> None:
        self._stop.set()
        for stream in self._open_streams():
            stream.offer(Message(0, None))
        if self._thread:
            self._thread.join()

    def current(self, connection: Connection[Any], agency_id: UUID | None) -> Message:
        period = this_year(calendar.today())
        shown = figures(connection, agency_id, period)
        return Message(shown["position"], orjson.dumps(shown))

    @property
    def streams(self) -> int:
        return len(self._streams)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                log.warning("hub_disconnected", error=type(error).__name__)
                self._stop.wait(RETRY_SECONDS)

    def _listen(self) -> None:
        with Connection[DictRow].connect(
            self._url, autocommit=True, row_factory=dict_row, application_name="yicha-oversight-hub"
        ) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            told = -1
            while not self._stop.is_set():
                position = store.progress(connection).position
                if position != told:
                    self._publish(connection)
                    told = position
                    self._stop.wait(PAUSE_SECONDS)
                else:
                    _wait_for_word(connection)

    def _publish(self, connection: Connection[Any]) -> None:
        streams = self._open_streams()
        for agency_id in {stream.agency_id for stream in streams}:
            message = self.current(connection, agency_id)
            for stream in streams:
                if stream.agency_id == agency_id:
                    stream.offer(message)

    def _open_streams(self) -> Iterable[Stream]:
        with self._lock:
            return list(self._streams)


def _wait_for_word(connection: Connection[Any]) -> None:
    """The word is only a hint: without it the position is looked up every second."""
    for _ in connection.notifies(timeout=POLL_SECONDS, stop_after=1):
        pass
