"""Rating by a one-time right of the enterprise, not of whoever holds the order code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from flask import current_app

from services.chassis import clock
from services.chassis.blueprint import Blueprint
from services.chassis.errors import Forbidden, Text
from services.chassis.identity import Permission, open_to_all, principal, requires, requires_enterprise
from services.chassis.limits import limiter
from services.chassis.transaction import current_uow, reading, transactional
from services.feedback.policy import RATINGS, rules_at
from services.feedback.ratings import commands, queries, schemas, store
from services.feedback.ratings.commands import AskForTicket
from services.feedback.ratings.model import GRADES, TAGS, Opinion
from services.feedback.ratings.queries import Chosen
from services.feedback.rights.ticket import TicketOffice

ratings = Blueprint("ratings", __name__, url_prefix="/api/feedback/v1", description="好差评")
OFFICE = "yicha.ticket-office"


@ratings.get("/rateable")
@requires_enterprise()
@ratings.response(200, schemas.RateableSchema)
def rateable():
    """Concluded visits that the enterprise has not rated yet."""
    with reading() as connection:
        visits = queries.rateable(connection, _enterprise_id(), clock.now(), _office(), RATINGS)
    return {"items": visits}


@ratings.post("/rating-tickets")
@requires_enterprise()
@ratings.arguments(schemas.AskForTicketSchema)
@ratings.response(201, schemas.TicketSchema)
def ask_for_ticket(body: Mapping[str, Any]):
    """A right to rate one visit. Nothing is written: may be asked for again."""
    command = AskForTicket(order_id=body["order_id"], enterprise_id=_enterprise_id(), now=clock.now())
    with reading() as connection:
        return {"ticket": commands.issue_ticket(command, connection, _office(), RATINGS)}


@ratings.post("/ratings")
@open_to_all("the ticket is the right to rate; a login would name the enterprise")
@limiter.limit("30/minute")
@transactional
@ratings.arguments(schemas.RatingSchema)
@ratings.response(201, schemas.GivenSchema)
def rate(body: Mapping[str, Any]):
    """Rate a visit, once. Send no login with it. A repeat answers 409 `already_rated`."""
    right = _office().verify(body["ticket"], clock.now())
    opinion = Opinion(grade=body["grade"], tags=tuple(body["tags"]), comment=body["comment"])
    uow = current_uow()
    day = rules_at(clock.now())(store.area_of_agency(uow.connection, right.about)).today
    commands.give_rating(right, opinion, day, uow)
    return {"counted_on": day}


@ratings.get("/rating-words")
@open_to_all("the words of the rating form")
@ratings.response(200, schemas.RatingWordsSchema)
def words():
    return {
        "grades": [{"code": str(grade), "zh": text.zh, "en": text.en} for grade, text in GRADES.items()],
        "tags": [{"code": tag, "zh": text.zh, "en": text.en} for tag, text in TAGS.items()],
    }


@ratings.get("/released-ratings")
@requires(Permission.OVERSIGHT_READ)
@ratings.arguments(schemas.ReleasesQuery, location="query")
@ratings.response(200, schemas.ReleasePageSchema)
def released(page: Mapping[str, Any]):
    """Pools of ratings that agencies may see; an agency sees its own."""
    with reading() as connection:
        found = queries.releases(connection, _chosen(page), page["limit"] + 1, page["after"])
    items = found[: page["limit"]]
    return {"items": items, "next": items[-1].release_id if len(found) > len(items) else None}


@ratings.get("/released-ratings/totals")
@requires(Permission.OVERSIGHT_READ)
@ratings.arguments(schemas.TotalsQuery, location="query")
@ratings.response(200, schemas.TotalsSchema)
def released_in_all(asked: Mapping[str, Any]):
    """Sums of these pools, and when the next one may be seen. What still waits is in no answer."""
    chosen = _chosen(asked)
    agency_id = chosen.agency_id or chosen.asked_agency_id
    with reading() as connection:
        found = queries.totals(connection, chosen)
        area_code = agency_id and store.area_of_agency(connection, agency_id)
    policy = rules_at(clock.now())(area_code).ratings
    return asdict(found) | {"floor": policy.floor, "pool": policy.pool, "release_days": policy.release_days}


def _chosen(asked: Mapping[str, Any]) -> Chosen:
    return Chosen(
        agency_id=_agency_scope(),
        asked_agency_id=asked["agency_id"],
        first=asked["first"],
        last=asked["last"],
    )


def _agency_scope() -> UUID | None:
    asking = principal()
    if asking.sees_all:
        return None
    if asking.agency_id is None:
        raise Forbidden(Text("您的账号不属于任何检查主体", "your account belongs to no agency"))
    return asking.agency_id


def _enterprise_id() -> UUID:
    return cast("UUID", principal().enterprise_id)


def _office() -> TicketOffice:
    return current_app.extensions[OFFICE]
