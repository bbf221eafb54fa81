"""SQL of ratings. No statement here writes an order, an enterprise or a time of day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many, one
from services.feedback.ratings.model import Opinion, Pool

Grades = tuple[int, int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class _Area:
    area_code: str | None


@dataclass(frozen=True, kw_only=True)
class _Grades:
    grades: list[int]


def area_of_visit(connection: Connection[Any], enterprise_id: UUID, agency_id: UUID) -> str | None:
    """The enterprise's area; the agency's while the enterprise is still on its way."""
    row = one(
        connection,
        _Area,
        """
        SELECT coalesce((SELECT area_code FROM enterprise WHERE enterprise_id = %(enterprise_id)s),
                        (SELECT area_code FROM agency WHERE agency_id = %(agency_id)s)) AS area_code
        """,
        {"enterprise_id": enterprise_id, "agency_id": agency_id},
    )
    return row.area_code if row else None


def area_of_agency(connection: Connection[Any], agency_id: UUID) -> str | None:
    row = one(connection, _Area, "SELECT area_code FROM agency WHERE agency_id = %(id)s", {"id": agency_id})
    return row.area_code if row else None


def cast_ballot(connection: Connection[Any], agency_id: UUID, opinion: Opinion, day: date) -> None:
    connection.execute(
        """
        INSERT INTO ballot (agency_id, grade, tags, comment, day)
        VALUES (%(agency_id)s, %(grade)s, %(tags)s, %(comment)s, %(day)s)
        """,
        {
            "agency_id": agency_id,
            "grade": opinion.grade,
            "tags": [str(tag) for tag in opinion.tags],
            "comment": opinion.comment,
            "day": day,
        },
    )


def lock_pools(connection: Connection[Any]) -> None:
    """Two releases at once could share a pool's ballots between them, each below the floor: one at a time."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtext('feedback.release'))")


def pools(connection: Connection[Any]) -> list[Pool]:
    return many(
        connection,
        Pool,
        """
        SELECT agency_id, count(*)::integer AS ballots, min(day) AS oldest, agency.area_code
        FROM ballot LEFT JOIN agency USING (agency_id) GROUP BY agency_id, agency.area_code
        """,
    )


def open_release(connection: Connection[Any], release_id: UUID, agency_id: UUID, today: date) -> None:
    connection.execute(
        """
        INSERT INTO release (release_id, agency_id, released_on, grades)
        VALUES (%(release_id)s, %(agency_id)s, %(today)s, '{0,0,0,0,0}')
        """,
        {"release_id": release_id, "agency_id": agency_id, "today": today},
    )


def move_pool(connection: Connection[Any], agency_id: UUID, release_id: UUID) -> None:
    """In random order and under new ids: the agency sees what was said, not in which order."""
    connection.execute(
        """
        WITH taken AS (DELETE FROM ballot WHERE agency_id = %(agency_id)s RETURNING grade, tags, comment)
        INSERT INTO released_ballot (release_id, grade, tags, comment)
        SELECT %(release_id)s, grade, tags, comment FROM taken ORDER BY random()
        """,
        {"agency_id": agency_id, "release_id": release_id},
    )


def count_release(connection: Connection[Any], release_id: UUID) -> Grades:
    row = one(
        connection,
        _Grades,
        """
        UPDATE release SET grades = ARRAY(
            SELECT count(ballot_id)::integer
            FROM generate_series(1, 5) AS given
            LEFT JOIN released_ballot ON grade = given AND released_ballot.release_id = release.release_id
            GROUP BY given ORDER BY given)
        WHERE release_id = %(release_id)s RETURNING grades
        """,
        {"release_id": release_id},
    )
    assert row is not None
    one_, two, three, four, five = row.grades
    return one_, two, three, four, five


def mix_ballots(connection: Connection[Any], today: date) -> None:
    """Rewrite the ballots of past days in random order. The transaction that wrote a ballot also wrote the
    outbox row with its time of day, and Postgres shows a row's transaction to whoever may read the row."""
    connection.execute(
        """
        WITH taken AS (DELETE FROM ballot WHERE day < %(today)s RETURNING agency_id, grade, tags, comment, day)
        INSERT INTO ballot (agency_id, grade, tags, comment, day)
        SELECT agency_id, grade, tags, comment, day FROM taken ORDER BY random()
        """,
        {"today": today},
    )
