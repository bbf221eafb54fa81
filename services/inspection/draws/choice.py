"""From whom is drawn: what the replica knows of objects and inspectors, and how many of the best graded are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many
from services.chassis.errors import Text
from services.inspection.draws.model import TOP_GRADE, Object
from services.inspection.gate.races import COUNT_BEST_GRADED, area_range, lock_best_graded
from services.inspection.replica.agencies import Agency

C = Connection[Any]
MOST_OBJECTS = 20_000


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An inspector of the agency; `unfit` says why not, in the rule's words (rule A3)."""

    inspector_id: UUID
    name: str
    certificate_number: str
    kind: str
    scope: tuple[str, ...]
    valid_from: date
    valid_until: date
    active: bool

    def unfit(self, domain: str, starts_on: date, ends_on: date) -> Text | None:
        if not self.active or self.kind != "inspector":
            return Text("不是在岗执法人员（辅助人员不计）", "no active inspector (assistants do not count)")
        if domain not in self.scope:
            return Text(f"执法范围不含 {domain}", f"not certified for {domain}")
        if not (self.valid_from <= starts_on and ends_on <= self.valid_until):
            return Text(
                f"执法证有效期 {self.valid_from}～{self.valid_until} 不覆盖抽取期间",
                f"the credential, valid {self.valid_from} to {self.valid_until}, does not cover the period",
            )
        return None


def named(connection: C, agency: Agency, premises: Sequence[UUID]) -> list[Object]:
    """Those of `premises` that are active and lie in the agency's area (rule A4)."""
    return many(
        connection,
        Object,
        _OBJECTS + " AND p.premises_id = ANY (%(premises)s)",
        {"area": agency.area, "premises": list(premises)},
    )


def in_industries(connection: C, agency: Agency, industries: Sequence[str]) -> list[Object]:
    """All of the area in these industries, at most one more than a draw may have."""
    return many(
        connection,
        Object,
        _OBJECTS
        + """
        AND EXISTS (SELECT FROM unnest(%(industries)s::text[]) AS wanted WHERE starts_with(e.industry, wanted))
        LIMIT %(most)s
        """,
        {"area": agency.area, "industries": list(industries), "most": MOST_OBJECTS + 1},
    )


_OBJECTS = """
SELECT p.premises_id, e.enterprise_id, e.grade, left(e.industry, 1) AS industry
FROM premises p JOIN enterprise e ON e.enterprise_id = p.enterprise_id
WHERE p.active AND e.active AND starts_with(p.area_code, %(area)s)
"""


def staff(connection: C, agency: Agency) -> dict[UUID, Candidate]:
    found = many(
        connection,
        Candidate,
        """
        SELECT inspector_id, name, certificate_number, kind, scope, valid_from, valid_until, active
        FROM inspector WHERE agency_id = %s
        """,
        (agency.agency_id,),
    )
    return {candidate.inspector_id: candidate for candidate in found}


def limits(
    connection: C, agency: Agency, share: Fraction, sections: Sequence[str], year: int
) -> dict[str, int]:
    """Rule F6: how many more enterprises of the top grade may be drawn in each section. Exact and rounded down; those
    inspected by plan this year are taken off, and so are those that other draws have taken or may still take.

    The sections stay locked until the end of the transaction, as for an order that the gate judges by this rule.
    """
    lock_best_graded(connection, agency.profile, sections, year)
    return left(connection, agency, share, sections, year)


def left(
    connection: C, agency: Agency, share: Fraction, sections: Sequence[str], year: int
) -> dict[str, int]:
    """The same without the lock, for who only looks."""
    asked = {"year": year, "today": agency.today, "top": TOP_GRADE, "sections": list(sections)}
    rows = connection.execute(_GRADED, asked | area_range(agency.area)).fetchall()
    return {row["section"]: max(0, int(share * row["enterprises"]) - row["taken"]) for row in rows}


# An enterprise that was drawn and inspected counts once. A draw that is not revealed yet takes its whole sample of a
# section, wherever in the city that will lie; one whose period is over takes nothing more.
_GRADED = f"""
SELECT counted.section, counted.enterprises, counted.inspected + counted.drawn + counted.promised AS taken
FROM (
    SELECT wanted.section, {COUNT_BEST_GRADED},
           (SELECT count(DISTINCT c.enterprise_id)
            FROM draw d JOIN draw_result r ON r.draw_id = d.draw_id
            JOIN draw_object c ON c.draw_id = d.draw_id AND c.premises_id = r.premises_id
            JOIN enterprise e ON e.enterprise_id = c.enterprise_id
            WHERE d.state = 'revealed' AND d.ends_on >= %(today)s AND extract(year FROM d.starts_on) = %(year)s
              AND c.grade = %(top)s AND c.industry = wanted.section
              AND e.area_code COLLATE "C" >= %(area)s AND e.area_code COLLATE "C" < %(area_ends)s
              AND NOT EXISTS (
                  SELECT FROM best_graded_place p
                  WHERE p.section = wanted.section AND p.year = %(year)s AND p.enterprise_id = c.enterprise_id
                    AND p.area_code >= %(area)s AND p.area_code < %(area_ends)s)) AS drawn,
           (SELECT COALESCE(sum((s ->> 'take')::int), 0)
            FROM draw d JOIN agency a ON a.agency_id = d.agency_id AND starts_with(a.area_code, left(%(area)s, 4))
            CROSS JOIN LATERAL jsonb_array_elements(d.strata) AS s
            WHERE d.state = 'committed' AND d.ends_on >= %(today)s AND extract(year FROM d.starts_on) = %(year)s
              AND s ->> 'grade' = %(top)s AND s ->> 'industry' = wanted.section) AS promised
    FROM unnest(%(sections)s::text[]) AS wanted (section)) AS counted
"""
