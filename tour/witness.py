"""Reads the log beside the play: an event is believed when it was seen on the road, not before."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

from events import tail
from events.envelope import Envelope, decode
from events.errors import Disconnected
from events.model import Topic
from events.transports import RoadSettings, Transport, open_transport
from events.wire import Partition

_TOPICS = (Topic.REGISTRY, Topic.INSPECTION, Topic.FEEDBACK, Topic.RATINGS)


@dataclass(frozen=True, kw_only=True)
class Road:
    """Where the events travel; what `open_transport` asks for."""

    events: str
    kafka_bootstrap: str = ""
    kafka_replication: int = 1
    event_log_url: str = ""


@dataclass(frozen=True)
class Seen:
    envelope: Envelope
    at: float


class Witness:
    """Keeps every event that was caused by the play, and those that say nothing of their cause."""

    def __init__(self) -> None:
        self._seen: dict[str, list[Seen]] = defaultdict(list)
        self._news = threading.Condition()
        self._stop = threading.Event()

    @contextmanager
    def watching(self, road: RoadSettings) -> Generator[Witness]:
        """What happens from now on. The mark is set before this returns."""
        transport = open_transport(road)
        mark = tail.now(transport, _TOPICS)
        reader = threading.Thread(target=self._read, args=(transport, mark), daemon=True)
        reader.start()
        try:
            yield self
        finally:
            self._stop.set()
            reader.join(timeout=15)
            transport.close()

    def caused_by(self, correlation_id: str, kind: str, within: float, count: int = 1) -> list[Seen]:
        """Events of this type with this correlation id, as soon as there are `count`; else what there is."""
        return self._await(correlation_id, kind, monotonic() + within, count)

    def anonymous(self, kind: str, after: float, within: float) -> list[Seen]:
        """Events of a type that carries no link to its cause, first seen after `after`."""
        deadline = after + within
        with self._news:
            while not (found := [each for each in self._seen[kind] if each.at > after]):
                if not self._wait(deadline):
                    break
        return found

    def _await(self, correlation_id: str, kind: str, deadline: float, count: int) -> list[Seen]:
        with self._news:
            while True:
                found = [each for each in self._seen[correlation_id] if each.envelope.type == kind]
                if len(found) >= count or not self._wait(deadline):
                    return found

    def _wait(self, deadline: float) -> bool:
        left = deadline - monotonic()
        return left > 0 and self._news.wait(left)

    def _read(self, transport: Transport, mark: dict[Partition, int]) -> None:
        browser = transport.browser(mark)
        try:
            while not self._stop.is_set():
                try:
                    records = browser.poll(0.2, 500)
                except Disconnected:
                    self._stop.wait(0.2)
                    continue
                self._keep([decode(record) for record in records])
        finally:
            browser.close()

    def _keep(self, envelopes: list[Envelope]) -> None:
        now = monotonic()
        with self._news:
            for envelope in envelopes:
                seen = Seen(envelope, now)
                self._seen[envelope.correlation_id].append(seen)
                if envelope.version is None:
                    self._seen[envelope.type].append(seen)
            self._news.notify_all()
