"""What feedback hears: who exists, and which visits may be rated."""

from collections.abc import Sequence
from typing import Any

from psycopg import Connection

from events.consumer import Delivery, Subscription
from events.model import Topic
from services.feedback.replica import projector as replica
from services.feedback.visits import projector as visits


def subscriptions() -> list[Subscription]:
    return [
        Subscription(
            service="feedback",
            group="feedback.replica",
            topics=(Topic.REGISTRY, Topic.INSPECTION),
            apply=apply,
        )
    ]


def apply(connection: Connection[Any], deliveries: Sequence[Delivery]) -> None:
    replica.apply(connection, deliveries)
    visits.apply(connection, deliveries)
