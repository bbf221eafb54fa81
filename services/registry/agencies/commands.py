from __future__ import annotations

from uuid import UUID

from events.catalogue.registry import AgencyChanged
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid, NotFound, StaleVersion
from services.chassis.ids import new_id
from services.registry import state
from services.registry.agencies import store
from services.registry.agencies.model import Agency, AgencyDraft
from services.registry.changes.notes import different, note_changed, note_registered
from services.registry.constraints import explained


def register(draft: AgencyDraft, uow: UnitOfWork, by: UUID | None = None) -> Agency:
    """`by` is the account that registers; None is a command on the machine."""
    agency_id = new_id()
    with explained():
        store.insert(uow.connection, agency_id, draft)
    note_registered("agency", agency_id, by, uow)
    return _changed(agency_id, uow)


def change(
    agency_id: UUID, draft: AgencyDraft, version: int, uow: UnitOfWork, by: UUID | None = None
) -> Agency:
    """Raises NotFound, StaleVersion, Conflict (name taken), Invalid."""
    known = store.lock(uow.connection, agency_id)
    if known is None:
        raise NotFound("agency", agency_id)
    if known.version != version:
        raise StaleVersion(version, known.version)
    if draft.entrusted_by == agency_id:
        raise Invalid({"/entrusted_by": "不能委托自己 · an agency cannot entrust itself"})
    with explained():
        store.update(uow.connection, agency_id, draft)
    note_changed("agency", agency_id, by, uow, version=version + 1, fields=different(known, draft))
    return _changed(agency_id, uow)


def _changed(agency_id: UUID, uow: UnitOfWork) -> Agency:
    state.emit(uow, AgencyChanged, agency_id)
    agency = store.get(uow.connection, agency_id)
    assert agency is not None
    return agency
