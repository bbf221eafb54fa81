"""All that the rules may ask about some enterprises, read at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from psycopg import Connection

from services.inspection.gate.past import Blackout
from services.inspection.gate.registered import (
    Agency,
    Campaign,
    Enterprise,
    Inspector,
    Item,
    Planned,
    Premises,
)
from services.inspection.simulation.model import PastOrder

C = Connection[Any]
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Due:
    """An order of the period, to be judged as of its issue."""

    order_id: UUID
    enterprise_id: UUID


@dataclass(frozen=True, kw_only=True)
class Graded:
    """A visit to one of the best graded by plan, as far as it still stands (rule F6)."""

    enterprise_id: UUID
    section: str
    year: int
    area_code: str
    began_at: datetime


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What all enterprises share, as it is on record today: read once for a simulation."""

    agencies: Mapping[UUID, Agency]
    items: Mapping[UUID, Item]
    campaigns: Mapping[UUID, Campaign]
    quotas: Mapping[UUID, Sequence[tuple[UUID, datetime]]]
    planned: Mapping[tuple[UUID, int], Sequence[UUID]]
    best: Sequence[tuple[str, str, int]]
    graded: Sequence[Graded]


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Of one batch of enterprises."""

    orders: Mapping[UUID, Sequence[PastOrder]]
    enterprises: Mapping[UUID, Enterprise]
    premises: Mapping[UUID, Premises]
    inspectors: Mapping[UUID, Inspector]
    blackouts: Mapping[UUID, Sequence[Blackout]]
    reasons: Mapping[tuple[UUID, UUID], str] = field(default_factory=dict)


def due(connection: C, area: str, first: date, last: date, timezone: str) -> list[Due]:
    """Orders issued in the period, those of one enterprise together."""
    rows = connection.execute(
        """
        SELECT o.order_id, o.enterprise_id FROM orders o
        WHERE (o.issued_at AT TIME ZONE %(timezone)s)::date BETWEEN %(first)s AND %(last)s
          AND (%(area)s = '' OR EXISTS (SELECT 1 FROM premises p WHERE p.premises_id = o.premises_id
                                        AND starts_with(p.area_code, %(area)s)))
        ORDER BY o.enterprise_id, o.issued_at, o.order_id
        """,
        {"area": area, "first": first, "last": last, "timezone": timezone},
    ).fetchall()
    return [Due(**row) for row in rows]


def read_desk(connection: C, first: date, last: date) -> Desk:
    """Six statements."""
    agencies = _typed(connection, "SELECT to_jsonb(a) AS row FROM agency a", Agency)
    items = _typed(connection, "SELECT to_jsonb(i) AS row FROM item i", Item)
    campaigns = _typed(connection, _CAMPAIGNS, Campaign)
    quotas: dict[UUID, list[tuple[UUID, datetime]]] = defaultdict(list)
    for row in connection.execute(_QUOTAS).fetchall():
        quotas[row["campaign_id"]].append((row["order_id"], row["began_at"]))
    planned: dict[tuple[UUID, int], list[UUID]] = defaultdict(list)
    for row in connection.execute(_PLANNED).fetchall():
        planned[row["agency_id"], row["year"]].append(row["item_id"])
    years = {"first": first.year - 1, "last": last.year + 2}
    best = connection.execute("SELECT section, area_code, enterprises FROM best_graded").fetchall()
    graded = connection.execute(_GRADED, years).fetchall()
    return Desk(
        agencies={agency.agency_id: agency for agency in agencies},
        items={item.item_id: item for item in items},
        campaigns={campaign.campaign_id: campaign for campaign in campaigns},
        quotas=quotas,
        planned=planned,
        best=[(row["section"], row["area_code"], row["enterprises"]) for row in best],
        graded=[Graded(**row) for row in graded],
    )


_CAMPAIGNS = """
SELECT to_jsonb(c) || jsonb_build_object(
    'owner', (SELECT to_jsonb(a) FROM agency a WHERE a.agency_id = c.agency_id), 'used', 0) AS row FROM campaign c
