"""The catalogue as an AsyncAPI 3 document, for whoever wants to listen."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import msgspec

from events.examples import EXAMPLES
from events.model import CATALOGUE, COMPACTED, PARTITIONS, Event, Topic
from events.publication import summary_of, tidy

HEADERS = {
    "type": "object",
    "required": [
        "ce_specversion",
        "ce_id",
        "ce_type",
        "ce_source",
        "ce_subject",
        "ce_time",
        "ce_partitionkey",
        "ce_correlationid",
        "content-type",
    ],
    "properties": {
        "ce_specversion": {"const": "1.0"},
        "ce_id": {"type": "string", "format": "uuid", "description": "The same id is the same event."},
        "ce_type": {"type": "string"},
        "ce_source": {"type": "string", "examples": ["/inspection"]},
        "ce_subject": {"type": "string", "description": "The aggregate."},
        "ce_time": {"type": "string", "format": "date-time"},
        "ce_partitionkey": {"type": "string", "description": "Orders events; also the record's key."},
        "ce_aggregateversion": {
            "type": "string",
            "pattern": "^[0-9]+$",
            "description": "Of the aggregate, after the event: its events count up without gaps.",
        },
        "ce_correlationid": {"type": "string"},
        "content-type": {"const": "application/json"},
    },
}


def document(version: str = "1.0.0") -> dict[str, Any]:
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Yicha events 一查事件",
            "version": version,
            "description": "CloudEvents 1.0 in Kafka's binary mode. A topic is an ordering scope.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {str(topic): _channel(topic) for topic in Topic if _types_of(topic)},
        "operations": _operations(),
        "components": {
            "messages": {name_of(cls): _message(cls) for cls in CATALOGUE.values()},
            "messageTraits": {"cloudevent": {"headers": HEADERS}},
            "schemas": _schemas(),
        },
    }


def render(version: str = "1.0.0") -> str:
    return json.dumps(document(version), ensure_ascii=False, indent=2) + "\n"


def name_of(cls: type[Event]) -> str:
    return cls.contract.type.removeprefix("cn.yicha.")


def _types_of(topic: Topic) -> list[type[Event]]:
    return [cls for cls in CATALOGUE.values() if cls.contract.topic == topic]


def _channel(topic: Topic) -> dict[str, Any]:
    policy = ["compact"] if topic in COMPACTED else ["delete"]
    return {
        "address": str(topic),
        "messages": {
            name_of(cls): {"$ref": f"#/components/messages/{name_of(cls)}"} for cls in _types_of(topic)
        },
        "bindings": {
            "kafka": {
                "partitions": PARTITIONS,
                "topicConfiguration": {"cleanup.policy": policy},
                "bindingVersion": "0.5.0",
            }
        },
    }


def _message(cls: type[Event]) -> dict[str, Any]:
    contract = cls.contract
    return {
        "name": contract.type,
        "title": cls.__name__,
        "summary": summary_of(cls) or cls.__name__,
        "contentType": "application/json",
        "traits": [{"$ref": "#/components/messageTraits/cloudevent"}],
        "payload": {"$ref": f"#/components/schemas/{cls.__name__}"},
        "bindings": {
            "kafka": {
                "key": {
                    "type": "string",
                    "format": "uuid",
                    "description": f"`{contract.key}`"
                    if contract.key
                    else "random: nothing leads back to a cause",
                },
                "bindingVersion": "0.5.0",
            }
        },
        "examples": [{"payload": json.loads(msgspec.json.encode(EXAMPLES[contract.type]))}],
    }


def _operations() -> dict[str, Any]:
    """Who sends and who receives what; one operation a service, direction and topic."""
    roles: dict[tuple[str, str, Topic], list[type[Event]]] = defaultdict(list)
    for cls in CATALOGUE.values():
        roles[cls.contract.owner, "send", cls.contract.topic].append(cls)
        for consumer in cls.contract.consumers:
            roles[consumer, "receive", cls.contract.topic].append(cls)
    return {
        f"{service}.{action}.{topic}": {
            "action": action,
            "channel": {"$ref": f"#/channels/{topic}"},
            "summary": f"{service} {action}s on {topic}",
            "messages": [{"$ref": f"#/channels/{topic}/messages/{name_of(cls)}"} for cls in found],
        }
        for (service, action, topic), found in sorted(roles.items())
    }


def _schemas() -> dict[str, Any]:
    _, parts = msgspec.json.schema_components(CATALOGUE.values(), ref_template="#/components/schemas/{name}")
    return tidy(parts)
