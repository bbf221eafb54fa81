"""What an enterprise may still rate, and what an agency may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many
from services.feedback.policy import RatingPolicy
from services.feedback.rights import store as rights
from services.feedback.rights.ticket import TicketOffice
from services.feedback.visits import store as visits
from services.feedback.visits.store import ConcludedVisit


@dataclass(frozen=True, kw_only=True)
class Release:
    release_id: UUID
    agency_id: UUID
    agency_name: str | None
    released_on: date
    grades: list[int]
    remarks: list[dict[str, Any]]


def rateable(
    connection: Connection[Any],
    enterprise_id: UUID,
    now: datetime,
    office: TicketOffice,
    policy: RatingPolicy,
) -> Sequence[ConcludedVisit]:
    """Whether a visit was rated is found by making its nonce again; no row says it."""
    since = now - timedelta(days=policy.rateable_days)
    concluded = visits.concluded_since(connection, enterprise_id, since)
    nonces = {visit.order_id: office.nonce(visit.order_id) for visit in concluded}
    used = rights.spent(connection, list(nonces.values()))
    return [visit for visit in concluded if nonces[visit.order_id] not in used]


def releases(
    connection: Connection[Any], agency_id: UUID | None, limit: int, after: UUID | None
) -> list[Release]:
    """Newest first; of one agency, or of all."""
    return many(
        connection,
        Release,
        """
        SELECT release_id, release.agency_id, agency.name AS agency_name, released_on, grades,
               (SELECT coalesce(json_agg(json_build_object('grade', grade, 'tags', tags, 'comment', comment)
                                         ORDER BY ballot_id), '[]')
                FROM released_ballot WHERE released_ballot.release_id = release.release_id) AS remarks
        FROM release LEFT JOIN agency USING (agency_id)
        WHERE (%(agency_id)s::uuid IS NULL OR release.agency_id = %(agency_id)s)
          AND (%(after)s::uuid IS NULL OR (released_on, release_id)
               < (SELECT released_on, release_id FROM release WHERE release_id = %(after)s))
        ORDER BY released_on DESC, release_id DESC LIMIT %(limit)s
        """,
        {"agency_id": agency_id, "limit": limit, "after": after},
    )
