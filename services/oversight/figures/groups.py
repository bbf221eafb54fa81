"""Inspections by agency, day, industry or area, with the rates that may be compared (rule O2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many
from services.chassis.errors import Text
from services.oversight.figures.model import Grades, Period, Sums, share
from services.oversight.figures.store import SUMS
from services.oversight.industries import SECTIONS

KEYS: dict[str, LiteralString] = {
    "agency": "agency_id::text",
    "day": "day::text",
    "month": "to_char(day, 'YYYY-MM')",
    "industry": "nullif(industry, '')",
    "area": "nullif(area_code, '')",
    "cell": "nullif(cell, '')",
}


@dataclass(frozen=True, kw_only=True)
class Group(Sums):
    key: str | None
    name: str | None
    grades: list[int] | None


def groups(
    connection: Connection[Any], by: str, agency_id: UUID | None, period: Period, rank: str | None
) -> list[dict[str, Any]]:
    """Ranked best first by a rate, else by name; where a rate is not known it comes last."""
    shown = [_shown(by, group) for group in _groups(connection, by, agency_id, period)]
    return sorted(shown, key=_best_first(rank)) if rank else shown


def _best_first(rate: str) -> Callable[[dict[str, Any]], tuple[bool, float]]:
    return lambda group: (group[rate] is None, -(group[rate] or 0.0))


def _groups(connection: Connection[Any], by: str, agency_id: UUID | None, period: Period) -> list[Group]:
    key = KEYS[by]
    return many(
        connection,
        Group,
        f"""
        SELECT summed.*, agency.name, released.grades
        FROM (SELECT {key} AS key, {SUMS} FROM daily
              WHERE day BETWEEN %(first)s AND %(last)s
                AND (%(agency_id)s::uuid IS NULL OR agency_id = %(agency_id)s)
              GROUP BY 1) AS summed
        LEFT JOIN agency ON %(by)s = 'agency' AND agency.agency_id::text = summed.key
        LEFT JOIN LATERAL (
            SELECT ARRAY[sum(grades[1]), sum(grades[2]), sum(grades[3]), sum(grades[4]), sum(grades[5])]::integer[]
                   AS grades
            FROM rating_release
            WHERE %(by)s = 'agency' AND rating_release.agency_id::text = summed.key
              AND released_on BETWEEN %(first)s AND %(last)s) AS released ON true
        ORDER BY agency.name NULLS LAST, summed.key NULLS LAST
        """,
        {"by": by, "agency_id": agency_id, "first": period.first, "last": period.last},
    )


def _shown(by: str, group: Group) -> dict[str, Any]:
    name = name_of(by, group.key, group.name)
    grades = Grades(counts=[count or 0 for count in group.grades or []])
    return asdict(group) | {
        "zh": name.zh if name else None,
        "en": name.en if name else None,
        "finding_rate": share(group.with_finding, group.concluded),
        "joint_rate": share(group.joint, group.inspections),
        "code_coverage": share(group.entered, group.inspections),
        "rating": grades.mean,
    }


def name_of(by: str, key: str | None, name: str | None) -> Text | None:
    """`name` is the agency's, where agencies are looked at."""
    if by == "agency":
        return Text(name, name) if name else None
    if by == "industry":
        return SECTIONS.get(key or "")
    return Text(key, key) if key else None
