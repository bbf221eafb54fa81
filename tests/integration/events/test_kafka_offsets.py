"""Offsets are told now and then, not with every batch, and none is lost when a reader leaves in peace."""

import time

import pytest
from kafka.errors import KafkaError
from kafka.structs import OffsetAndMetadata, TopicPartition

from events.catalogue.inspection import OrderDrafted
from events.envelope import encode, seal
from events.errors import Disconnected
from events.examples import EXAMPLES
from events.model import Topic
from events.transports.kafka import KafkaTransport
from events.wire import Partition
from services.chassis.ids import new_id
from tests.integration.events.conftest import empty_kafka, eventually

pytestmark = pytest.mark.xdist_group("kafka")
EVENT = EXAMPLES[OrderDrafted.contract.type]


@pytest.fixture
def road(kafka):
    empty_kafka(kafka.bootstrap)
    road = KafkaTransport(kafka.bootstrap)
    producer = road.producer()
    message = encode(seal(EVENT, source="/inspection", correlation_id="test"), Topic.INSPECTION)
    assert producer.send([message] * 3) == [None] * 3
    producer.close()
    return road


@pytest.fixture
def reader(road):
    reader = road.consumer(f"test.{new_id()}", [Topic.INSPECTION])
    yield reader
    reader.close()


def take(reader):
    """All three, as the consumer's loop does; answers where they are."""
    taken, deadline = [], time.monotonic() + 90
    while len(taken) < 3:
        assert time.monotonic() < deadline
        records = reader.poll(0.5, 500)
        taken += records
        if records:
            reader.commit({records[-1].place: records[-1].offset + 1})
    return taken[0].place


def told(road, reader, topic=Topic.INSPECTION):
    return road.positions(reader._config["group_id"], [topic])


def test_a_reader_that_goes_on_polling_tells_where_it_is(road, reader):
    place = take(reader)
    eventually(lambda: reader.poll(0.1, 500) or told(road, reader) == {place: 3})


def test_a_reader_that_leaves_tells_it_at_last(road, reader):
    place = take(reader)
    reader.close()
    assert told(road, reader) == {place: 3}


def test_what_could_not_be_told_is_reported_and_told_again(road, reader):
    place = take(reader)
    eventually(lambda: reader.poll(0.1, 500) or told(road, reader) == {place: 3})
    reader._told({TopicPartition(*place): OffsetAndMetadata(2, "", -1)}, KafkaError("no coordinator"))
    with pytest.raises(Disconnected, match="no coordinator"):
        reader.commit({})
    reader.commit({})
    eventually(lambda: reader.poll(0.1, 500) or told(road, reader) == {place: 2})


def test_a_newer_offset_is_not_set_back_by_one_that_is_told_again(road, reader):
    place = take(reader)
    reader.commit({place: 3})
    reader._told({TopicPartition(*place): OffsetAndMetadata(1, "", -1)}, KafkaError("no coordinator"))
    reader.close()
    assert told(road, reader) == {place: 3}


def test_of_a_partition_that_is_not_its_own_it_tells_nothing(road, reader):
    take(reader)
    reader.commit({Partition(Topic.REGISTRY, 0): 7})
    reader.close()
    assert told(road, reader, Topic.REGISTRY) == {}
