"""Registry events into the replica: one statement a kind and batch. An event no newer than what is there is dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.types.json import Jsonb

from events.catalogue.registry import AgencyChanged, EnterpriseChanged, InspectorChanged, ItemChanged
from events.consumer import Delivery
from events.model import Event, Topic, subject_of
from services.inspection.replica import store
from services.inspection.search.terms import terms_of
from services.inspection.search.text import folded

GROUP = "inspection.replica"
TOPICS = (Topic.REGISTRY,)
E = TypeVar("E", bound=Event)
_WRITERS = {
    AgencyChanged: store.put_agencies,
    EnterpriseChanged: store.put_enterprises,
    InspectorChanged: store.put_inspectors,
    ItemChanged: store.put_items,
}


def apply(connection: Connection[Any], deliveries: Sequence[Delivery]) -> None:
    events = [delivery.event for delivery in deliveries]
    for kind, write in _WRITERS.items():
        newest = _newest(event for event in events if isinstance(event, kind))
        if newest:
            write(connection, Jsonb([_row(event) for event in newest]))


def _row(event: Event) -> dict[str, Any]:
    row = msgspec.to_builtins(event)
    return row | {"search": search_of(event)} if isinstance(event, EnterpriseChanged) else row


def search_of(enterprise: EnterpriseChanged) -> dict[str, Any]:
    open_at = [place.area_code for place in enterprise.premises if place.active and enterprise.active]
    return {
        "folded": folded(enterprise.name),
        "terms": terms_of(enterprise.name, enterprise.uscc, open_at),
    }


def _newest(events: Iterable[E]) -> list[E]:
    """The last word on each aggregate, by id, so that two writers meet rows in the same order."""
    last: dict[UUID, E] = {}
    for event in events:
        known = last.get(subject_of(event))
        if known is None or known.version < event.version:  # pyright: ignore[reportAttributeAccessIssue]
            last[subject_of(event)] = event
    return [last[subject] for subject in sorted(last)]
