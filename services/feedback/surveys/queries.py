"""Lists of surveys and sums of their answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many
from services.feedback.surveys.model import State
from services.feedback.surveys.results import Tally
from services.feedback.surveys.store import ASKED


@dataclass(frozen=True, kw_only=True)
class Line:
    """`answered` is how many sheets came back."""

    survey_id: UUID
    version: int
    state: State
    area_code: str
    industry: str | None
    opens_on: date
    closes_on: date
    title: dict[str, str]
    audience: int | None
    answered: int


def lines(
    connection: Connection[Any], area: str, states: Sequence[str], limit: int, after: UUID | None
) -> list[Line]:
    """The newest first, of surveys whose area lies in `area`."""
    found = many(
        connection,
        Line,
        """
        SELECT survey_id, version, state, area_code, industry, opens_on, closes_on, content->'title' AS title, audience,
               (SELECT count(*) FROM survey_sheet WHERE survey_sheet.survey_id = survey.survey_id) AS answered
        FROM survey
        WHERE starts_with(area_code, %(area)s) AND state = ANY(%(states)s)
          AND (%(after)s::uuid IS NULL OR survey_id < %(after)s)
        ORDER BY survey_id DESC LIMIT %(limit)s
        """,
        {"area": area, "states": list(states), "limit": limit, "after": after},
    )
    return [replace(line, state=State(line.state)) for line in found]


def audience(connection: Connection[Any], area_code: str, industry: str | None) -> int:
    """Enterprises in business that such a survey asks."""
    row = connection.execute(
        f"""
        SELECT count(*) AS asked
        FROM enterprise, (SELECT %(area_code)s::text AS area_code, %(industry)s::text AS industry) AS survey
        WHERE {ASKED}
        """,
        {"area_code": area_code, "industry": industry},
    ).fetchone()
    return row["asked"] if row else 0


def answered(connection: Connection[Any], survey_id: UUID) -> int:
    row = connection.execute(
        "SELECT count(*) AS sheets FROM survey_sheet WHERE survey_id = %(id)s", {"id": survey_id}
    ).fetchone()
    return row["sheets"] if row else 0


@dataclass(frozen=True, kw_only=True)
class _Tally:
    question_id: str
    answered: int
    chosen: dict[str, int]
    texts: list[str]


def tallies(connection: Connection[Any], survey_id: UUID) -> dict[str, Tally]:
    """By question. Texts come in the order of ids that are random."""
    rows = many(
        connection,
        _Tally,
        """
        WITH counted AS (
            SELECT question_id, code, count(*) AS many
            FROM survey_ballot, unnest(chosen) AS code WHERE survey_id = %(id)s GROUP BY 1, 2
        )
        SELECT question_id, count(*) AS answered,
               coalesce(array_agg(text ORDER BY ballot_id) FILTER (WHERE text IS NOT NULL), '{}') AS texts,
               (SELECT coalesce(json_object_agg(code, many), '{}') FROM counted
                WHERE counted.question_id = survey_ballot.question_id) AS chosen
        FROM survey_ballot WHERE survey_id = %(id)s GROUP BY question_id
        """,
        {"id": survey_id},
    )
    return {row.question_id: Tally(answered=row.answered, chosen=row.chosen, texts=row.texts) for row in rows}
