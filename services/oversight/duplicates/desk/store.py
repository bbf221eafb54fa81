"""SQL of the duplicates desk: one statement a question, whatever the number of pairs."""

from __future__ import annotations

from typing import Any, LiteralString
from uuid import UUID

import msgspec
from psycopg import Connection

from services.chassis.database import many
from services.oversight.duplicates.desk.model import Cluster, Desk, DeskPair, Rate, Side, components, span
from services.oversight.duplicates.desk.sql import ALL_PAIRS, COUNTED, NEAR_DAYS, PAIRS

C = Connection[Any]
Cursor = tuple[UUID, UUID]


def pairs(
    connection: C,
    desk: Desk,
    *,
    verdict: str | None,
    why: str | None,
    premises_id: UUID | None,
    after: Cursor | None,
    limit: int,
) -> list[DeskPair]:
    """The newest first, by the later order's first day. One row more than `limit` says that there is a next page."""
    later, earlier = after or (None, None)
    wanted = {"verdict": verdict, "why": why, "premises_id": premises_id, "limit": limit + 1}
    rows = connection.execute(
        PAIRS_PAGE, desk.named | wanted | {"later": later, "earlier": earlier}
    ).fetchall()
    return [msgspec.convert(row["pair"], DeskPair) for row in rows]


PAIRS_PAGE: LiteralString = (
    """
WITH pair AS NOT MATERIALIZED ("""
    + PAIRS
    + """),
shown AS (
    SELECT *, array_remove(ARRAY[
               CASE WHEN one_agency AND overlapping THEN 'same_agency_overlapping' END,
               CASE WHEN one_agency AND NOT overlapping THEN 'same_agency_again' END,
               CASE WHEN NOT one_agency THEN 'other_agency_near' END,
               CASE WHEN same_item THEN 'same_item_again' END], NULL) AS why
    FROM pair
    WHERE (%(verdict)s::text IS NULL OR verdict = %(verdict)s)
      AND (%(premises_id)s::uuid IS NULL OR premises_id = %(premises_id)s)
      AND (%(later)s::uuid IS NULL OR (from_day, order_id, e_order_id) < (
          (SELECT COALESCE(f.day, f.starts_on) FROM order_fact f WHERE f.order_id = %(later)s),
          %(later)s::uuid, %(earlier)s::uuid)))
SELECT jsonb_build_object(
    'enterprise_id', enterprise_id, 'premises_id', premises_id, 'why', why, 'verdict', verdict,
    'enterprise_name', (SELECT name FROM enterprise e WHERE e.enterprise_id = shown.enterprise_id),
    'area_code', (SELECT area_code FROM enterprise e WHERE e.enterprise_id = shown.enterprise_id),
    'gap_days', GREATEST(from_day - e_to_day, 0), 'reason', NULLIF(verdict_reason, ''), 'said_by', said_by,
    'later', jsonb_build_object(
        'order_id', order_id, 'agency_id', agency_id, 'state', state, 'trigger', trigger, 'inspectors', inspectors,
        'agency_name', (SELECT name FROM agency a WHERE a.agency_id = shown.agency_id), 'starts_on', starts_on,
        'ends_on', ends_on, 'day', day, 'items', ARRAY(SELECT i.name FROM item i WHERE i.item_id = ANY (items) ORDER BY i.code)),
    'earlier', jsonb_build_object(
        'order_id', e_order_id, 'agency_id', e_agency_id, 'state', e_state, 'trigger', e_trigger,
        'agency_name', (SELECT name FROM agency a WHERE a.agency_id = e_agency_id), 'inspectors', e_inspectors,
        'starts_on', e_starts_on, 'ends_on', e_ends_on, 'day', e_day, 'items', ARRAY(SELECT i.name FROM item i WHERE i.item_id = ANY (e_items) ORDER BY i.code))) AS pair
FROM shown WHERE %(why)s::text IS NULL OR %(why)s = ANY (why)
ORDER BY from_day DESC, order_id DESC, e_order_id DESC LIMIT %(limit)s
"""
)


def rates(connection: C, desk: Desk) -> list[Rate]:
    """From the rollup, as far as it reaches; beyond, pair by pair."""
    return many(connection, Rate, _ROLLED_UP if desk.days <= NEAR_DAYS else _RECOUNTED, desk.named)


def recounted_rates(connection: C, desk: Desk) -> list[Rate]:
    return many(connection, Rate, _RECOUNTED, desk.named)


_RATES: LiteralString = """
SELECT counted.agency_id, a.name AS agency_name, COALESCE(sum(pairs), 0)::int AS found,
       COALESCE(sum(pairs) FILTER (WHERE verdict = 'open'), 0)::int AS open,
       COALESCE(sum(pairs) FILTER (WHERE verdict = 'joined'), 0)::int AS joined,
       COALESCE(sum(pairs) FILTER (WHERE verdict = 'dismissed'), 0)::int AS dismissed,
       COALESCE(sum(pairs) FILTER (WHERE verdict = 'overridden'), 0)::int AS overridden,
       COALESCE(sum(pairs) FILTER (WHERE verdict = 'ignored'), 0)::int AS ignored
FROM counted LEFT JOIN agency a ON a.agency_id = counted.agency_id
WHERE %(agency_id)s::uuid IS NULL OR counted.agency_id = %(agency_id)s
GROUP BY counted.agency_id, a.name ORDER BY a.name NULLS LAST, counted.agency_id
"""
_ROLLED_UP: LiteralString = f"""
WITH counted AS (
    SELECT agency_id, verdict, pairs FROM near_tally
    WHERE last_day >= %(today)s::date - %(days)s::int AND gap <= %(days)s AND (%(sees_all)s OR NOT hidden)
      AND (%(area)s::text IS NULL OR starts_with(area_code, %(area)s)))
{_RATES}
"""
_RECOUNTED: LiteralString = f"""
WITH pair AS ({ALL_PAIRS}), counted AS (SELECT agency_id, verdict, 1 AS pairs FROM ({COUNTED}) AS side)
{_RATES}
"""


