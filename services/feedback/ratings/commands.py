"""Ask for a right, spend it, release what may be seen, and mix what stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from psycopg import Connection
from psycopg.rows import DictRow

from events.catalogue.feedback import RatingGiven, RatingsReleased
from services.chassis.database import UnitOfWork
from services.chassis.errors import NotFound, Text, Unavailable
from services.feedback.policy import RatingPolicy, Rules
from services.feedback.ratings import store
from services.feedback.ratings.model import AlreadyRated, NotRateable, Opinion
from services.feedback.rights import store as rights
from services.feedback.rights.ticket import Right, TicketOffice, county_of
from services.feedback.visits import store as visits


@dataclass(frozen=True, kw_only=True)
class AskForTicket:
    order_id: UUID
    enterprise_id: UUID
    now: datetime


def issue_ticket(
    command: AskForTicket, connection: Connection[DictRow], office: TicketOffice, policy: RatingPolicy
) -> str:
    """Reads only: that somebody asked is nowhere to be found afterwards.

    Raises NotFound for a visit of others, NotRateable, AlreadyRated.
    """
    visit = visits.of_enterprise(connection, command.enterprise_id, command.order_id)
    if visit is None:
        raise NotFound("visit", command.order_id)
    if not visit.rateable(command.now, policy):
        raise NotRateable()
    nonce = office.nonce(visit.order_id)
    if rights.spent(connection, [nonce]):
        raise AlreadyRated()
    area_code = store.area_of_visit(connection, visit.enterprise_id, visit.agency_id)
    if area_code is None:
        raise Unavailable(Text("企业资料尚未同步", "the registry's data has not arrived yet"))
    right = Right(nonce=nonce, about=visit.agency_id, area_code=county_of(area_code))
    return office.sign(right, command.now)


def give_rating(right: Right, opinion: Opinion, day: date, uow: UnitOfWork) -> None:
    """Counts for the area at once, waits in the agency's pool. Raises AlreadyRated."""
    if not rights.spend(uow.connection, right.nonce):
        raise AlreadyRated()
    store.cast_ballot(uow.connection, right.about, opinion, day)
    uow.emit(RatingGiven(rating_id=uuid4(), area_code=right.area_code, grade=opinion.grade, day=day))


def release_ratings(rules: Rules, uow: UnitOfWork) -> Sequence[RatingsReleased]:
    """Hand every due pool to its agency, whole, by the figures of the agency's area. Idempotent: what was
    released is no longer in a pool."""
    store.lock_pools(uow.connection)
    pools = [(pool, rules(pool.area_code)) for pool in store.pools(uow.connection)]
    released = [
        _release(pool.agency_id, local.today, local.ratings, uow)
        for pool, local in pools
        if pool.is_due(local.today, local.ratings)
    ]
    store.mix_ballots(uow.connection, min((local.today for _, local in pools), default=date.min))
    rights.mix_rights(uow.connection)
    return released


def _release(agency_id: UUID, today: date, policy: RatingPolicy, uow: UnitOfWork) -> RatingsReleased:
    release_id = uuid4()
    store.open_release(uow.connection, release_id, agency_id, today)
    store.move_pool(uow.connection, agency_id, release_id)
    grades = store.count_release(uow.connection, release_id)
    if sum(grades) < policy.floor:
        raise AssertionError(f"{sum(grades)} ratings would have been released, fewer than {policy.floor}")
    released = RatingsReleased(release_id=release_id, agency_id=agency_id, grades=grades, released_on=today)
    uow.emit(released)
    return released
