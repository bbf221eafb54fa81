"""Keeps the visits up with the orders they belong to."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection

from events.catalogue.inspection import OrderEvent
from events.consumer import Delivery
from services.feedback.visits import store
from services.feedback.visits.model import STATES, Visit, advanced


def apply(connection: Connection[Any], deliveries: Sequence[Delivery]) -> None:
    visits: dict[UUID, Visit] = {}
    for event in (delivery.event for delivery in deliveries):
        if isinstance(event, OrderEvent) and type(event) in STATES:
            visits[event.order_id] = advanced(visits.get(event.order_id), event)
    if visits:
        store.upsert(connection, list(visits.values()))
