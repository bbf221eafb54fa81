"""The course of the figures over time, for charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many
from services.oversight.figures.groups import KEYS, name_of
from services.oversight.figures.model import Period, Sums, share
from services.oversight.figures.store import SUMS

STEPS = ("day", "week", "month")
SHOWN = (
    "inspections",
    "joint",
    "entered",
    "with_finding",
    "duplicates",
    "joined",
    "refused",
    "visit_refused",
)


@dataclass(frozen=True, kw_only=True)
class Point(Sums):
    key: str | None
    name: str | None
    start: date


@dataclass(frozen=True, kw_only=True)
class _Start:
    start: date


def series(
    connection: Connection[Any], step: str, by: str | None, agency_id: UUID | None, period: Period
) -> list[dict[str, Any]]:
    """One a group, or one in all. Where nothing happened there is no point."""
    points = _points(connection, step, by, agency_id, period)
    return [_line(by, list(line)) for _, line in groupby(points, key=lambda point: point.key)]


def starts(connection: Connection[Any], step: str, period: Period) -> list[date]:
    """The first days of all steps, also of those without a point."""
    found = many(
        connection,
        _Start,
        """
        SELECT generate_series(date_trunc(%(step)s, %(first)s::timestamp), %(last)s::timestamp,
                               ('1 ' || %(step)s)::interval)::date AS start
        """,
        {"step": step, "first": period.first, "last": period.last},
    )
    return [row.start for row in found]


def _points(
    connection: Connection[Any], step: str, by: str | None, agency_id: UUID | None, period: Period
) -> list[Point]:
    key: LiteralString = KEYS[by] if by else "NULL::text"
    return many(
        connection,
        Point,
        f"""
        SELECT summed.*, agency.name
        FROM (SELECT {key} AS key, date_trunc(%(step)s, day::timestamp)::date AS start, {SUMS} FROM daily
              WHERE day BETWEEN %(first)s AND %(last)s
                AND (%(agency_id)s::uuid IS NULL OR agency_id = %(agency_id)s)
              GROUP BY 1, 2) AS summed
        LEFT JOIN agency ON %(by)s = 'agency' AND agency.agency_id::text = summed.key
        ORDER BY agency.name NULLS LAST, summed.key NULLS LAST, summed.start
        """,
        {"by": by, "step": step, "agency_id": agency_id, "first": period.first, "last": period.last},
    )


def _line(by: str | None, points: Sequence[Point]) -> dict[str, Any]:
    name = name_of(by, points[0].key, points[0].name) if by else None
    return {
        "key": points[0].key,
        "zh": name.zh if name else None,
        "en": name.en if name else None,
        "points": [_shown(point) for point in points],
    }


def _shown(point: Point) -> dict[str, Any]:
    counts = asdict(point)
    return {name: counts[name] for name in ("start", *SHOWN)} | {
        "joint_rate": share(point.joint, point.inspections),
        "finding_rate": share(point.with_finding, point.concluded),
        "code_coverage": share(point.entered, point.inspections),
        "joined_rate": share(point.joined, point.duplicates),
    }