def clusters(connection: C, desk: Desk, *, limit: int, offset: int) -> tuple[list[Cluster], bool]:
    """The largest first, and whether there are more. The visits of one place that follow each other closely are an
    island; where somebody said that two are not the same work, it falls apart further."""
    rows = connection.execute(_ISLANDS, desk.named | {"limit": limit + 1, "offset": offset}).fetchall()
    found = [cluster for row in rows[:limit] for cluster in _clusters(row, desk)]
    return found, len(rows) > limit


def _clusters(row: dict[str, Any], desk: Desk) -> list[Cluster]:
    visits = msgspec.convert(row["visits"], list[Side])
    apart = msgspec.convert(row["apart"], list[tuple[UUID, UUID]])
    mine = [
        together
        for together in components(visits, apart, desk.days)
        if desk.agency_id is None or any(visit.order_id in set(row["mine"]) for visit in together)
    ]
    return [
        Cluster(
            enterprise_id=row["enterprise_id"],
            enterprise_name=row["enterprise_name"],
            premises_id=row["premises_id"],
            first_day=min(span(visit)[0] for visit in together),
            last_day=max(span(visit)[1] for visit in together),
            agencies=len({visit.agency_id for visit in together}),
            visits=together,
        )
        for together in mine
    ]


_ISLANDS: LiteralString = """
WITH visit AS (
    SELECT f.*, COALESCE(f.day, f.starts_on) AS from_day, COALESCE(f.day, f.ends_on) AS to_day
    FROM order_fact f
    WHERE f.state NOT IN ('cancelled', 'expired', 'absorbed')
      AND COALESCE(f.day, f.starts_on) >= %(today)s::date - %(days)s::int - 92
      AND COALESCE(f.day, f.ends_on) >= %(today)s::date - %(days)s::int
      AND (%(sees_all)s OR f.state <> 'drafted' OR %(asking)s = ANY (f.agencies))
      AND (%(area)s::text IS NULL OR EXISTS (
          SELECT FROM enterprise e WHERE e.enterprise_id = f.enterprise_id AND starts_with(e.area_code, %(area)s)))),
marked AS (
    SELECT *, from_day > max(to_day) OVER (
               PARTITION BY premises_id ORDER BY from_day, order_id
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + %(days)s::int AS begins
    FROM visit),
numbered AS (
    SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY premises_id ORDER BY from_day, order_id) AS island
    FROM marked),
island AS (
    SELECT premises_id, island, min(enterprise_id::text)::uuid AS enterprise_id, count(*) AS size,
           max(to_day) AS last_day, array_agg(order_id ORDER BY from_day, order_id) AS orders
    FROM numbered GROUP BY premises_id, island
    HAVING count(*) > 1
       AND (%(agency_id)s::uuid IS NULL OR bool_or(%(agency_id)s = ANY (agencies)))
    ORDER BY size DESC, last_day DESC, premises_id, island
    LIMIT %(limit)s OFFSET %(offset)s)
SELECT island.enterprise_id, e.name AS enterprise_name, island.premises_id,
       (SELECT jsonb_agg(jsonb_build_object(
            'order_id', f.order_id, 'agency_id', f.agency_id, 'agency_name', a.name, 'state', f.state,
            'trigger', f.trigger, 'inspectors', f.inspectors, 'starts_on', f.starts_on, 'ends_on', f.ends_on,
            'day', f.day, 'items', ARRAY(SELECT i.name FROM item i WHERE i.item_id = ANY (f.items) ORDER BY i.code)) ORDER BY COALESCE(f.day, f.starts_on), f.order_id)
        FROM order_fact f LEFT JOIN agency a ON a.agency_id = f.agency_id
        WHERE f.order_id = ANY (island.orders)) AS visits,
       ARRAY(SELECT f.order_id FROM order_fact f
             WHERE f.order_id = ANY (island.orders) AND %(agency_id)s = ANY (f.agencies)) AS mine,
       (SELECT COALESCE(jsonb_agg(jsonb_build_array(newest.one, newest.other)), '[]') FROM (
            SELECT DISTINCT ON (LEAST(v.order_id, v.other_id), GREATEST(v.order_id, v.other_id))
                   LEAST(v.order_id, v.other_id) AS one, GREATEST(v.order_id, v.other_id) AS other, v.kind
            FROM verdict v WHERE v.order_id = ANY (island.orders) AND v.other_id = ANY (island.orders)
            ORDER BY LEAST(v.order_id, v.other_id), GREATEST(v.order_id, v.other_id), v.at DESC, v.order_id DESC,
                     v.version DESC) AS newest
        WHERE newest.kind = 'dismissed') AS apart
FROM island LEFT JOIN enterprise e ON e.enterprise_id = island.enterprise_id
ORDER BY island.size DESC, island.last_day DESC, island.premises_id, island.island
"""
