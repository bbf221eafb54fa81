from __future__ import annotations

from uuid import UUID

from events.catalogue.registry import AgencyChanged
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid, NotFound, StaleVersion
from services.chassis.ids import new_id
from services.registry import state
from services.registry.agencies import store
from services.registry.agencies.model import Agency, AgencyDraft
from services.registry.constraints import explained


def register(draft: AgencyDraft, uow: UnitOfWork) -> Agency:
    agency_id = new_id()
    with explained():
        store.insert(uow.connection, agency_id, draft)
    return _changed(agency_id, uow)


def change(agency_id: UUID, draft: AgencyDraft, version: int, uow: UnitOfWork) -> Agency:
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
    return _changed(agency_id, uow)


def _changed(agency_id: UUID, uow: UnitOfWork) -> Agency:
    state.emit(uow, AgencyChanged, agency_id)
    agency = store.get(uow.connection, agency_id)
    assert agency is not None
    return agency
