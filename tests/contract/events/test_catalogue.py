"""What is published is what the code says, and what the code says is only more than what was published."""

import json
import shutil
from copy import deepcopy

import msgspec
import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from jsonschema import Draft202012Validator

from events import publication
from events.envelope import decode, open_event
from events.examples import EXAMPLES
from events.model import CATALOGUE, key_of
from events.publication import breaks, published, render_all
from events.wire import Record
from services.chassis.ids import new_id
from tests.builders.events import a_message

PUBLISHED = published()
ENTERPRISE = "cn.yicha.registry.enterprise.changed.v1"


def test_every_event_has_an_example():
    assert EXAMPLES.keys() == CATALOGUE.keys()


def test_the_published_catalogue_is_what_the_code_says():
    assert render_all() == PUBLISHED, "run: yicha events catalogue --publish"


def test_nothing_published_was_broken():
    assert breaks(PUBLISHED, render_all()) == []


@pytest.mark.parametrize("type", PUBLISHED)
def test_a_published_example_is_read_by_the_code(type):
    document = PUBLISHED[type]
    message = a_message(EXAMPLES[type])
    record = Record(
        message.topic, 0, 0, message.key, message.headers, json.dumps(document["example"]).encode()
    )
    assert open_event(decode(record)) == EXAMPLES[type]


@pytest.mark.parametrize("type", CATALOGUE)
def test_an_example_of_the_code_obeys_the_published_schema(type):
    schema = PUBLISHED[type]["schema"]
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(msgspec.json.encode(EXAMPLES[type])))


@pytest.mark.parametrize("type", CATALOGUE)
def test_a_field_nobody_knows_yet_is_ignored(type):
    message = a_message(EXAMPLES[type])
    newer = json.loads(message.value) | {"added_next_year": 1}
    record = Record(message.topic, 0, 0, message.key, message.headers, json.dumps(newer).encode())
    assert open_event(decode(record)) == EXAMPLES[type]


@pytest.mark.parametrize("type", CATALOGUE)
def test_an_independent_reader_understands_our_messages(type):
    """The CloudEvents SDK, in Kafka's binary mode."""
    message = a_message(EXAMPLES[type])
    event = from_binary(
        KafkaMessage(headers=dict(message.headers), key=message.key, value=message.value),
        JSONFormat(),
        CloudEvent,
    )
    assert (event.get_specversion(), event.get_type()) == ("1.0", type)
    assert event.get_subject() == message.headers["ce_subject"].decode()
    assert event.get_time() is not None
    assert event.get_extension("partitionkey") == (message.key or b"").decode()
    assert event.get_data() == json.loads(message.value)


@pytest.mark.parametrize("cls", CATALOGUE.values(), ids=list(CATALOGUE))
def test_an_event_says_who_owns_it_and_who_listens(cls):
    contract = cls.contract
    services = {"registry", "inspection", "feedback", "oversight"}
    assert contract.owner in services
    assert set(contract.consumers) <= services
    assert contract.consumers


@pytest.mark.parametrize("type", CATALOGUE)
def test_no_event_carries_what_is_private(type):
    text = json.dumps(PUBLISHED[type]["schema"]["properties"]).lower()
    for word in ("phone", "mobile", "identity_number", "id_card", "token", "comment", "password"):
        assert word not in text


def test_a_rating_leads_nowhere():
    given = EXAMPLES["cn.yicha.feedback.rating.given.v1"]
    first, second = a_message(given), a_message(given)
    assert key_of(given) is None
    assert first.key != second.key
    assert first.headers["ce_correlationid"] != second.headers["ce_correlationid"]
    assert first.headers["ce_time"].endswith(b"T00:00:00Z")
    assert first.headers["ce_id"][14:15] == b"4", "a version 7 id would tell the millisecond"
    assert not {"enterprise_id", "order_id", "agency_id"} & json.loads(first.value).keys()


class TestBreaks:
    @pytest.fixture
    def next_year(self):
        return deepcopy(PUBLISHED)

    def test_an_optional_field_may_be_added(self, next_year):
        next_year[ENTERPRISE]["schema"]["properties"]["note"] = {"type": "string", "default": ""}
        assert breaks(PUBLISHED, next_year) == []

    def test_a_new_event_may_be_added(self, next_year):
        next_year["cn.yicha.registry.enterprise.merged.v1"] = next_year[ENTERPRISE]
        assert breaks(PUBLISHED, next_year) == []

    def test_a_consumer_may_be_added(self, next_year):
        next_year[ENTERPRISE]["consumers"].append("statistics")
        assert breaks(PUBLISHED, next_year) == []

    def test_an_event_may_not_vanish(self, next_year):
        del next_year[ENTERPRISE]
        assert breaks(PUBLISHED, next_year) == [f"{ENTERPRISE}: withdrawn"]

    @pytest.mark.parametrize("name", ["topic", "key", "owner", "subject", "version"])
    def test_the_way_it_travels_may_not_change(self, next_year, name):
        next_year[ENTERPRISE][name] = "other"
        assert len(breaks(PUBLISHED, next_year)) == 1

    def test_a_field_may_not_vanish(self, next_year):
        del next_year[ENTERPRISE]["schema"]["properties"]["grade"]
        assert breaks(PUBLISHED, next_year)

    def test_a_field_may_not_become_required(self, next_year):
        next_year[ENTERPRISE]["schema"]["required"].append("grade")
        assert breaks(PUBLISHED, next_year)

    def test_a_required_field_may_not_become_optional(self, next_year):
        next_year[ENTERPRISE]["schema"]["required"].remove("name")
        assert breaks(PUBLISHED, next_year)

    def test_an_enumeration_may_not_grow(self, next_year):
        """A consumer of yesterday would refuse the new value."""
        next_year[ENTERPRISE]["schema"]["properties"]["grade"]["anyOf"][0]["enum"].append("E")
        assert breaks(PUBLISHED, next_year)

    def test_a_part_may_not_change(self, next_year):
        del next_year[ENTERPRISE]["schema"]["$defs"]["PremisesState"]["properties"]["grid"]
        assert breaks(PUBLISHED, next_year)

    def test_publishing_refuses_and_writes_nothing(self, tmp_path):
        shutil.copytree(publication.FOLDER, tmp_path / "published")
        document = deepcopy(PUBLISHED[ENTERPRISE])
        document["schema"]["properties"]["vanished"] = {"type": "string"}
        path = tmp_path / "published" / f"{ENTERPRISE}.json"
        path.write_text(json.dumps(document), "utf-8")
        before = path.read_bytes()
        with pytest.raises(publication.BreakingChange, match="vanished: removed"):
            publication.publish(tmp_path / "published")
        assert path.read_bytes() == before


def test_another_subject_than_the_envelope_says_is_refused():
    message = a_message(ce_subject=str(new_id()).encode())
    record = Record(message.topic, 0, 0, message.key, message.headers, message.value)
    with pytest.raises(Exception, match="another subject"):
        open_event(decode(record))
