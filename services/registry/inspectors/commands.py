from __future__ import annotations

from uuid import UUID

from events.catalogue.registry import InspectorChanged
from services.chassis.database import UnitOfWork
from services.chassis.errors import NotFound, StaleVersion
from services.chassis.ids import new_id
from services.registry import state
from services.registry.changes.notes import different, note_changed, note_registered
from services.registry.constraints import explained
from services.registry.inspectors import store
from services.registry.inspectors.model import Inspector, InspectorDraft


def register(draft: InspectorDraft, uow: UnitOfWork, by: UUID | None = None) -> Inspector:
    """`by` is the account that registers; None is a command on the machine."""
    inspector_id = new_id()
    with explained():
        store.insert(uow.connection, inspector_id, draft)
    note_registered("inspector", inspector_id, by, uow)
    return _changed(inspector_id, uow)


def change(
    inspector_id: UUID, draft: InspectorDraft, version: int, uow: UnitOfWork, by: UUID | None = None
) -> Inspector:
    """Raises NotFound, StaleVersion, Conflict (certificate number taken), Invalid (unknown agency)."""
    known = store.lock(uow.connection, inspector_id)
    if known is None:
        raise NotFound("inspector", inspector_id)
    if known.version != version:
        raise StaleVersion(version, known.version)
    with explained():
        store.update(uow.connection, inspector_id, draft)
    note_changed("inspector", inspector_id, by, uow, version=version + 1, fields=different(known, draft))
    return _changed(inspector_id, uow)


def _changed(inspector_id: UUID, uow: UnitOfWork) -> Inspector:
    state.emit(uow, InspectorChanged, inspector_id)
    inspector = store.get(uow.connection, inspector_id)
    assert inspector is not None
    return inspector
