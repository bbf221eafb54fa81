from __future__ import annotations

from uuid import UUID

from events.catalogue.registry import ItemChanged
from services.chassis.database import UnitOfWork
from services.chassis.errors import NotFound, StaleVersion
from services.chassis.ids import new_id
from services.registry import state
from services.registry.changes.notes import different, note_changed, note_registered
from services.registry.constraints import explained
from services.registry.items import store
from services.registry.items.model import Item, ItemDraft


def register(draft: ItemDraft, uow: UnitOfWork, by: UUID | None = None) -> Item:
    """`by` is the account that registers; None is a command on the machine."""
    item_id = new_id()
    with explained():
        store.insert(uow.connection, item_id, draft)
    note_registered("item", item_id, by, uow)
    return _changed(item_id, uow)


def change(item_id: UUID, draft: ItemDraft, version: int, uow: UnitOfWork, by: UUID | None = None) -> Item:
    """Raises NotFound, StaleVersion, Conflict (code taken). Orders keep the checklist they were issued with."""
    known = store.lock(uow.connection, item_id)
    if known is None:
        raise NotFound("item", item_id)
    if known.version != version:
        raise StaleVersion(version, known.version)
    with explained():
        store.update(uow.connection, item_id, draft)
    note_changed("item", item_id, by, uow, version=version + 1, fields=different(known, draft))
    return _changed(item_id, uow)


def _changed(item_id: UUID, uow: UnitOfWork) -> Item:
    store.keep_checklist(uow.connection, item_id)
    state.emit(uow, ItemChanged, item_id)
    item = store.get(uow.connection, item_id)
    assert item is not None
    return item
