"""What oversight hears: everything."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from events.consumer import Delivery, Subscription
from events.model import Topic
from services.oversight.projections.projector import project_live

GROUP = "oversight.projections"
TOPICS = (Topic.REGISTRY, Topic.INSPECTION, Topic.FEEDBACK, Topic.RATINGS)


def subscriptions(timezone: str = "Asia/Shanghai") -> list[Subscription]:
    """`timezone` is the city's calendar: it decides on which day a visit counts."""
    zone = ZoneInfo(timezone)

    def apply(connection: Connection[Any], deliveries: Sequence[Delivery]) -> None:
        project_live(connection, deliveries, zone)

    return [Subscription(service="oversight", group=GROUP, topics=TOPICS, apply=apply)]
