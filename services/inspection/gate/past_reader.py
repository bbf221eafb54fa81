"""One statement for all that the rules ask of the past; a part that no rule of the profile asks for reads nothing."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

import msgspec
from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.policy import Profile
from services.inspection.gate.facts import ALTERNATING, Proposal, asked_for
from services.inspection.gate.past import Past
from services.inspection.gate.races import COUNT_BEST_GRADED, area_range, limits_best_graded
from services.inspection.gate.registered import Registered
from services.inspection.orders.model import LONGEST_WINDOW_DAYS

YEAR = timedelta(days=365)


def read_past(
    connection: Connection[DictRow], proposal: Proposal, profile: Profile, registered: Registered, today: date
) -> Past:
    asked = (
        _about(proposal, profile)
        | _period(proposal, profile, today)
        | _people(proposal, profile)
        | _agencies(proposal, registered)
        | _items(proposal, registered)
        | _best_graded(proposal, profile, registered)
    )
    row = connection.execute(_PAST, asked).fetchone()
    assert row is not None
    return msgspec.json.decode(row["past"], type=Past)


def _about(proposal: Proposal, profile: Profile) -> dict[str, Any]:
    return {
        "enterprise_id": proposal.enterprise_id,
        "premises_id": proposal.premises_id,
        "order_id": proposal.order_id,
        "starts_on": proposal.starts_on,
        "ends_on": proposal.ends_on,
        "window": LONGEST_WINDOW_DAYS,
        "timezone": profile.timezone,
    }


def _period(proposal: Proposal, profile: Profile, today: date) -> dict[str, Any]:
    """Whole weeks and months around the window (rule F3); no days where the profile limits none."""
    if not any((profile.visits_per_day, profile.visits_per_week, profile.visits_per_month)):
        return {"from": None, "until": None}
    first, last = max(today, proposal.starts_on), max(today, proposal.ends_on)
    month_ends = last.replace(day=monthrange(last.year, last.month)[1])
    return {
        "from": min(first.replace(day=1), first - timedelta(first.weekday())),
        "until": max(month_ends, last + timedelta(6 - last.weekday())),
    }


def _people(proposal: Proposal, profile: Profile) -> dict[str, Any]:
    """Rule F4; nobody is asked about where the profile limits no streak."""
    streak = profile.zero_finding_streak or 0
    return {
        "inspectors": list(proposal.inspectors),
        "streak": streak,
        "met_by": list(proposal.inspectors) if streak else [],
        "met_since": proposal.starts_on - YEAR,
    }


def _agencies(proposal: Proposal, registered: Registered) -> dict[str, Any]:
    """Rule F9, which is for routine and random visits."""
    alternates = proposal.trigger in ALTERNATING
    pairs = asked_for(proposal, registered) if alternates else []
    return {
        "agencies": [agency for agency, _ in pairs],
        "domains": [domain for _, domain in pairs],
        "alternating": sorted(ALTERNATING),
    }


def _items(proposal: Proposal, registered: Registered) -> dict[str, Any]:
    """Items with an interval (rule F7), with the day after which a visit still lies within it."""
    spaced = [(item.item_id, item.min_interval_days) for item in registered.items if item.min_interval_days]
    return {
        "items": [item for item, _ in spaced],
        "since": [proposal.starts_on - timedelta(days) for _, days in spaced],
    }


def _best_graded(proposal: Proposal, profile: Profile, registered: Registered) -> dict[str, Any]:
    """Of the lead's area; without a section nothing is counted."""
    lead = next((a for a in registered.agencies if a.agency_id == proposal.agency_id), None)
    asked = limits_best_graded(proposal, registered, profile)
    return {
        "section": registered.section if asked else None,
        "year": proposal.starts_on.year,
        **area_range(lead.area if lead else ""),
    }


