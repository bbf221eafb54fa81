"""Reads what is to be planned: three statements, however many orders."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

import chinese_calendar
import msgspec
from psycopg import Connection

from events.catalogue.inspection import Trigger
from services.chassis.database import many
from services.chassis.policy import Policies, Profile, city_day
from services.inspection.orders.model import LONGEST_WINDOW_DAYS
from services.inspection.planner.model import (
    Blackout,
    FixedVisit,
    OpenOrder,
    Party,
    Problem,
    Share,
)

C = Connection[Any]
_MONTH_AND_WEEK = timedelta(days=37)
"""How far around the period visits matter to its weeks and months (rule F3)."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`area` is what the codes of the area begin with."""

    area: str
    starts_on: date
    ends_on: date
    visits_a_day: int


@dataclass(frozen=True, kw_only=True)
class _Item:
    agency_id: UUID
    domain: str
    cap: int | None
    trigger: Trigger | None


@dataclass(frozen=True, kw_only=True)
class _Row:
    """One order of the area, or one visit that was made."""

    order_id: UUID
    version: int
    enterprise_id: UUID
    premises_id: UUID
    agencies: tuple[UUID, ...]
    items: tuple[_Item, ...]
    inspectors: tuple[UUID, ...]
    trigger: Trigger
    starts_on: date
    ends_on: date
    area_code: str
    industry: str
    grade: str | None
    day: date | None


def read_problem(connection: C, asked: Asked, policies: Policies, now: datetime) -> Problem:
    """The days begin today: nobody plans for yesterday."""
    general = policies.governing(asked.area, now)
    today = city_day(general, now)
    rows = _rows(connection, _OPEN, _period(asked, today, general))
    profiles = {code: policies.governing(code, now) for code in {row.area_code for row in rows}}
    waiting = [row for row in rows if row.trigger != "urgent"]
    orders = tuple(_order(row, profiles[row.area_code]) for row in waiting)
    made = [row for row in rows if row.trigger == "urgent"]
    made += _rows(connection, _MADE, _period(asked, today, general) | _concerned(waiting))
    fixed = tuple(_fixed(row, general, today) for row in {row.order_id: row for row in made}.values())
    return Problem(
        starts_on=max(asked.starts_on, today),
        ends_on=asked.ends_on,
        orders=orders,
        fixed=fixed,
        counted=_counted(connection, orders, [*waiting, *made], general, asked),
        blackouts=tuple(_blackouts(connection, orders, asked)),
        rest_days=frozenset(_rest_days(asked)),
        visits_a_day=asked.visits_a_day,
        agencies=_parties(connection),
        industries={row.enterprise_id: row.industry[:1] for row in rows},
    )


def _period(asked: Asked, today: date, profile: Profile) -> dict[str, Any]:
    return {
        "area": asked.area,
        "from": max(asked.starts_on, today),
        "until": asked.ends_on,
        "window": LONGEST_WINDOW_DAYS,
        "made_from": asked.starts_on - _MONTH_AND_WEEK,
        "made_until": asked.ends_on + _MONTH_AND_WEEK,
        "timezone": profile.timezone,
    }


def _concerned(rows: Sequence[_Row]) -> dict[str, Any]:
    return {
        "enterprises": sorted({row.enterprise_id for row in rows}),
        "inspectors": sorted({inspector for row in rows for inspector in row.inspectors}),
    }


def _rows(connection: C, orders: LiteralString, asked: Mapping[str, Any]) -> list[_Row]:
    rows = connection.execute(f"WITH wanted AS MATERIALIZED ({orders}) {_WITH_CONTENT}", asked).fetchall()
    return [msgspec.convert(row, _Row) for row in rows]


_OPEN: LiteralString = """
SELECT o.*, NULL::date AS day FROM orders o JOIN premises p USING (premises_id)
WHERE o.state IN ('drafted', 'submitted', 'approved', 'issued') AND starts_with(p.area_code, %(area)s)
  AND o.starts_on BETWEEN %(from)s::date - %(window)s AND %(until)s AND o.ends_on >= %(from)s
"""
# An inspector may have been anywhere; an enterprise may have been visited by anybody.
_MADE: LiteralString = """
SELECT o.*, d.day FROM orders o
CROSS JOIN LATERAL (SELECT COALESCE((o.entered_at AT TIME ZONE %(timezone)s)::date, o.starts_on) AS day) AS d
WHERE o.visited AND o.starts_on BETWEEN %(made_from)s::date - %(window)s AND %(made_until)s
  AND d.day BETWEEN %(made_from)s AND %(made_until)s
  AND (o.enterprise_id = ANY (%(enterprises)s) OR EXISTS (
      SELECT 1 FROM order_inspector i WHERE i.order_id = o.order_id AND i.inspector_id = ANY (%(inspectors)s)))
"""
_WITH_CONTENT: LiteralString = """
SELECT o.order_id, o.version, o.enterprise_id, o.premises_id, o.trigger, o.starts_on, o.ends_on, o.day,
       a.agencies, COALESCE(i.items, '[]') AS items, COALESCE(p.inspectors, '{}') AS inspectors,
       COALESCE(l.area_code, '') AS area_code, COALESCE(e.industry, '') AS industry, e.grade
FROM wanted o
JOIN (SELECT order_id, array_agg(agency_id ORDER BY leads DESC, agency_id) AS agencies
      FROM order_agency WHERE order_id IN (SELECT order_id FROM wanted) GROUP BY order_id) a USING (order_id)
LEFT JOIN (SELECT n.order_id, jsonb_agg(jsonb_build_object(
               'agency_id', n.agency_id, 'domain', n.domain, 'cap', i.annual_cap, 'trigger', n.trigger)) AS items
           FROM order_item n LEFT JOIN item i USING (item_id)
           WHERE n.order_id IN (SELECT order_id FROM wanted) GROUP BY n.order_id) i USING (order_id)
LEFT JOIN (SELECT order_id, array_agg(inspector_id ORDER BY inspector_id) AS inspectors
           FROM order_inspector WHERE order_id IN (SELECT order_id FROM wanted) GROUP BY order_id) p USING (order_id)
LEFT JOIN agency l ON l.agency_id = o.agency_id
LEFT JOIN enterprise e ON e.enterprise_id = o.enterprise_id
ORDER BY o.order_id
"""


