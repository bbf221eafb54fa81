from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from events.envelope import decode, encode, open_event, seal
from events.errors import InvalidEvent
from events.wire import Message, Record
from tests.builders.events import a_message, a_step


def received(message: Message, value: bytes | None = None) -> Record:
    return Record(
        message.topic, 3, 7, message.key, message.headers, message.value if value is None else value
    )


def test_an_event_survives_the_way():
    event = a_step(version=4)
    sealed = seal(event, source="/inspection", correlation_id="c-1")
    arrived = decode(received(encode(sealed, event.contract.topic)))
    assert arrived == sealed
    assert open_event(arrived) == event
    assert (arrived.subject, arrived.version, arrived.correlation_id) == (str(event.order_id), 4, "c-1")


def test_the_key_is_the_enterprise():
    event = a_step()
    assert a_message(event).key == str(event.enterprise_id).encode()


def test_a_type_nobody_knows_is_no_error():
    assert open_event(decode(received(a_message(ce_type=b"cn.yicha.inspection.order.sealed.v9")))) is None


@pytest.mark.parametrize(
    "name", ["ce_specversion", "ce_id", "ce_type", "ce_source", "ce_subject", "ce_time", "ce_correlationid"]
)
def test_a_missing_attribute_is_named(name):
    message = a_message()
    headers = {header: value for header, value in message.headers.items() if header != name}
    with pytest.raises(InvalidEvent, match=name):
        decode(received(replace(message, headers=headers)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ce_specversion", b"0.3"),
        ("ce_id", b"7"),
        ("ce_time", b"2026-11-24T10:00:00"),
        ("ce_aggregateversion", b"one"),
        ("ce_type", b"\xff"),
    ],
)
def test_a_malformed_attribute_is_refused(name, value):
    with pytest.raises(InvalidEvent, match=name):
        decode(received(a_message(**{name: value})))


@pytest.mark.parametrize("value", [b"", b"{}", b"[]", b"\xff", b'{"order_id": "x"}', b"null"])
def test_a_body_that_breaks_the_schema_is_refused(value):
    with pytest.raises(InvalidEvent):
        open_event(decode(received(a_message(), value)))


def test_times_travel_in_utc():
    header = a_message().headers["ce_time"].decode()
    assert header.endswith("Z")
    assert datetime.fromisoformat(header).utcoffset() == timedelta(0)
