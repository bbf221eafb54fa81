"""CloudEvents 1.0 in Kafka's binary mode: attributes as `ce_*` headers, the event as a JSON value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

import msgspec
from uuid_utils.compat import uuid7

import events.catalogue  # noqa: F401  # pyright: ignore[reportUnusedImport]  # fills CATALOGUE
from events.errors import InvalidEvent
from events.model import CATALOGUE, Event, key_of, subject_of, version_of
from events.wire import Message, Record

SPEC_VERSION = "1.0"
CONTENT_TYPE = "application/json"
T = TypeVar("T")

_encode = msgspec.json.Encoder().encode
_decoders: dict[type[Event], msgspec.json.Decoder[Any]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One event as it travels. `key` orders it; `version` is its aggregate's version after it."""

    id: UUID
    type: str
    source: str
    subject: str
    time: datetime
    key: str
    version: int | None
    correlation_id: str
    payload: bytes


def seal(event: Event, *, source: str, correlation_id: str) -> Envelope:
    """Put an event into an envelope of its own.

    Where the contract has no key the event must not lead back to its cause (rule V1): key, id and
    correlation are fresh random ones, and the time is only the day.
    """
    key = key_of(event)
    now = datetime.now(UTC)
    anonymous = event.contract.key is None
    return Envelope(
        id=uuid4() if anonymous else uuid7(),
        type=event.contract.type,
        source=source,
        subject=str(subject_of(event)),
        time=now.replace(hour=0, minute=0, second=0, microsecond=0) if anonymous else now,
        key=str(key or uuid4()),
        version=version_of(event),
        correlation_id=str(uuid4()) if anonymous else correlation_id,
        payload=_encode(event),
    )


def encode(envelope: Envelope, topic: str, extra: Mapping[str, str] | None = None) -> Message:
    headers = {
        "ce_specversion": SPEC_VERSION,
        "ce_id": str(envelope.id),
        "ce_type": envelope.type,
        "ce_source": envelope.source,
        "ce_subject": envelope.subject,
        "ce_time": envelope.time.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "ce_partitionkey": envelope.key,
        "ce_correlationid": envelope.correlation_id,
        "content-type": CONTENT_TYPE,
    }
    if envelope.version is not None:
        headers["ce_aggregateversion"] = str(envelope.version)
    return Message(
        topic=topic,
        key=envelope.key.encode(),
        headers={name: value.encode() for name, value in (headers | dict(extra or {})).items()},
        value=envelope.payload,
    )


def decode(record: Record) -> Envelope:
    """Raises InvalidEvent. Headers that we do not know are ignored."""
    headers = record.headers
    if _text(headers, "ce_specversion") != SPEC_VERSION:
        raise InvalidEvent("ce_specversion: only 1.0 is understood")
    version = headers.get("ce_aggregateversion")
    return Envelope(
        id=_parsed(headers, "ce_id", UUID),
        type=_text(headers, "ce_type"),
        source=_text(headers, "ce_source"),
        subject=_text(headers, "ce_subject"),
        time=_parsed(headers, "ce_time", _instant),
        key=_text(headers, "ce_partitionkey"),
        version=None if version is None else _parsed(headers, "ce_aggregateversion", int),
        correlation_id=_text(headers, "ce_correlationid"),
        payload=record.value,
    )


def open_event(envelope: Envelope) -> Event | None:
    """The event inside, or None when its type is not in our catalogue (a newer producer's).

    Raises InvalidEvent when it breaks its schema, or says another subject or version than its envelope.
    """
    cls = CATALOGUE.get(envelope.type)
    if cls is None:
        return None
    try:
        event: Event = _decoder(cls).decode(envelope.payload)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InvalidEvent(f"{envelope.type}: {error}") from error
    if str(subject_of(event)) != envelope.subject or version_of(event) != envelope.version:
        raise InvalidEvent(f"{envelope.type}: the envelope names another subject or version than the event")
    return event


def _decoder(cls: type[Event]) -> msgspec.json.Decoder[Any]:
    if cls not in _decoders:
        _decoders[cls] = msgspec.json.Decoder(cls)
    return _decoders[cls]


def _text(headers: Mapping[str, bytes], name: str) -> str:
    try:
        return headers[name].decode()
    except KeyError:
        raise InvalidEvent(f"{name}: missing") from None
    except UnicodeDecodeError:
        raise InvalidEvent(f"{name}: not UTF-8") from None


def _parsed(headers: Mapping[str, bytes], name: str, parse: Callable[[str], T]) -> T:
    text = _text(headers, name)
    try:
        return parse(text)
    except ValueError:
        raise InvalidEvent(f"{name}: malformed: {text[:64]!r}") from None


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("no offset from UTC")
    return instant
