"""What the registry's worker listens to. Its timers are in `jobs.py`."""

from __future__ import annotations

from events.consumer import Subscription
from events.model import Topic
from services.registry.results import projector


def subscriptions() -> list[Subscription]:
    return [
        Subscription(
            service="registry",
            group="registry.results",
            topics=(Topic.INSPECTION,),
            apply=projector.apply,
        )
    ]
