"""All figures of one scope, in the form the wall and the stream show them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg import Connection

from services.oversight.figures import store
from services.oversight.figures.model import Grades, Period, share

SETTLED = {"answered", "followed_up"}


def figures(connection: Connection[Any], agency_id: UUID | None, period: Period) -> dict[str, Any]:
    """`agency_id` None: of all agencies. Complaints are for those who see all: an agency learns of none."""
    # The position first: what is committed meanwhile may be counted here, but is announced again by its own.
    position = store.progress(connection).position
    sums = store.sums(connection, agency_id, period)
    return {
        "position": position,
        "from": period.first,
        "to": period.last,
        "orders": store.orders_by_state(connection, agency_id),
        "inspections": sums.inspections,
        "joint": sums.joint,
        "concluded": sums.concluded,
        "with_finding": sums.with_finding,
        "entries": {
            "with_code": sums.entered,
            "without_code": sums.unscanned,
            "late": sums.late,
            "backfilled_late": sums.backfilled_late,
            "flagged": sums.flagged,
        },
        "code_coverage": share(sums.entered, sums.inspections),
        "refusals": sums.refused,
        "duplicates": {
            "found": sums.duplicates,
            "joined": sums.joined,
            "overridden": sums.overridden,
            "dismissed": sums.dismissed,
            "open": sums.unanswered,
        },
        "visit_refusals": {
            "total": sums.visit_refused,
            "supported": sums.visit_refused_supported,
            "by_ground": store.visit_refusals_by_ground(connection, agency_id, period),
        },
        "ratifications": {
            "urgent": sums.urgent,
            "ratified": sums.ratified,
            "disapproved": sums.disapproved,
            "late": sums.ratified_late,
            "pending": sums.unratified,
        },
        "deadlines_passed": {
            "ratification": sums.ratification_overdue,
            "conclusion": sums.conclusion_overdue,
            "rectification": sums.rectification_overdue,
        },
        "ratings": {
            "area": graded(store.ratings_given(connection, period)),
            "released": graded(store.ratings_released(connection, agency_id, period)),
        },
        "complaints": _complaints(connection, period) if agency_id is None else None,
    }


def graded(grades: Grades) -> dict[str, Any]:
    return {
        "total": grades.total,
        "mean": grades.mean,
        "grades": {str(grade): count for grade, count in enumerate(grades.counts, 1)},
    }


def _complaints(connection: Connection[Any], period: Period) -> dict[str, Any]:
    states = store.complaints_by_state(connection, period)
    return {
        "filed": sum(states.values()),
        "open": sum(count for state, count in states.items() if state not in SETTLED),
        "overdue": store.complaints_overdue(connection, period),
        "by_state": states,
        "by_category": store.complaints_by_category(connection, period),
    }
