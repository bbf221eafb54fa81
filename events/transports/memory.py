"""A log inside one process, for tests: partitions, groups, offsets and rebalancing, no disk."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence

from events.errors import Disconnected
from events.transports.partitioning import partition_of, partitions_of, share
from events.transports.refusal import refusal
from events.wire import Message, Partition, Record


class MemoryTransport:
    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.records: dict[Partition, list[Record]] = defaultdict(list)
        self.offsets: dict[str, dict[Partition, int]] = defaultdict(dict)
        self.members: dict[str, list[MemoryConsumer]] = defaultdict(list)
        self.owners: dict[tuple[str, Partition], MemoryConsumer] = {}

    def producer(self) -> MemoryProducer:
        return MemoryProducer(self)

    def consumer(self, group: str, topics: Sequence[str]) -> MemoryConsumer:
        return MemoryConsumer(self, group, topics)

    def browser(self, starts: Mapping[Partition, int]) -> MemoryBrowser:
        return MemoryBrowser(self, starts)

    def groups(self) -> list[str]:
        with self.changed:
            return sorted(group for group, offsets in self.offsets.items() if offsets)

    def create_topics(self, topics: Sequence[str]) -> None:
        pass

    def ends(self, topics: Sequence[str]) -> dict[Partition, int]:
        with self.changed:
            return {place: len(self.records[place]) for place in partitions_of(topics)}

    def positions(self, group: str, topics: Sequence[str]) -> dict[Partition, int]:
        with self.changed:
            return {place: offset for place, offset in self.offsets[group].items() if place.topic in topics}

    def read(self, following: dict[Partition, int], limit: int) -> list[Record]:
        """From these offsets on, which are moved. For callers that hold the lock."""
        batch: list[Record] = []
        for place, start in following.items():
            found = self.records[place][start : start + limit - len(batch)]
            following[place] = start + len(found)
            batch += found
        return batch

    def close(self) -> None:
        pass


class MemoryProducer:
    def __init__(self, log: MemoryTransport) -> None:
        self._log = log

    def send(self, messages: Sequence[Message]) -> list[Exception | None]:
        with self._log.changed:
            answers = [self._append(message) for message in messages]
            self._log.changed.notify_all()
        return answers

    def _append(self, message: Message) -> Exception | None:
        if refused := refusal(message):
            return refused
        place = Partition(message.topic, partition_of(message.key or b""))
        records = self._log.records[place]
        records.append(
            Record(*place, len(records), message.key, dict(message.headers), message.value),
        )
        return None

    def close(self) -> None:
        pass


class MemoryConsumer:
    def __init__(self, log: MemoryTransport, group: str, topics: Sequence[str]) -> None:
        self._log = log
        self._group = group
        self._topics = topics
        self._next: dict[Partition, int] = {}
        with log.changed:
            log.members[group].append(self)

    def poll(self, seconds: float, limit: int) -> list[Record]:
        deadline = time.monotonic() + seconds
        with self._log.changed:
            while True:
                self._rebalance()
                if records := self._log.read(self._next, limit):
                    return records
                remaining = deadline - time.monotonic()
                if remaining <= 0 or not self._log.changed.wait(remaining):
                    return []

    def _rebalance(self) -> None:
        members = self._log.members[self._group]
        if self not in members:
            raise Disconnected("this member has left the group")
        ours = share(partitions_of(self._topics), members.index(self), len(members))
        for place in [place for place in self._next if place not in ours]:
            self._release(place)
        for place in ours - self._next.keys():
            if (self._group, place) not in self._log.owners:
                self._log.owners[self._group, place] = self
                self._next[place] = self._log.offsets[self._group].get(place, 0)

    def _release(self, place: Partition) -> None:
        del self._next[place]
        del self._log.owners[self._group, place]
        self._log.changed.notify_all()

    def commit(self, offsets: Mapping[Partition, int]) -> None:
        with self._log.changed:
            if not offsets.keys() <= self._next.keys():
                raise Disconnected("partitions went to another member")
            self._log.offsets[self._group].update(offsets)

    def rewind(self, records: Sequence[Record]) -> None:
        for record in reversed(records):
            if record.place in self._next:
                self._next[record.place] = record.offset

    def wait(self, seconds: float, stop: threading.Event) -> None:
        stop.wait(seconds)

    def lag(self) -> dict[Partition, int]:
        with self._log.changed:
            return {place: len(self._log.records[place]) - start for place, start in self._next.items()}

    def close(self) -> None:
        with self._log.changed:
            if self in self._log.members[self._group]:
                self._log.members[self._group].remove(self)
            for place in list(self._next):
                self._release(place)


class MemoryBrowser:
    def __init__(self, log: MemoryTransport, starts: Mapping[Partition, int]) -> None:
        self._log = log
        self._next = dict(starts)

    def poll(self, seconds: float, limit: int) -> list[Record]:
        with self._log.changed:
            found = self._log.read(self._next, limit)
            if not found and self._log.changed.wait(seconds):
                found = self._log.read(self._next, limit)
            return found

    def close(self) -> None:
        pass


SHARED = MemoryTransport()
