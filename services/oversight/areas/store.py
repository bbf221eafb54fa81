"""Cells of the map: what there is, and what happened there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many
from services.oversight.figures.caps import OVER_CAP
from services.oversight.figures.model import Period
from services.oversight.figures.store import SUMS


@dataclass(frozen=True, kw_only=True)
class Area:
    """One grid of one area; both are None for what lies in no place that is known. `latitude` and `longitude` are the
    middle of those premises that have a position."""

    cell: str | None
    area_code: str | None
    grid: str | None
    premises: int
    enterprises: int
    latitude: float | None
    longitude: float | None
    inspections: int
    joint: int
    unscanned: int
    with_finding: int
    refused: int
    visit_refused: int
    duplicates: int
    joined: int
    entered_today: int
    over_cap: int


def areas(
    connection: Connection[Any], agency_id: UUID | None, period: Period, today: date, area: str | None
) -> list[Area]:
    """Of the rollups alone. An enterprise over a cap is so in each cell where it has premises in use."""
    return many(
        connection,
        Area,
        f"""
        WITH happened AS (
            SELECT cell, {SUMS} FROM daily
            WHERE day BETWEEN %(first)s AND %(last)s
              AND (%(agency_id)s::uuid IS NULL OR agency_id = %(agency_id)s)
            GROUP BY cell),
        today AS (
            SELECT cell, sum(entered)::integer AS entered FROM daily
            WHERE day = %(today)s AND (%(agency_id)s::uuid IS NULL OR agency_id = %(agency_id)s)
            GROUP BY cell),
        over AS (
            SELECT cell, count(DISTINCT enterprise_id)::integer AS enterprises
            FROM (SELECT DISTINCT enterprise_id FROM ({OVER_CAP}) AS pair) AS enterprise
            JOIN premises USING (enterprise_id)
            WHERE premises.active GROUP BY cell)
        SELECT nullif(cell, '') AS cell, nullif(split_part(cell, '/', 1), '') AS area_code,
               nullif(substr(cell, strpos(cell, '/') + 1), '') AS grid, coalesce(premises, 0) AS premises,
               coalesce(tally.enterprises, 0) AS enterprises,
               round(latitude / nullif(located, 0) / 1e6, 6)::float AS latitude,
               round(longitude / nullif(located, 0) / 1e6, 6)::float AS longitude,
               coalesce(inspections, 0) AS inspections, coalesce(joint, 0) AS joint,
               coalesce(unscanned, 0) AS unscanned, coalesce(with_finding, 0) AS with_finding,
               coalesce(refused, 0) AS refused, coalesce(visit_refused, 0) AS visit_refused,
               coalesce(duplicates, 0) AS duplicates, coalesce(joined, 0) AS joined,
               coalesce(today.entered, 0) AS entered_today, coalesce(over.enterprises, 0) AS over_cap
        FROM cell_tally AS tally FULL JOIN happened USING (cell) FULL JOIN today USING (cell)
             LEFT JOIN over USING (cell)
        WHERE %(area)s::text IS NULL OR starts_with(cell, %(area)s)
        ORDER BY cell
        """,
        {
            "agency_id": agency_id,
            "first": period.first,
            "last": period.last,
            "today": today,
            "year": period.last.year,
            "area": area,
        },
    )
