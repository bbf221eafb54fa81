"""Which rows a batch touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection

from events.catalogue.inspection import DuplicateFound, EntryRefused, OrderEvent, VisitRefused
from events.catalogue.registry import EnterpriseChanged
from events.model import Event
from services.oversight.projections import store
from services.oversight.projections.duplicate import Duplicate
from services.oversight.projections.enterprise import Enterprise, registered
from services.oversight.projections.picture import Picture
from services.oversight.projections.premises import Premises, premises_of


def load(connection: Connection[Any], events: Sequence[Event]) -> Picture:
    enterprises = store.enterprises(connection, _enterprises_of(events))
    premises = store.premises_of_enterprises(connection, _told(events))
    moved = _moved(events, enterprises, premises)
    orders = _orders_of(events)
    duplicates = store.duplicates(connection, list(orders), moved)
    orders |= _ends(duplicates)
    facts = store.facts(connection, list(orders), moved)
    overrides = store.overrides(connection, list(orders))
    verdicts = store.verdicts(connection, list(orders))
    refusals = store.refusals(connection, _ids_of(events, EntryRefused), moved)
    visit_refusals = store.visit_refusals(connection, _ids_of(events, VisitRefused), moved)
    further = {row.enterprise_id for row in (*facts, *duplicates)} - enterprises.keys()
    places = _places_of(events) | {row.premises_id for row in (*facts, *refusals, *visit_refusals)}
    return Picture(
        facts={fact.order_id: fact for fact in facts},
        duplicates={pair.key: pair for pair in duplicates},
        overrides={(override.order_id, override.version): override for override in overrides},
        verdicts={(verdict.order_id, verdict.version): verdict for verdict in verdicts},
        refusals={refusal.refusal_id: refusal for refusal in refusals},
        visit_refusals={refusal.refusal_id: refusal for refusal in visit_refusals},
        enterprises=enterprises | store.enterprises(connection, further),
        premises=premises | store.premises(connection, places - premises.keys()),
    )


def _enterprises_of(events: Iterable[Event]) -> set[UUID]:
    return {
        event.enterprise_id
        for event in events
        if isinstance(event, OrderEvent | EntryRefused | VisitRefused | EnterpriseChanged)
    }


def _told(events: Iterable[Event]) -> set[UUID]:
    return {event.enterprise_id for event in events if isinstance(event, EnterpriseChanged)}


def _moved(
    events: Iterable[Event], known: dict[UUID, Enterprise], premises: dict[UUID, Premises]
) -> list[UUID]:
    """Enterprises whose visits fall into other sums from now on."""
    changes = [event for event in events if isinstance(event, EnterpriseChanged)]
    return [
        changed.enterprise_id
        for changed in changes
        if not registered(changed).counts_like(known.get(changed.enterprise_id))
        or any(_lies_elsewhere(place, premises) for place in premises_of(changed))
    ]


def _lies_elsewhere(place: Premises, known: dict[UUID, Premises]) -> bool:
    before = known.get(place.premises_id)
    return before is None or before.cell != place.cell


def _orders_of(events: Iterable[Event]) -> set[UUID]:
    orders: set[UUID] = set()
    for event in events:
        if isinstance(event, OrderEvent):
            orders.add(event.order_id)
        if isinstance(event, DuplicateFound):
            orders.update(event.others)
    return orders


def _ids_of(events: Iterable[Event], refusal: type[EntryRefused | VisitRefused]) -> list[UUID]:
    return [event.refusal_id for event in events if isinstance(event, refusal)]


def _places_of(events: Iterable[Event]) -> set[UUID | None]:
    return {
        event.premises_id for event in events if isinstance(event, OrderEvent | EntryRefused | VisitRefused)
    }


def _ends(duplicates: Iterable[Duplicate]) -> set[UUID]:
    return {order for pair in duplicates for order in (pair.order_id, pair.other_id)}
