"""The enterprise sets blackout days and takes them back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from events.catalogue.planning import BlackoutChanged
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid, NotFound
from services.chassis.ids import new_id
from services.chassis.policy import city_day, policies
from services.inspection.blackouts import store
from services.inspection.blackouts.model import Blackout, faults
from services.inspection.orders.locks import lock_enterprise


@dataclass(frozen=True, kw_only=True)
class SetBlackout:
    enterprise_id: UUID
    starts_on: date
    ends_on: date
    note: str


def set_blackout(command: SetBlackout, uow: UnitOfWork) -> Blackout:
    """Two phones that set days at once wait for each other: the days of a year are counted under the lock.

    Raises Invalid for days that are over, overlap, or are too many.
    """
    lock_enterprise(uow.connection, command.enterprise_id)
    wish = Blackout(blackout_id=new_id(), version=1, **vars(command))
    today = today_of(uow.connection, command.enterprise_id)
    if wrong := faults(wish, store.standing(uow.connection, command.enterprise_id, _year_of(today)), today):
        raise Invalid(wrong)
    store.insert(uow.connection, wish)
    _tell(uow, wish)
    return wish


def take_back(blackout_id: UUID, enterprise_id: UUID, uow: UnitOfWork) -> Blackout:
    """A second time changes nothing. Raises NotFound, also for those of another enterprise."""
    known = store.lock(uow.connection, blackout_id, enterprise_id)
    if known is None:
        raise NotFound("blackout", blackout_id)
    if not known.active:
        return known
    taken_back = replace(known, version=known.version + 1, active=False)
    store.take_back(uow.connection, taken_back)
    _tell(uow, taken_back)
    return taken_back


def today_of(connection: Connection[Any], enterprise_id: UUID) -> date:
    """The day on the calendar of the enterprise's city."""
    now = clock.now()
    return city_day(policies().governing(store.area_of(connection, enterprise_id) or "", now), now)


def _year_of(today: date) -> date:
    """Days of this year that are over still count as this year's."""
    return date(today.year, 1, 1)


def _tell(uow: UnitOfWork, blackout: Blackout) -> None:
    """Without the note: what an enterprise writes there is for the approver."""
    uow.emit(
        BlackoutChanged(
            blackout_id=blackout.blackout_id,
            version=blackout.version,
            enterprise_id=blackout.enterprise_id,
            starts_on=blackout.starts_on,
            ends_on=blackout.ends_on,
            active=blackout.active,
        )
    )
