"""What oversight hears: everything."""

from collections.abc import Sequence
from typing import Any

from psycopg import Connection

from events.consumer import Delivery, Subscription
from events.model import Topic
from services.oversight.calendar import zone
from services.oversight.projections.projector import project_live

GROUP = "oversight.projections"
TOPICS = (Topic.REGISTRY, Topic.INSPECTION, Topic.FEEDBACK, Topic.RATINGS)


def subscriptions() -> list[Subscription]:
    days = zone()

    def apply(connection: Connection[Any], deliveries: Sequence[Delivery]) -> None:
        project_live(connection, deliveries, days)

    return [Subscription(service="oversight", group=GROUP, topics=TOPICS, apply=apply)]
