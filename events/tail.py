"""Look at what travels, without being a consumer."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

from events.envelope import Envelope
from events.intake import Opened, open_record
from events.model import Event
from events.transports import Transport
from events.wire import Partition, Record

POLL_SECONDS = 1.0
PAGE = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """`envelope` and `event` are None where they cannot be read; `problem` says why."""

    record: Record
    envelope: Envelope | None
    event: Event | None
    problem: str = ""


def see(record: Record) -> Seen:
    opened = open_record(record)
    if isinstance(opened, Opened):
        return Seen(record, opened.envelope, opened.event)
    return Seen(record, None, None, str(opened.error))


def now(transport: Transport, topics: Sequence[str]) -> dict[Partition, int]:
    """A mark to read on from later."""
    return transport.ends(topics)


def start(transport: Transport, topics: Sequence[str]) -> dict[Partition, int]:
    return dict.fromkeys(transport.ends(topics), 0)


def since(
    transport: Transport,
    mark: dict[Partition, int],
    *,
    correlation_id: str | None = None,
    follow: bool = False,
) -> Generator[Seen, None, None]:
    """What came after `mark`, up to where the topics end now, or on and on when it is to `follow`."""
    behind = _ahead_of(mark, transport.ends(sorted({place.topic for place in mark})))
    browser = transport.browser(mark)
    try:
        while follow or behind:
            records = browser.poll(POLL_SECONDS, PAGE)
            for seen in map(see, records):
                if correlation_id is None or (
                    seen.envelope and seen.envelope.correlation_id == correlation_id
                ):
                    yield seen
            behind = _ahead_of({record.place: record.offset + 1 for record in records}, behind)
    finally:
        browser.close()


def _ahead_of(reached: Mapping[Partition, int], ends: Mapping[Partition, int]) -> dict[Partition, int]:
    """The ends that are not reached yet."""
    return {place: end for place, end in ends.items() if reached.get(place, 0) < end}
