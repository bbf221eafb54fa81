import pytest
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType

from events.model import PARTITIONS, Topic
from events.transports.kafka import KafkaTransport
from tests.integration.events.conftest import empty_kafka

pytestmark = pytest.mark.xdist_group("kafka")


@pytest.fixture
def admin(kafka):
    empty_kafka(kafka.bootstrap)
    admin = KafkaAdminClient(**KafkaTransport(kafka.bootstrap).client)
    yield admin
    admin.close()


def test_every_topic_has_the_agreed_number_of_partitions(admin):
    topics = admin.describe_topics([str(topic) for topic in Topic])
    assert {len(topic["partitions"]) for topic in topics} == {PARTITIONS}


@pytest.mark.parametrize(("topic", "policy"), [(Topic.REGISTRY, "compact"), (Topic.INSPECTION, "delete")])
def test_only_registry_state_is_compacted(admin, topic, policy):
    found = admin.describe_configs(
        [ConfigResource(ConfigResourceType.TOPIC, str(topic), ["cleanup.policy"])], config_filter="all"
    )
    assert found["topic"][str(topic)]["cleanup.policy"]["value"] == policy


def test_making_them_again_changes_nothing(admin, kafka):
    KafkaTransport(kafka.bootstrap).create_topics([*Topic, "yicha.inspection.test.dlq"])
    KafkaTransport(kafka.bootstrap).create_topics([*Topic, "yicha.inspection.test.dlq"])
    assert "yicha.inspection.test.dlq" in admin.list_topics()