def _order(row: _Row, profile: Profile) -> OpenOrder:
    return OpenOrder(
        order_id=row.order_id,
        version=row.version,
        enterprise_id=row.enterprise_id,
        premises_id=row.premises_id,
        agencies=row.agencies,
        shares=tuple(_shares(row, profile)),
        inspectors=frozenset(row.inspectors),
        trigger=row.trigger,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        profile=profile,
        brought=frozenset(item.trigger for item in row.items if item.trigger),
    )


def _shares(row: _Row, profile: Profile) -> Iterator[Share]:
    brought: dict[tuple[UUID, str], list[int | None]] = defaultdict(list)
    for item in row.items:
        brought[item.agency_id, item.domain].append(item.cap)
    for (agency_id, domain), caps in brought.items():
        cap = profile.annual_cap(domain, row.grade, caps)
        yield Share(agency_id=agency_id, domain=domain, items=len(caps), cap=cap)


def _fixed(row: _Row, profile: Profile, today: date) -> FixedVisit:
    return FixedVisit(
        enterprise_id=row.enterprise_id,
        premises_id=row.premises_id,
        day=row.day or max(row.starts_on, today),
        inspectors=frozenset(row.inspectors),
        counts=frozenset(
            (item.agency_id, item.domain)
            for item in row.items
            if (item.trigger or row.trigger) not in profile.uncounted_triggers
        ),
    )


def _counted(
    connection: C, orders: Sequence[OpenOrder], seen: Sequence[_Row], profile: Profile, asked: Asked
) -> dict[tuple[UUID, UUID, str, int], int]:
    """Visits that take a place under the cap and are neither planned here nor fixed, asked one by one (LATERAL)."""
    places = sorted({(o.enterprise_id, s.agency_id, s.domain) for o in orders for s in o.shares}, key=str)
    rows = connection.execute(
        """
        SELECT asked.enterprise_id, asked.agency_id, asked.domain, counted.year, counted.visits
        FROM unnest(%(enterprises)s::uuid[], %(agencies)s::uuid[], %(domains)s::text[])
             AS asked (enterprise_id, agency_id, domain)
        CROSS JOIN LATERAL (
            SELECT extract(year FROM d.day)::int AS year, count(DISTINCT o.order_id) AS visits
            FROM order_item i JOIN orders o ON o.order_id = i.order_id
            CROSS JOIN LATERAL (
                SELECT COALESCE((o.entered_at AT TIME ZONE %(timezone)s)::date, o.starts_on) AS day) AS d
            WHERE i.enterprise_id = asked.enterprise_id AND i.agency_id = asked.agency_id AND i.domain = asked.domain
              AND i.starts_on BETWEEN %(first)s::date - %(window)s AND %(last)s
              AND o.standing AND COALESCE(i.trigger, o.trigger) <> ALL (%(uncounted)s) AND d.day BETWEEN %(first)s AND %(last)s
              AND o.order_id NOT IN (SELECT unnest(%(seen)s::uuid[]))
            GROUP BY 1) AS counted
        """,
        {
            "enterprises": [enterprise for enterprise, _, _ in places],
            "agencies": [agency for _, agency, _ in places],
            "domains": [domain for _, _, domain in places],
            "seen": [row.order_id for row in seen],
            "first": date(asked.starts_on.year, 1, 1),
            "last": date(asked.ends_on.year, 12, 31),
            "window": LONGEST_WINDOW_DAYS,
            "uncounted": sorted(profile.uncounted_triggers),
            "timezone": profile.timezone,
        },
    ).fetchall()
    found = Counter[tuple[UUID, UUID, str, int]]()
    for row in rows:
        found[row["enterprise_id"], row["agency_id"], row["domain"], row["year"]] = row["visits"]
    return found


def _blackouts(connection: C, orders: Sequence[OpenOrder], asked: Asked) -> list[Blackout]:
    return many(
        connection,
        Blackout,
        """
        SELECT enterprise_id, starts_on, ends_on FROM blackout
        WHERE enterprise_id = ANY (%(enterprises)s) AND active
          AND starts_on <= %(until)s AND ends_on >= %(from)s
        """,
        {
            "enterprises": sorted({order.enterprise_id for order in orders}),
            "from": asked.starts_on,
            "until": asked.ends_on,
        },
    )


def _parties(connection: C) -> dict[UUID, Party]:
    """A system's level is that of the body an agency acts for (rule J3)."""
    rows = connection.execute(
        """
        SELECT a.agency_id, a.name, COALESCE(e.level, a.level) AS level, a.lead_industries
        FROM agency a LEFT JOIN agency e ON e.agency_id = a.entrusted_by
        """
    ).fetchall()
    return {row.pop("agency_id"): msgspec.convert(row, Party) for row in rows}


def _rest_days(asked: Asked) -> Iterator[date]:
    for n in range((asked.ends_on - asked.starts_on).days + 1):
        day = asked.starts_on + timedelta(days=n)
        if not _is_workday(day):
            yield day


def _is_workday(day: date) -> bool:
    """With holidays and 调休 as far as they are published; beyond, weekdays."""
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.weekday() < 5
