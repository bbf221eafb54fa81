"""What an enterprise may still rate, and what an agency may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many, one
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


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Which releases; None: any. The days are those on which they were released."""

    agency_id: UUID | None
    asked_agency_id: UUID | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, kw_only=True)
class Totals:
    """`grades` are how many of grade 1 to 5."""

    releases: int
    grades: list[int]
    tags: dict[str, int]


_CHOSEN = """
    (%(agency_id)s::uuid IS NULL OR release.agency_id = %(agency_id)s)
    AND (%(asked_agency_id)s::uuid IS NULL OR release.agency_id = %(asked_agency_id)s)
    AND (%(first)s::date IS NULL OR released_on >= %(first)s)
    AND (%(last)s::date IS NULL OR released_on <= %(last)s)
"""


def releases(connection: Connection[Any], chosen: Chosen, limit: int, after: UUID | None) -> list[Release]:
    """Newest first."""
    return many(
        connection,
        Release,
        f"""
        SELECT release_id, release.agency_id, agency.name AS agency_name, released_on, grades,
               (SELECT coalesce(json_agg(json_build_object('grade', grade, 'tags', tags, 'comment', comment)
                                         ORDER BY ballot_id), '[]')
                FROM released_ballot WHERE released_ballot.release_id = release.release_id) AS remarks
        FROM release LEFT JOIN agency USING (agency_id)
        WHERE {_CHOSEN}
          AND (%(after)s::uuid IS NULL OR (released_on, release_id)
               < (SELECT released_on, release_id FROM release WHERE release_id = %(after)s))
        ORDER BY released_on DESC, release_id DESC LIMIT %(limit)s
        """,
        {**asdict(chosen), "limit": limit, "after": after},
    )


def totals(connection: Connection[Any], chosen: Chosen) -> Totals:
    """Of what was released already: sums of what may be seen one by one."""
    found = one(
        connection,
        Totals,
        f"""
        WITH chosen AS (SELECT release_id, grades FROM release WHERE {_CHOSEN})
        SELECT (SELECT count(*) FROM chosen) AS releases,
               ARRAY(SELECT coalesce(sum(grades[grade]), 0)::integer
                     FROM generate_series(1, 5) AS grade LEFT JOIN chosen ON true
                     GROUP BY grade ORDER BY grade) AS grades,
               (SELECT coalesce(json_object_agg(tag, times), '{{}}')
                FROM (SELECT tag, count(*) AS times
                      FROM chosen JOIN released_ballot USING (release_id), unnest(tags) AS tag
                      GROUP BY tag) AS counted) AS tags
        """,
        asdict(chosen),
    )
    assert found is not None
    return found
