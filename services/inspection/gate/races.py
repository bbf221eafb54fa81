"""What orders of different enterprises share. A campaign's quota is locked with its row, at the submission."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, LiteralString

from psycopg import Connection

from services.chassis.policy import Profile
from services.inspection.gate.facts import PLANNED, Proposal
from services.inspection.gate.registered import Registered

C = Connection[Any]
BEST_GRADE = "A"


def limits_best_graded(proposal: Proposal, registered: Registered, profile: Profile) -> bool:
    enterprise = registered.enterprise
    graded_best = enterprise is not None and enterprise.grade == BEST_GRADE
    return graded_best and profile.top_grade_share is not None and proposal.trigger in PLANNED


def lock_best_graded(connection: C, profile: Profile, sections: Iterable[str], year: int) -> None:
    """The lock on the enterprise does not keep apart two orders for two enterprises that want the last place of one
    share (rule F6), nor an order and a draw. Taken after it and after the order's row, and for one enterprise in a
    transaction, or for all sections of a draw in their order, so no circle can close. The planned visits of a city to
    the best graded of one section of industry wait for each other until the commit (some 10 ms)."""
    for section in sorted(sections):
        connection.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            (f"best graded {profile.name} {section} {year}",),
        )


def area_range(area: str) -> dict[str, str]:
    """Parameters of `COUNT_BEST_GRADED`: all codes that begin with `area`. `:` comes after the digits."""
    return {"area": area, "area_ends": f"{area}:"}


def count_best_graded(area: LiteralString, area_ends: LiteralString) -> LiteralString:
    """Columns over a row `wanted (section)`, with the parameter `year`, for the area between two expressions: of an
    industry, how many are graded best and how many of them are inspected by plan. Places are counted where they are
    taken; one that moved within the area has several of them, and counts once."""
    return f"""
(SELECT COALESCE(sum(b.enterprises), 0) FROM best_graded b
 WHERE b.section = wanted.section AND b.area_code >= {area} AND b.area_code < {area_ends}) AS enterprises,
(SELECT COALESCE(sum(i.enterprises), 0) FROM best_graded_inspected i
 WHERE i.section = wanted.section AND i.year = %(year)s AND i.area_code >= {area} AND i.area_code < {area_ends})
- (SELECT count(*) - count(DISTINCT p.enterprise_id) FROM best_graded_place p
   WHERE p.section = wanted.section AND p.year = %(year)s AND p.area_code >= {area} AND p.area_code < {area_ends}
     AND p.moved) AS inspected
"""


COUNT_BEST_GRADED = count_best_graded("%(area)s", "%(area_ends)s")
