"""What the inspection service listens to."""

from events.consumer import Subscription
from services.inspection.replica import apply as replica


def subscriptions() -> list[Subscription]:
    return [Subscription("inspection", replica.GROUP, replica.TOPICS, replica.apply)]
