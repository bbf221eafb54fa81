"""The roads an event may take, behind one interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Event as Flag
from typing import Protocol

from events.wire import Message, Partition, Record


class Producer(Protocol):
    """For one thread."""

    def send(self, messages: Sequence[Message]) -> list[Exception | None]:
        """Send and wait. Answers per message: None when it is acknowledged, else why it is not.

        A failure means unknown, not absent, except `Unsendable`, which never left.
        """
        ...

    def close(self) -> None: ...


class Consumer(Protocol):
    """One member of a group; for one thread. Whoever polls again says that it has dealt with the last batch."""

    def poll(self, seconds: float, limit: int) -> list[Record]:
        """At most `limit` records, in order within each partition. Raises Disconnected."""
        ...

    def commit(self, offsets: Mapping[Partition, int]) -> None:
        """Store where each partition is to be read next, by the next polls or at the latest on closing.

        Raises Disconnected when that failed, also for offsets given before."""
        ...

    def rewind(self, records: Sequence[Record]) -> None:
        """Let the next poll return these again."""
        ...

    def wait(self, seconds: float, stop: Flag) -> None:
        """Stay in the group without reading, for that long or until `stop`."""
        ...

    def lag(self) -> dict[Partition, int]:
        """Records waiting in each of our partitions. Raises Disconnected."""
        ...

    def close(self) -> None: ...


class Browser(Protocol):
    """Reads without a group: it disturbs nobody and remembers nothing."""

    def poll(self, seconds: float, limit: int) -> list[Record]: ...

    def close(self) -> None: ...


class Transport(Protocol):
    def producer(self) -> Producer: ...

    def consumer(self, group: str, topics: Sequence[str]) -> Consumer:
        """Join `group`; a group that is new starts at the beginning."""
        ...

    def browser(self, starts: Mapping[Partition, int]) -> Browser:
        """Read these partitions from these offsets."""
        ...

    def create_topics(self, topics: Sequence[str]) -> None:
        """Make those that are missing."""
        ...

    def ends(self, topics: Sequence[str]) -> dict[Partition, int]:
        """The offset after the last record of every partition."""
        ...

    def groups(self) -> list[str]:
        """The groups that ever committed an offset."""
        ...

    def positions(self, group: str, topics: Sequence[str]) -> dict[Partition, int]:
        """Where a group reads next; partitions it never committed are absent."""
        ...

    def close(self) -> None: ...


class RoadSettings(Protocol):
    @property
    def events(self) -> str: ...
    @property
    def kafka_bootstrap(self) -> str: ...
    @property
    def kafka_replication(self) -> int: ...
    @property
    def event_log_url(self) -> str: ...


def open_transport(settings: RoadSettings) -> Transport:
    """The road that the settings name. Imports the client only then: a web process never loads Kafka's."""
    match settings.events:
        case "kafka":
            from events.transports.kafka import KafkaTransport

            return KafkaTransport(settings.kafka_bootstrap, replication=settings.kafka_replication)
        case "postgres":
            from events.transports.postgres import PostgresTransport

            return PostgresTransport(settings.event_log_url)
        case "memory":
            from events.transports.memory import SHARED

            return SHARED
        case other:
            raise ValueError(f"events travel on kafka, postgres or memory, not on {other!r}")
