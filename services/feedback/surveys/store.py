"""SQL of surveys and of what they are answered. No statement here writes an enterprise or a time of day beside an
answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, LiteralString
from uuid import UUID

import msgspec
import orjson
from psycopg import Connection

from services.chassis.database import many
from services.feedback.surveys.answers import Ballot
from services.feedback.surveys.model import Content, State, Survey

COLUMNS: LiteralString = """
survey_id, survey.version, state, survey.area_code, survey.industry, opens_on, closes_on, content, audience, published_at,
closed_at
"""
ASKED: LiteralString = """
enterprise.active IS NOT FALSE AND starts_with(enterprise.area_code, survey.area_code)
AND (survey.industry IS NULL OR starts_with(enterprise.industry, survey.industry))
"""


def insert(connection: Connection[Any], survey: Survey) -> None:
    connection.execute(
        """
        INSERT INTO survey (survey_id, version, state, area_code, industry, opens_on, closes_on, content)
        VALUES (%(survey_id)s, %(version)s, %(state)s, %(area_code)s, %(industry)s, %(opens_on)s, %(closes_on)s,
                %(content)s)
        """,
        _values(survey),
    )


def update(connection: Connection[Any], survey: Survey) -> None:
    connection.execute(
        """
        UPDATE survey SET version = %(version)s, state = %(state)s, area_code = %(area_code)s,
                          industry = %(industry)s, opens_on = %(opens_on)s, closes_on = %(closes_on)s,
                          content = %(content)s, audience = %(audience)s, published_at = %(published_at)s,
                          closed_at = %(closed_at)s
        WHERE survey_id = %(survey_id)s
        """,
        _values(survey),
    )


def _values(survey: Survey) -> dict[str, Any]:
    content = orjson.dumps(survey.content).decode()
    return asdict(survey) | {"state": survey.state.value, "content": content}


def by_id(connection: Connection[Any], survey_id: UUID, area: str = "") -> Survey | None:
    """If its area lies in `area`."""
    return _one(
        connection,
        f"SELECT {COLUMNS} FROM survey WHERE survey_id = %(id)s AND starts_with(area_code, %(area)s)",
        {"id": survey_id, "area": area},
    )


def lock(connection: Connection[Any], survey_id: UUID, area: str) -> Survey | None:
    """Waits for the answers that are just being given, and lets none in until this ends."""
    return _one(
        connection,
        f"""
        SELECT {COLUMNS} FROM survey WHERE survey_id = %(id)s AND starts_with(area_code, %(area)s) FOR UPDATE
        """,
        {"id": survey_id, "area": area},
    )


def hold_open(connection: Connection[Any], survey_id: UUID) -> Survey | None:
    """Shared by all who answer at once; who closes it waits."""
    return _one(
        connection, f"SELECT {COLUMNS} FROM survey WHERE survey_id = %(id)s FOR SHARE", {"id": survey_id}
    )


def lock_published(connection: Connection[Any]) -> list[Survey]:
    return _many(
        connection,
        f"SELECT {COLUMNS} FROM survey WHERE state = 'published' ORDER BY survey_id FOR UPDATE",
        {},
    )


def _one(connection: Connection[Any], sql: LiteralString, params: Mapping[str, Any]) -> Survey | None:
    return next(iter(_many(connection, sql, params)), None)


def _many(connection: Connection[Any], sql: LiteralString, params: Mapping[str, Any]) -> list[Survey]:
    return [
        replace(row, state=State(row.state), content=msgspec.convert(row.content, Content))
        for row in many(connection, Survey, sql, params)
    ]


def asking(connection: Connection[Any], enterprise_id: UUID) -> list[Survey]:
    """Published ones whose audience the enterprise belongs to, what closes first first."""
    return _many(
        connection,
        f"""
        SELECT {COLUMNS} FROM survey JOIN enterprise ON enterprise_id = %(enterprise_id)s AND {ASKED}
        WHERE state = 'published' ORDER BY closes_on, survey_id LIMIT 50
        """,
        {"enterprise_id": enterprise_id},
    )


def area_of(connection: Connection[Any], enterprise_id: UUID) -> str | None:
    row = connection.execute(
        "SELECT area_code FROM enterprise WHERE enterprise_id = %(id)s", {"id": enterprise_id}
    ).fetchone()
    return row["area_code"] if row else None


def cast_ballots(connection: Connection[Any], survey_id: UUID, ballots: Sequence[Ballot]) -> None:
    """A sheet that counts, and apart from it each answer by itself."""
    connection.execute("INSERT INTO survey_sheet (survey_id) VALUES (%(id)s)", {"id": survey_id})
    connection.execute(
        """
        INSERT INTO survey_ballot (survey_id, question_id, chosen, text)
        SELECT %(id)s, question_id, chosen, text
        FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (question_id text, chosen text[], text text)
        """,
        {"id": survey_id, "rows": orjson.dumps(list(ballots)).decode()},
    )


def mix(connection: Connection[Any], surveys: Sequence[UUID]) -> None:
    """Rewrite sheets and ballots in random order and under new ids: rows of one transaction carry its number, and the
    right that was spent in it lies beside them."""
    connection.execute(
        """
        WITH taken AS (DELETE FROM survey_sheet WHERE survey_id = ANY(%(ids)s) RETURNING survey_id)
        INSERT INTO survey_sheet (survey_id) SELECT survey_id FROM taken ORDER BY random()
        """,
        {"ids": list(surveys)},
    )
    connection.execute(
        """
        WITH taken AS (DELETE FROM survey_ballot WHERE survey_id = ANY(%(ids)s)
                       RETURNING survey_id, question_id, chosen, text)
        INSERT INTO survey_ballot (survey_id, question_id, chosen, text)
        SELECT survey_id, question_id, chosen, text FROM taken ORDER BY random()
        """,
        {"ids": list(surveys)},
    )