# As JSON text, decoded into its type in one step. Everything is asked one by one (LATERAL), for the reason given at
# the counts. The day of a visit is that of the entry, or of the window's start where nobody scanned.
_PAST = f"""
SELECT jsonb_build_object(
    'visits', (
        SELECT COALESCE(jsonb_agg(v), '[]') FROM (
            SELECT d.first, d.last, count(*) AS count
            FROM orders o CROSS JOIN LATERAL (
                SELECT COALESCE((o.entered_at AT TIME ZONE %(timezone)s)::date, o.starts_on) AS first,
                       CASE WHEN o.visited THEN COALESCE((o.entered_at AT TIME ZONE %(timezone)s)::date, o.starts_on)
                            ELSE o.ends_on END AS last) AS d
            WHERE o.enterprise_id = %(enterprise_id)s AND o.standing AND o.order_id IS DISTINCT FROM %(order_id)s
              AND o.starts_on BETWEEN %(from)s::date - %(window)s AND %(until)s::date
              AND d.first >= %(from)s AND d.last <= %(until)s
            GROUP BY d.first, d.last) AS v),
    'met', (
        SELECT COALESCE(jsonb_agg(m), '[]') FROM (
            SELECT asked.inspector_id, found.*
            FROM unnest(%(met_by)s::uuid[]) AS asked (inspector_id)
            CROSS JOIN LATERAL (
                SELECT o.order_id, o.result, d.day
                FROM order_inspector p JOIN orders o ON o.order_id = p.order_id
                CROSS JOIN LATERAL (
                    SELECT COALESCE((o.entered_at AT TIME ZONE %(timezone)s)::date, o.starts_on) AS day) AS d
                WHERE p.inspector_id = asked.inspector_id AND p.enterprise_id = %(enterprise_id)s
                  AND p.starts_on >= %(met_since)s::date - %(window)s AND d.day > %(met_since)s
                  AND o.visited AND o.result IS NOT NULL AND o.order_id IS DISTINCT FROM %(order_id)s
                ORDER BY d.day DESC, o.order_id DESC LIMIT %(streak)s) AS found) AS m),
    'last', (
        SELECT COALESCE(jsonb_agg(l), '[]') FROM (
            SELECT asked.agency_id, found.*,
                   ARRAY(SELECT p.inspector_id FROM order_inspector p
                         WHERE p.order_id = found.order_id AND p.inspector_id = ANY (%(inspectors)s)
                         ORDER BY p.inspector_id) AS inspectors
            FROM unnest(%(agencies)s::uuid[], %(domains)s::text[]) AS asked (agency_id, domain)
            CROSS JOIN LATERAL (
                SELECT o.order_id, COALESCE((o.entered_at AT TIME ZONE %(timezone)s)::date, o.starts_on) AS day
                FROM order_item i JOIN orders o ON o.order_id = i.order_id
                WHERE i.enterprise_id = %(enterprise_id)s AND i.agency_id = asked.agency_id
                  AND i.domain = asked.domain AND o.visited
                  AND COALESCE(i.trigger, o.trigger) = ANY (%(alternating)s)
                  AND o.order_id IS DISTINCT FROM %(order_id)s
                ORDER BY i.starts_on DESC, i.order_id DESC LIMIT 1) AS found) AS l),
    'checked', (
        SELECT COALESCE(jsonb_agg(c), '[]') FROM (
            SELECT asked.item_id, found.*
            FROM unnest(%(items)s::uuid[], %(since)s::date[]) AS asked (item_id, since)
            CROSS JOIN LATERAL (
                SELECT o.order_id, d.day,
                       o.result = 'no_problem' OR COALESCE((
                           SELECT bool_and(r.finding <> 'problem') AND bool_or(r.finding = 'ok') FROM record_answer r
                           WHERE r.order_id = o.order_id AND r.item_id = asked.item_id), false) AS passed
                FROM order_item i JOIN orders o ON o.order_id = i.order_id
                CROSS JOIN LATERAL (
                    SELECT COALESCE((o.entered_at AT TIME ZONE %(timezone)s)::date, o.starts_on) AS day) AS d
                WHERE i.enterprise_id = %(enterprise_id)s AND i.item_id = asked.item_id
                  AND i.premises_id = %(premises_id)s
                  AND i.starts_on >= asked.since - %(window)s AND d.day > asked.since
                  AND o.visited AND o.result IS NOT NULL AND o.order_id IS DISTINCT FROM %(order_id)s
                ORDER BY d.day DESC, o.order_id DESC LIMIT 1) AS found) AS c),
    'blackouts', (
        SELECT COALESCE(jsonb_agg(b ORDER BY b.starts_on), '[]') FROM blackout b
        WHERE b.enterprise_id = %(enterprise_id)s AND b.active
          AND b.starts_on BETWEEN %(starts_on)s::date - %(window)s AND %(ends_on)s AND b.ends_on >= %(starts_on)s),
    'best_graded', (
        SELECT jsonb_build_object('enterprises', counted.enterprises, 'inspected', counted.inspected - EXISTS (
            SELECT FROM best_graded_place p
            WHERE p.section = counted.section AND p.year = %(year)s AND p.enterprise_id = %(enterprise_id)s
              AND p.area_code >= %(area)s AND p.area_code < %(area_ends)s)::int)
        FROM (SELECT wanted.section, {COUNT_BEST_GRADED}
              FROM (VALUES (%(section)s::text)) AS wanted (section)) AS counted))::text AS past
"""
