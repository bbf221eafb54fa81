"""What the rules judge once someone is inside: the order, what was found, and what is about to be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from events.catalogue.inspection import Result
from services.chassis.policy import Profile, city_day, policies
from services.inspection.orders.model import Order, Overdue, State
from services.inspection.records.model import Answer, Question, Signature

UNTOLD = frozenset({State.ENTERED, State.RECORDED})
"""The visit has begun, and the enterprise does not know yet what came of it."""


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """`answers` and `signature` are those of the record, `checklist` is what was locked; `result` and `deadline` are
    about to be told. `closing`: somebody wants to close it; `rechecked`: what had to be put right is."""

    profile: Profile
    now: datetime
    order: Order
    checklist: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()
    signature: Signature | None = None
    result: Result | None = None
    deadline: date | None = None
    closing: bool = False
    rechecked: bool = False

    @property
    def today(self) -> date:
        return city_day(self.profile, self.now)

    @property
    def deadlines(self) -> dict[Overdue, datetime]:
        """What somebody still owes, and until when."""
        order, owed = self.order, dict[Overdue, datetime]()
        if order.ratification == "pending" and order.ratify_by:
            owed["ratification"] = order.ratify_by
        if order.state in UNTOLD and order.conclude_by:
            owed["conclusion"] = order.conclude_by
        if order.state is State.RECTIFYING and order.rectification_due_on:
            owed["rectification"] = end_of(order.rectification_due_on, self.profile)
        return owed

    def overdue(self, kind: Overdue) -> datetime | None:
        """When the deadline passed, unless it was told already."""
        due = self.deadlines.get(kind)
        return due if due and due <= self.now and kind not in self.order.overdue else None


def end_of(day: date, profile: Profile) -> datetime:
    """The midnight after the last day, on the city's calendar."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(profile.timezone))


def profile_of(connection: Connection[Any], order: Order, now: datetime) -> Profile:
    """The profile of the area of the agency that leads, in its version of today."""
    row = connection.execute(
        "SELECT area_code FROM agency WHERE agency_id = %s", (order.agency_id,)
    ).fetchone()
    return policies().governing(row["area_code"] if row else "", now)


def read_case(connection: Connection[Any], order: Order, now: datetime, **about: Any) -> CaseFacts:
    """A locked order with the signature under its record; `about` is what somebody wants to do with it."""
    row = connection.execute(
        "SELECT signed_by, refusal_reason, witness FROM record WHERE order_id = %s", (order.order_id,)
    ).fetchone()
    signature = Signature(**row) if row else None
    profile = profile_of(connection, order, now)
    return CaseFacts(profile=profile, now=now, order=order, signature=signature, **about)
