"""One batch of events into the projections, in the consumer's transaction.

Everything here may be done again with the same events, in the same or in another group, and changes nothing
the second time: rows carry the version or the id of what made them. A rebuild relies on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from events.consumer import Delivery
from services.oversight.projections import (
    agencies,
    complaints,
    duplicate_items,
    near,
    progress,
    ratings,
    store,
)
from services.oversight.projections.load import load
from services.oversight.projections.save import save


def project(connection: Connection[Any], deliveries: Sequence[Delivery], zone: ZoneInfo) -> None:
    store.lock_writer(connection)
    events = [delivery.event for delivery in deliveries]
    before = load(connection, events)
    after = before.after(deliveries, zone)
    touched = near.touched(before, after)
    near.take_out(connection, touched)
    save(connection, before, after)
    near.put_in(connection, touched)
    agencies.apply(connection, events)
    duplicate_items.apply(connection, events)
    ratings.apply(connection, events)
    complaints.apply(connection, deliveries, zone)


def project_live(connection: Connection[Any], deliveries: Sequence[Delivery], zone: ZoneInfo) -> None:
    """Nobody waits for the writes one by one: they are sent as they come, and answered for together."""
    with connection.pipeline():
        project(connection, deliveries, zone)
        progress.advance(connection, deliveries)
