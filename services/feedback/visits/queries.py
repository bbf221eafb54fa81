"""An enterprise's own visits, and what it may still say of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many
from services.feedback.policy import RatingPolicy
from services.feedback.rights import store as rights
from services.feedback.rights.ticket import TicketOffice
from services.feedback.visits.model import RightToRate, right_to_rate


@dataclass(frozen=True, kw_only=True)
class OwnVisit:
    """`complaint` is the tracking number of the newest complaint the enterprise filed about this visit."""

    order_id: UUID
    agency_id: UUID
    agency_name: str | None
    entered_at: datetime | None
    concluded_at: datetime | None
    complaint: str | None
    rating: RightToRate = "not_yet"


def own_visits(
    connection: Connection[Any],
    enterprise_id: UUID,
    office: TicketOffice,
    policy: RatingPolicy,
    *,
    now: datetime,
    limit: int,
    after: UUID | None,
) -> list[OwnVisit]:
    """The newest first. Whether a right was used is found by making its nonce again, and only while it could still be
    used: afterwards nobody needs to know, so nothing says it (rule V1)."""
    visits = _visits(connection, enterprise_id, limit, after)
    by_date = {visit.order_id: right_to_rate(visit.concluded_at, now, policy) for visit in visits}
    used = _used(connection, [order for order, right in by_date.items() if right == "open"], office)
    return [
        replace(visit, rating="used" if visit.order_id in used else by_date[visit.order_id])
        for visit in visits
    ]


def _used(connection: Connection[Any], orders: Sequence[UUID], office: TicketOffice) -> set[UUID]:
    nonces = {office.nonce(order): order for order in orders}
    return {nonces[nonce] for nonce in rights.spent(connection, list(nonces))}


def _visits(
    connection: Connection[Any], enterprise_id: UUID, limit: int, after: UUID | None
) -> list[OwnVisit]:
    """Those that took place: an order that nobody came for yet may be meant to come unannounced."""
    return many(
        connection,
        OwnVisit,
        """
        SELECT v.order_id, v.agency_id, agency.name AS agency_name, v.entered_at, v.concluded_at,
               (SELECT tracking_number FROM complaint c
                WHERE c.enterprise_id = v.enterprise_id AND c.order_id = v.order_id
                ORDER BY complaint_id DESC LIMIT 1) AS complaint
        FROM visit v LEFT JOIN agency USING (agency_id)
        WHERE v.enterprise_id = %(enterprise_id)s AND v.state IN ('entered', 'concluded')
          AND (%(after)s::uuid IS NULL OR (coalesce(v.entered_at, v.concluded_at), v.order_id)
               < (SELECT coalesce(entered_at, concluded_at), order_id FROM visit
                  WHERE order_id = %(after)s AND enterprise_id = %(enterprise_id)s))
        ORDER BY coalesce(v.entered_at, v.concluded_at) DESC, v.order_id DESC LIMIT %(limit)s
        """,
        {"enterprise_id": enterprise_id, "limit": limit, "after": after},
    )
