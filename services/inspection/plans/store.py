"""SQL of plans. None of these commits."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

import msgspec
from psycopg import Connection

from services.chassis.database import many
from services.inspection.gate.facts import PLANNED
from services.inspection.orders.model import LONGEST_WINDOW_DAYS
from services.inspection.plans.model import Plan, Progress

C = Connection[Any]


def lock(connection: C, agency_id: UUID, year: int) -> None:
    """The first draft of a year is no row yet that could be locked."""
    connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(%s::text, 0))", (f"plan {agency_id} {year}",)
    )


_SELECT: LiteralString = """
SELECT plan_id, agency_id, year, revision, state, edition, note, drafted_by, drafted_at, published_by, published_at,
       published_on,
       ARRAY(SELECT jsonb_build_object('item_id', i.item_id, 'visits', i.visits)
             FROM plan_item i WHERE i.plan_id = plan.plan_id ORDER BY i.item_id) AS items
FROM plan
"""


def draft(connection: C, agency_id: UUID, year: int) -> Plan | None:
    return _one(
        connection, _SELECT + "WHERE agency_id = %s AND year = %s AND state = 'drafted'", agency_id, year
    )


def drafts(connection: C, agency_id: UUID) -> list[Plan]:
    rows = connection.execute(
        _SELECT + "WHERE agency_id = %s AND state = 'drafted' ORDER BY year", (agency_id,)
    ).fetchall()
    return [msgspec.convert(row, Plan) for row in rows]


def in_force(connection: C, agency_id: UUID, year: int) -> Plan | None:
    return _one(
        connection, _SELECT + "WHERE agency_id = %s AND year = %s AND state = 'published'", agency_id, year
    )


def published(connection: C, plan_id: UUID) -> Plan | None:
    return _one(connection, _SELECT + "WHERE plan_id = %s AND state <> 'drafted'", plan_id)


def before(connection: C, plan: Plan) -> Plan | None:
    """The revision that `plan` follows."""
    return _one(
        connection,
        _SELECT + "WHERE agency_id = %s AND year = %s AND revision = %s",
        plan.agency_id,
        plan.year,
        plan.revision - 1,
    )


def list_published(
    connection: C, *, agency_id: UUID | None, year: int | None, after: UUID | None, limit: int
) -> list[Plan]:
    """Every revision, the newest first. One row more than `limit` says that there is a next page."""
    rows = connection.execute(
        _SELECT
        + """
        WHERE state <> 'drafted'
          AND (%(agency_id)s::uuid IS NULL OR agency_id = %(agency_id)s)
          AND (%(year)s::int IS NULL OR year = %(year)s)
          AND (%(after)s::uuid IS NULL OR plan_id < %(after)s)
        ORDER BY plan_id DESC LIMIT %(limit)s
        """,
        {"agency_id": agency_id, "year": year, "after": after, "limit": limit + 1},
    ).fetchall()
    return [msgspec.convert(row, Plan) for row in rows]


def progress(connection: C, plan: Plan, timezone: str) -> list[Progress]:
    """A visit counts in the year in which it was made, one still to come in the year in which it may begin (as under the
    cap, F1). Reads the orders of one agency, however long its history is."""
    return many(
        connection,
        Progress,
        """
        WITH ordered AS (
            SELECT i.item_id, o.visited
            FROM order_agency a
            JOIN orders o ON o.order_id = a.order_id
            JOIN order_item i ON i.order_id = a.order_id AND i.agency_id = a.agency_id
            WHERE a.agency_id = %(agency_id)s AND o.standing
              AND COALESCE(i.trigger, o.trigger) = ANY (%(triggers)s)
              AND o.starts_on BETWEEN %(first)s - %(window)s AND %(last)s
              AND COALESCE((o.entered_at AT TIME ZONE %(timezone)s)::date, o.starts_on)
                  BETWEEN %(first)s AND %(last)s)
        SELECT p.item_id, count(*) FILTER (WHERE ordered.visited) AS visited,
               count(*) FILTER (WHERE NOT ordered.visited) AS ahead
        FROM plan_item p LEFT JOIN ordered USING (item_id)
        WHERE p.plan_id = %(plan_id)s GROUP BY p.item_id ORDER BY p.item_id
        """,
        {
            "plan_id": plan.plan_id,
            "agency_id": plan.agency_id,
            "first": date(plan.year, 1, 1),
            "last": date(plan.year, 12, 31),
            "window": LONGEST_WINDOW_DAYS,
            "triggers": sorted(PLANNED),
            "timezone": timezone,
        },
    )


def _one(connection: C, sql: LiteralString, *params: object) -> Plan | None:
    row = connection.execute(sql, params).fetchone()
    return msgspec.convert(row, Plan) if row else None


def insert(connection: C, plan: Plan) -> None:
    connection.execute(
        """
        INSERT INTO plan (plan_id, agency_id, year, revision, state, edition, note, drafted_by, drafted_at,
                          published_by, published_at, published_on)
        VALUES (%(plan_id)s, %(agency_id)s, %(year)s, %(revision)s, %(state)s, %(edition)s, %(note)s, %(drafted_by)s,
                %(drafted_at)s, %(published_by)s, %(published_at)s, %(published_on)s)
        """,
        asdict(plan),
    )
    _insert_items(connection, plan)


def save(connection: C, plan: Plan) -> None:
    """Write back a draft of a locked year."""
    connection.execute(
        """
        UPDATE plan SET edition = %(edition)s, note = %(note)s, drafted_by = %(drafted_by)s,
                        drafted_at = %(drafted_at)s
        WHERE plan_id = %(plan_id)s
        """,
        asdict(plan),
    )
    connection.execute("DELETE FROM plan_item WHERE plan_id = %s", (plan.plan_id,))
    _insert_items(connection, plan)


def _insert_items(connection: C, plan: Plan) -> None:
    connection.execute(
        """
        INSERT INTO plan_item (plan_id, item_id, visits)
        SELECT %(plan_id)s, given.* FROM unnest(%(items)s::uuid[], %(visits)s::int[]) AS given
        """,
        {
            "plan_id": plan.plan_id,
            "items": [item.item_id for item in plan.items],
            "visits": [item.visits for item in plan.items],
        },
    )


def put_in_force(connection: C, plan: Plan) -> None:
    """The revision takes the place of the one before it, which stays readable."""
    connection.execute(
        """
        UPDATE plan SET state = 'superseded'
        WHERE agency_id = %(agency_id)s AND year = %(year)s AND state = 'published'
        """,
        asdict(plan),
    )
    connection.execute(
        """
        UPDATE plan SET state = 'published', published_by = %(published_by)s, published_at = %(published_at)s,
                        published_on = %(published_on)s
        WHERE plan_id = %(plan_id)s
        """,
        asdict(plan),
    )