"""
_BEGAN = "LEAST(o.submitted_at, o.issued_at, o.entered_at, o.concluded_at)"
_QUOTAS = f"""
SELECT q.campaign_id, q.order_id, {_BEGAN} AS began_at
FROM campaign_order q JOIN orders o USING (order_id) WHERE {_BEGAN} IS NOT NULL
"""
_PLANNED = """
SELECT p.agency_id, p.year, i.item_id FROM plan p JOIN plan_item i USING (plan_id) WHERE p.state = 'published'
"""
_GRADED = f"""
SELECT b.enterprise_id, b.section, b.year, b.area_code, {_BEGAN} AS began_at
FROM best_graded_order b JOIN orders o USING (order_id)
WHERE b.year BETWEEN %(first)s AND %(last)s AND {_BEGAN} IS NOT NULL
"""


def read_archive(connection: C, enterprise_ids: Sequence[UUID]) -> Archive:
    """Six statements, however many orders these enterprises have."""
    asked = {"enterprises": list(enterprise_ids)}
    orders: dict[UUID, list[PastOrder]] = defaultdict(list)
    for order in _typed(connection, _ORDERS, PastOrder, asked):
        orders[order.enterprise_id].append(order)
    blackouts: dict[UUID, list[Blackout]] = defaultdict(list)
    for row in connection.execute(_BLACKOUTS, asked).fetchall():
        blackouts[row.pop("enterprise_id")].append(Blackout(**row))
    people = {"inspectors": sorted({i for known in orders.values() for o in known for i in o.inspectors})}
    reasons = connection.execute(_REASONS, asked).fetchall()
    return Archive(
        orders=orders,
        enterprises={
            found.enterprise_id: found for found in _typed(connection, _ENTERPRISES, Enterprise, asked)
        },
        premises={found.premises_id: found for found in _typed(connection, _PREMISES, Premises, asked)},
        inspectors={
            found.inspector_id: found for found in _typed(connection, _INSPECTORS, Inspector, people)
        },
        blackouts=blackouts,
        reasons={(row["one"], row["other"]): row["reason"] for row in reasons},
    )


def planned_of(desk: Desk, agencies: Sequence[UUID], year: int, items: Sequence[UUID]) -> tuple[Planned, ...]:
    return tuple(
        Planned(agency_id=agency_id, item_id=item_id)
        for agency_id in agencies
        for item_id in desk.planned.get((agency_id, year), ())
        if item_id in items
    )


def _typed(connection: C, sql: Any, cls: type[T], asked: Mapping[str, Any] | None = None) -> list[T]:
    rows = connection.execute(sql, asked).fetchall()
    return msgspec.convert([row["row"] for row in rows], list[cls])


_ENTERPRISES = "SELECT to_jsonb(e) AS row FROM enterprise e WHERE e.enterprise_id = ANY (%(enterprises)s)"
_PREMISES = "SELECT to_jsonb(p) AS row FROM premises p WHERE p.enterprise_id = ANY (%(enterprises)s)"
_INSPECTORS = "SELECT to_jsonb(i) AS row FROM inspector i WHERE i.inspector_id = ANY (%(inspectors)s)"
_BLACKOUTS = """
SELECT enterprise_id, starts_on, ends_on, note FROM blackout
WHERE enterprise_id = ANY (%(enterprises)s) AND active ORDER BY starts_on
"""
_REASONS = """
SELECT d.one, d.other, d.reason FROM duplicate d JOIN orders o ON o.order_id = d.one
WHERE o.enterprise_id = ANY (%(enterprises)s) AND d.reason IS NOT NULL
"""
# What was passed item by item is asked as rule F7 asks it: by the record's answers, or by the result of the whole.
_ORDERS = """
WITH wanted AS MATERIALIZED (
    SELECT * FROM orders o WHERE o.enterprise_id = ANY (%(enterprises)s) AND o.state <> 'drafted'),
ends AS (
    SELECT s.order_id, max(s.at) AS ended_at FROM step s JOIN wanted USING (order_id)
    WHERE s.action IN ('cancel', 'expire', 'be_absorbed') GROUP BY s.order_id),
words AS (
    SELECT a.order_id, array_agg(DISTINCT a.approved_by) AS approvers, max(a.approved_at) AS approved_at
    FROM approval a JOIN wanted USING (order_id, revision) GROUP BY a.order_id),
passed AS (
    SELECT r.order_id, r.item_id, bool_and(r.finding <> 'problem') AND bool_or(r.finding = 'ok') AS passed
    FROM record_answer r JOIN wanted USING (order_id) GROUP BY r.order_id, r.item_id),
brought AS (
    SELECT i.order_id, jsonb_agg(jsonb_build_object('item_id', i.item_id, 'agency_id', i.agency_id,
                                                    'domain', i.domain, 'trigger', i.trigger,
                                                    'passed', p.passed) ORDER BY i.item_id) AS items
    FROM order_item i JOIN wanted USING (order_id) LEFT JOIN passed p USING (order_id, item_id) GROUP BY i.order_id),
parties AS (
    SELECT a.order_id, jsonb_agg(a.agency_id ORDER BY a.leads DESC, a.agency_id) AS agencies
    FROM order_agency a JOIN wanted USING (order_id) GROUP BY a.order_id),
people AS (
    SELECT i.order_id, jsonb_agg(i.inspector_id ORDER BY i.inspector_id) AS inspectors
    FROM order_inspector i JOIN wanted USING (order_id) GROUP BY i.order_id)
SELECT to_jsonb(o) || jsonb_build_object(
    'ended_at', CASE WHEN o.state IN ('cancelled', 'expired', 'absorbed') THEN e.ended_at END,
    'approved_at', w.approved_at, 'approvers', COALESCE(to_jsonb(w.approvers), '[]'),
    'items', COALESCE(b.items, '[]'), 'agencies', COALESCE(p.agencies, '[]'),
    'inspectors', COALESCE(h.inspectors, '[]'), 'reviewed', r.passed, 'reviewed_at', r.reviewed_at) AS row
FROM wanted o LEFT JOIN ends e USING (order_id) LEFT JOIN words w USING (order_id) LEFT JOIN brought b USING (order_id)
LEFT JOIN parties p USING (order_id) LEFT JOIN people h USING (order_id)
LEFT JOIN review r ON r.order_id = o.order_id AND r.revision = o.revision
ORDER BY o.starts_on, o.order_id
"""
