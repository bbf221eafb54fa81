"""The road of a real installation. The only module that imports kafka-python (3.0.12), and knows its traps.

Clients are made by the thread that uses them, after any fork. Nothing here is called from a signal handler.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.errors import KafkaError, TopicAlreadyExistsError
from kafka.protocol.consumer import OffsetSpec
from kafka.structs import OffsetAndMetadata, TopicPartition

from events.errors import Disconnected
from events.model import COMPACTED, PARTITIONS
from events.transports.partitioning import partitions_of
from events.transports.refusal import refusal
from events.wire import Message, Partition, Record

ProduceFuture = Any  # the published type stubs describe kafka-python 2

# While a coordinator is dead, commit() logs 1,500 lines a second; we count and log failures ourselves.
logging.getLogger("kafka").setLevel(logging.CRITICAL)

FLUSH_SECONDS = 30.0
TELL_SECONDS = 0.5
LAG_MS = 5_000
CLOSE_MS = 5_000

_CLIENT: dict[str, Any] = {
    "api_version": (3, 8),  # given, or construction blocks while it asks; newer brokers speak it
    "reconnect_backoff_max_ms": 1_000,  # default 30 s: back 0.1–1.1 s after an outage instead of 21–53
    "bootstrap_timeout_ms": 10_000,
}
_PRODUCER: dict[str, Any] = {
    "acks": "all",
    "enable_idempotence": True,  # explicitly, or a conflicting setting turns it off in silence
    "delivery_timeout_ms": 86_400_000,  # a batch that expires hangs the producer for good: never let one
    "max_block_ms": 10_000,
    "batch_size": 131_072,
    "linger_ms": 5,
    "allow_auto_create_topics": False,
}
_CONSUMER: dict[str, Any] = {
    "enable_auto_commit": False,
    "auto_offset_reset": "earliest",
    "session_timeout_ms": 10_000,
    "heartbeat_interval_ms": 3_000,
    "allow_auto_create_topics": False,
}


class KafkaTransport:
    def __init__(self, bootstrap: str, *, replication: int = 1) -> None:
        self.client: dict[str, Any] = _CLIENT | {"bootstrap_servers": bootstrap.split(",")}
        self._replication = replication

    def producer(self) -> KafkaRoadProducer:
        return KafkaRoadProducer(self)

    def consumer(self, group: str, topics: Sequence[str]) -> KafkaRoadConsumer:
        return KafkaRoadConsumer(self.client, group, topics)

    def browser(self, starts: Mapping[Partition, int]) -> KafkaRoadBrowser:
        return KafkaRoadBrowser(self.client, starts)

    def groups(self) -> list[str]:
        with self._admin() as admin:
            return sorted(group["group_id"] for group in admin.list_groups())

    def create_topics(self, topics: Sequence[str]) -> None:
        """12 partitions each, for ever: another number would send a key elsewhere and lose its order."""
        with self._admin() as admin:
            known = {topic["name"] for topic in admin.describe_topics() if not topic["error_code"]}
            missing = {str(topic): self._shape(str(topic)) for topic in topics if str(topic) not in known}
            if missing:
                with suppress(TopicAlreadyExistsError):  # another process was quicker
                    admin.create_topics(missing, wait_for_metadata=True)

    def _shape(self, topic: str) -> dict[str, Any]:
        """Events are kept for good, about 40 GB a year for a province: read models are rebuilt from them."""
        configs = {"min.insync.replicas": str(min(2, self._replication)), "retention.ms": "-1"}
        if topic in COMPACTED:
            configs["cleanup.policy"] = "compact"
        return {
            "num_partitions": PARTITIONS,
            "replication_factor": self._replication,
            "configs": configs,
        }

    def ends(self, topics: Sequence[str]) -> dict[Partition, int]:
        wanted = {TopicPartition(*place): OffsetSpec.LATEST for place in partitions_of(topics)}
        with self._admin() as admin:
            return {
                Partition(*place): end.offset for place, end in admin.list_partition_offsets(wanted).items()
            }

    def positions(self, group: str, topics: Sequence[str]) -> dict[Partition, int]:
        wanted = [TopicPartition(*place) for place in partitions_of(topics)]
        with self._admin() as admin:
            found = admin.list_group_offsets({group: wanted})[group]
        return {Partition(*place): at.offset for place, at in found.items() if at.offset >= 0}

    @contextmanager
    def _admin(self) -> Generator[Any, None, None]:
        with _or_disconnected():
            admin = KafkaAdminClient(**self.client)
            try:
                yield admin
            finally:
                admin.close()

    def close(self) -> None:
        pass


@contextmanager
def _or_disconnected() -> Generator[None, None, None]:
    try:
        yield
    except KafkaError as error:
        raise Disconnected(f"{type(error).__name__}: {error}") from error


class KafkaRoadProducer:
    """One batch in flight at most, bounded by whoever sends. After any failure the client is thrown away: one
    record that the broker refuses makes it fail every later send, to any topic, with the *old* error."""

    def __init__(self, road: KafkaTransport) -> None:
        self._road = road
        self._producer: Any = None
        self._known: set[str] = set()

    def send(self, messages: Sequence[Message]) -> list[Exception | None]:
        answers = [refusal(message) for message in messages]
        sendable = [number for number, refusal in enumerate(answers) if refusal is None]
        outcomes = self._deliver([messages[number] for number in sendable])
        for number, outcome in zip(sendable, outcomes, strict=True):
            answers[number] = outcome
        if any(outcomes):
            self.close()
        return answers

    def _deliver(self, messages: Sequence[Message]) -> list[Exception | None]:
        futures: list[ProduceFuture] = []
        failure: Exception = Disconnected(f"not acknowledged within {FLUSH_SECONDS:g} s")
        try:
            with _or_disconnected():
                producer = self._open({message.topic for message in messages})
                for message in messages:
                    futures.append(_start(producer, message))
                producer.flush(FLUSH_SECONDS)  # does not raise for failed records: each future is asked below
        except Disconnected as error:
            failure = error
        outcomes = [_outcome(future, failure) for future in futures]
        return outcomes + [failure] * (len(messages) - len(futures))

    def _open(self, topics: set[str]) -> Any:
        if topics - self._known:
            self._road.create_topics(sorted(topics - self._known))
            self._known |= topics
        if self._producer is None:
            self._producer = KafkaProducer(**self._road.client, **_PRODUCER)
        return self._producer

    def close(self) -> None:
        if self._producer is None:
            return
        producer, self._producer = self._producer, None
        producer._sender.force_close()  # first: close() alone waits for batches that never leave
        with suppress(KafkaError):
            producer.close(CLOSE_MS / 1000)


def _start(producer: Any, message: Message) -> ProduceFuture:
    headers = list(message.headers.items())
    return producer.send(message.topic, value=message.value, key=message.key, headers=headers)


def _outcome(future: ProduceFuture, otherwise: Exception) -> Exception | None:
    if future.succeeded():
        return None
    return Disconnected(str(future.exception)) if future.failed() else otherwise


class KafkaRoadConsumer:
    """No rebalance listener (they stalled partitions in 3.0.7–3.0.8): a commit for a partition that went to
    another member fails, its effects stand, and the other member's inbox drops the repeat.

    Offsets only spare that repeat, so no batch waits until three brokers have written them: they are told twice
    a second, with a poll, and waited for only at the end.
    """

    def __init__(self, client: Mapping[str, Any], group: str, topics: Sequence[str]) -> None:
        self._config: dict[str, Any] = {**client, **_CONSUMER, "group_id": group}
        self._topics = [str(topic) for topic in topics]
        self._consumer: Any = None
        self._offsets: dict[TopicPartition, OffsetAndMetadata] = {}
        self._told_at = float("-inf")
        self._failure: Exception | None = None

    def poll(self, seconds: float, limit: int) -> list[Record]:
        try:
            with _or_disconnected():
                consumer = self._open()
                self._tell()
                batches = consumer.poll(timeout_ms=int(seconds * 1000), max_records=limit)
        except Disconnected:
            self._drop()  # a client that raised is not trusted again
            raise
        return [_record(record) for batch in batches.values() for record in batch]

    def _open(self) -> Any:
        if self._consumer is None:
            self._consumer = KafkaConsumer(**self._config)
            self._consumer.subscribe(self._topics)
        return self._consumer

    def commit(self, offsets: Mapping[Partition, int]) -> None:
        """Take note of them. Raises Disconnected for those told before, when that failed: they are told again."""
        if self._consumer is None:
            raise Disconnected("not in the group")
        self._offsets |= {
            TopicPartition(*place): OffsetAndMetadata(offset, "", -1) for place, offset in offsets.items()
        }
        failure, self._failure = self._failure, None
        if failure:
            raise Disconnected(f"{type(failure).__name__}: {failure}")

    def _tell(self) -> None:
        if time.monotonic() - self._told_at < TELL_SECONDS:
            return
        offsets = self._ours()
        self._offsets = {}
        self._told_at = time.monotonic()
        if offsets:
            self._consumer.commit_async(offsets, callback=self._told)

    def _ours(self) -> dict[TopicPartition, OffsetAndMetadata]:
        """The broker does not ask whose partition it is: ours would set back a new owner's offset."""
        assigned = self._consumer.assignment()
        return {at: offset for at, offset in self._offsets.items() if at in assigned}

    def _told(self, offsets: dict[TopicPartition, OffsetAndMetadata], answer: object) -> None:
        if isinstance(answer, Exception):
            self._failure = answer
            self._offsets = offsets | self._offsets

    def rewind(self, records: Sequence[Record]) -> None:
        if self._consumer is None:
            return
        first = {record.place: record.offset for record in reversed(records)}
        assigned = self._consumer.assignment()
        for place, offset in first.items():
            if TopicPartition(*place) in assigned:
                self._consumer.seek(TopicPartition(*place), offset)

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Paused but polling: a consumer that does not poll is thrown out of its group."""
        deadline = time.monotonic() + seconds
        while not stop.is_set() and (remaining := deadline - time.monotonic()) > 0:
            if self._consumer is None:
                stop.wait(remaining)
                return
            self._consumer.pause(*self._consumer.assignment())
            self.rewind(self.poll(min(remaining, 0.2), 1))
        if self._consumer:
            self._consumer.resume(*self._consumer.paused())

    def lag(self) -> dict[Partition, int]:
        if self._consumer is None:
            return {}
        with _or_disconnected():
            assigned = list(self._consumer.assignment())
            ends = self._consumer.end_offsets(assigned, timeout_ms=LAG_MS) if assigned else {}
            positions = {at: self._consumer.position(at, timeout_ms=LAG_MS) for at in assigned}
        return {Partition(*at): ends[at] - (positions[at] or 0) for at in assigned}

    def close(self) -> None:
        if self._consumer and self._offsets:
            with suppress(KafkaError):
                self._consumer.commit(self._ours(), timeout_ms=CLOSE_MS)
        self._drop()

    def _drop(self) -> None:
        if self._consumer is None:
            return
        consumer, self._consumer = self._consumer, None
        self._offsets = {}
        with suppress(KafkaError):
            consumer.close(autocommit=False, timeout_ms=CLOSE_MS)


class KafkaRoadBrowser:
    def __init__(self, client: Mapping[str, Any], starts: Mapping[Partition, int]) -> None:
        with _or_disconnected():
            self._consumer: Any = KafkaConsumer(**client, **_CONSUMER, group_id=None)
            self._consumer.assign([TopicPartition(*place) for place in starts])
            for place, offset in starts.items():
                self._consumer.seek(TopicPartition(*place), offset)

    def poll(self, seconds: float, limit: int) -> list[Record]:
        with _or_disconnected():
            batches = self._consumer.poll(timeout_ms=int(seconds * 1000), max_records=limit)
        return [_record(record) for batch in batches.values() for record in batch]

    def close(self) -> None:
        with suppress(KafkaError):
            self._consumer.close(autocommit=False, timeout_ms=CLOSE_MS)


def _record(record: Any) -> Record:
    headers = {name: value or b"" for name, value in record.headers or ()}
    return Record(record.topic, record.partition, record.offset, record.key, headers, record.value or b"")
