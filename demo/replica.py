"""Tells the inspections what is registered without waiting for the relay.

History needs the checklists; the events that arrive later carry no newer version and are dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, LiteralString

import msgspec
from psycopg import Connection
from psycopg.rows import DictRow

from events.catalogue.registry import AgencyChanged, EnterpriseChanged, InspectorChanged, ItemChanged
from events.envelope import seal
from events.model import Event
from events.subscription import Delivery
from services.inspection.replica.apply import apply

_VIEWS: dict[type[Event], LiteralString] = {
    AgencyChanged: "SELECT payload FROM agency_state",
    InspectorChanged: "SELECT payload FROM inspector_state",
    ItemChanged: "SELECT payload FROM item_state",
    EnterpriseChanged: "SELECT payload FROM enterprise_state",
}


def tell_inspection(registry: Connection[DictRow], inspection: Connection[Any]) -> None:
    apply(inspection, [_delivery(event) for event in _states(registry)])


def _states(registry: Connection[DictRow]) -> Iterator[Event]:
    for kind, view in _VIEWS.items():
        rows = registry.execute(view).fetchall()
        yield from msgspec.convert([row["payload"] for row in rows], list[kind])


def _delivery(event: Event) -> Delivery:
    envelope = seal(event, source="/registry", correlation_id="demo-city")
    return Delivery(envelope, event, event.contract.topic, 0, 0)
