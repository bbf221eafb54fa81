"""Reads the facts of a proposal: four statements, however many rules there are (ADR 34)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, LiteralString

import msgspec
from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.database import many
from services.chassis.policy import Policies, Profile, city_day
from services.inspection.gate import past_reader, races
from services.inspection.gate.facts import CLUED, Facts, Proposal, asked_for
from services.inspection.gate.past import Count, Neighbour
from services.inspection.gate.registered import Registered
from services.inspection.orders.model import LONGEST_WINDOW_DAYS


def read_facts(
    connection: Connection[DictRow],
    proposal: Proposal,
    policies: Policies,
    now: datetime,
    *,
    deciding: bool = False,
) -> Facts:
    """`deciding`: a command follows that may take a place. Call it then under the lock on the enterprise; the share
    that enterprises have in common (rule F6) is locked here, before it is read."""
    registered = read_registered(connection, proposal)
    profile = governing(proposal, registered, policies, now)
    if deciding and races.limits_best_graded(proposal, registered, profile):
        races.lock_best_graded(connection, profile, [registered.section], proposal.starts_on.year)
    today = city_day(profile, now)
    return Facts(
        proposal=proposal,
        profile=profile,
        today=today,
        registered=registered,
        counts=tuple(read_counts(connection, proposal, profile, registered)),
        neighbours=tuple(_neighbours(connection, proposal, profile, registered, today)),
        past=past_reader.read_past(connection, proposal, profile, registered, today),
    )


def governing(proposal: Proposal, registered: Registered, policies: Policies, now: datetime) -> Profile:
    """The profile of the lead agency's area, in its version of today."""
    lead = next((a for a in registered.agencies if a.agency_id == proposal.agency_id), None)
    return policies.governing(lead.area_code if lead else "", now)


def read_registered(connection: Connection[DictRow], proposal: Proposal) -> Registered:
    """Everything on record of what is named, with the plans, campaign and review it rests on; one round trip."""
    row = connection.execute(
        _REGISTERED,
        {
            "agencies": list(proposal.agencies),
            "enterprise_id": proposal.enterprise_id,
            "premises_id": proposal.premises_id,
            "items": [item for item, _ in proposal.items],
            "inspectors": list(proposal.inspectors),
            "campaign_id": proposal.campaign_id,
            "order_id": proposal.order_id,
            "revision": proposal.revision,
            "year": proposal.starts_on.year,
        },
    ).fetchone()
    assert row is not None
    return msgspec.convert(row["registered"], Registered)


def campaign_as_json(campaign_id: LiteralString, order_id: LiteralString) -> LiteralString:
    """The campaign as a subquery; the places of its quota are counted without those of the order itself."""
    return f"""(
    SELECT to_jsonb(c) || jsonb_build_object(
        'owner', (SELECT to_jsonb(a) FROM agency a WHERE a.agency_id = c.agency_id),
        'used', (SELECT count(*) FROM campaign_order o
                 WHERE o.campaign_id = c.campaign_id AND o.order_id IS DISTINCT FROM {order_id}))
    FROM campaign c WHERE c.campaign_id = {campaign_id})"""


# It also tells the database to plan what follows in this transaction without looking at values: the plans are the same
# ones (a test holds them to their indexes), and choosing them anew took longer than running them.
_REGISTERED = f"""
SELECT set_config('plan_cache_mode', 'force_generic_plan', true), jsonb_build_object(
    'agencies', (SELECT COALESCE(jsonb_agg(a), '[]') FROM agency a
                 WHERE agency_id = ANY(%(agencies)s) OR agency_id IN (
                     SELECT entrusted_by FROM agency WHERE agency_id = ANY(%(agencies)s))),
    'enterprise', (SELECT to_jsonb(e) FROM enterprise e WHERE enterprise_id = %(enterprise_id)s),
    'premises', (SELECT to_jsonb(p) FROM premises p WHERE premises_id = %(premises_id)s),
    'items', (SELECT COALESCE(jsonb_agg(i), '[]') FROM item i WHERE item_id = ANY(%(items)s)),
    'inspectors', (SELECT COALESCE(jsonb_agg(i), '[]') FROM inspector i WHERE inspector_id = ANY(%(inspectors)s)),
    'campaign', {campaign_as_json("%(campaign_id)s", "%(order_id)s")},
    'planned', (SELECT COALESCE(jsonb_agg(jsonb_build_object('agency_id', p.agency_id, 'item_id', i.item_id)), '[]')
                FROM plan p JOIN plan_item i ON i.plan_id = p.plan_id
                WHERE p.agency_id = ANY(%(agencies)s) AND p.year = %(year)s AND p.state = 'published'
                  AND i.item_id = ANY(%(items)s)),
    'reviewed', (SELECT passed FROM review WHERE order_id = %(order_id)s AND revision = %(revision)s)) AS registered
"""


def read_counts(
    connection: Connection[DictRow], proposal: Proposal, profile: Profile, registered: Registered
) -> list[Count]:
    """Asked agency by agency (LATERAL): with `= ANY` a cached generic plan reads the whole history.

    A visit counts in the year in which it was made, one still to come in the year in which it may begin;
    so orders whose window began in the old year are looked at too. A joint order counts once for each
    of its agencies (rule J5), by the trigger with which it came.
    """
    pairs = asked_for(proposal, registered)
    return many(
        connection,
        Count,
        _COUNTS,
        {
            "agencies": [agency for agency, _ in pairs],
            "domains": [domain for _, domain in pairs],
            "enterprise_id": proposal.enterprise_id,
            "order_id": proposal.order_id,
            "first": date(proposal.starts_on.year, 1, 1),
            "last": date(proposal.starts_on.year, 12, 31),
            "window": LONGEST_WINDOW_DAYS,
            "uncounted": sorted(profile.uncounted_triggers),
            "clued": sorted(CLUED),
            "timezone": profile.timezone,
        },
    )


_COUNTS = """
SELECT asked.agency_id, asked.domain, counted.visited, counted.planned, counted.clued
FROM unnest(%(agencies)s::uuid[], %(domains)s::text[]) AS asked (agency_id, domain)
CROSS JOIN LATERAL (
    SELECT count(DISTINCT o.order_id) FILTER (WHERE o.visited) AS visited,
           count(DISTINCT o.order_id) FILTER (WHERE NOT o.visited) AS planned,
           count(DISTINCT o.order_id) FILTER (WHERE COALESCE(i.trigger, o.trigger) = ANY (%(clued)s)) AS clued
    FROM order_item i JOIN orders o ON o.order_id = i.order_id
    WHERE i.enterprise_id = %(enterprise_id)s
      AND i.agency_id = asked.agency_id AND i.domain = asked.domain
      AND i.starts_on BETWEEN %(first)s - %(window)s AND %(last)s
      AND o.standing AND o.order_id IS DISTINCT FROM %(order_id)s
      AND COALESCE(i.trigger, o.trigger) <> ALL (%(uncounted)s)
      AND COALESCE((o.entered_at AT TIME ZONE %(timezone)s)::date, o.starts_on)
          BETWEEN %(first)s AND %(last)s) AS counted
"""


def _neighbours(
    connection: Connection[DictRow],
    proposal: Proposal,
    profile: Profile,
    registered: Registered,
    today: date,
) -> list[Neighbour]:
    """An issued order whose window is over no longer waits for anyone, even if a phone may still bring its entry."""
    near = _near(proposal, profile.join_days) | {"section": registered.section, "today": today}
    return [msgspec.convert(row, Neighbour) for row in connection.execute(_NEIGHBOURS, near).fetchall()]


_NEIGHBOURS = """
SELECT o.order_id, o.agency_id, o.premises_id, o.revision, o.state, o.starts_on, o.ends_on,
       COALESCE((SELECT name FROM agency a WHERE a.agency_id = o.agency_id), '') AS agency_name,
       ARRAY(SELECT agency_id FROM order_agency a WHERE a.order_id = o.order_id
             ORDER BY leads DESC, agency_id) AS agencies,
       ARRAY(SELECT n.name FROM order_item i JOIN item n ON n.item_id = i.item_id
             WHERE i.order_id = o.order_id ORDER BY n.code) AS items,
       (SELECT a.name FROM order_agency l JOIN agency a ON a.agency_id = l.agency_id
        WHERE l.order_id = o.order_id AND %(section)s = ANY (a.lead_industries)
        ORDER BY l.leads DESC, a.agency_id LIMIT 1) AS industry_lead,
       ARRAY(SELECT jsonb_build_object('level', s.level, 'domain', s.domain)
             FROM order_agency l JOIN agency a ON a.agency_id = l.agency_id
             JOIN agency s ON s.agency_id = COALESCE(a.entrusted_by, a.agency_id)
             WHERE l.order_id = o.order_id ORDER BY l.leads DESC, a.agency_id) AS systems,
       (SELECT d.reason FROM duplicate d
        WHERE d.one = LEAST(o.order_id, %(order_id)s::uuid)
          AND d.other = GREATEST(o.order_id, %(order_id)s::uuid)) AS reason
FROM orders o
WHERE o.enterprise_id = %(enterprise_id)s AND o.open
  AND o.starts_on BETWEEN %(earliest)s AND %(until)s AND o.ends_on >= GREATEST(%(from)s, %(today)s)
  AND o.order_id IS DISTINCT FROM %(order_id)s
ORDER BY o.starts_on, o.order_id
"""


def _near(proposal: Proposal, days: int) -> dict[str, Any]:
    near, longest = timedelta(days), timedelta(LONGEST_WINDOW_DAYS)
    return {
        "enterprise_id": proposal.enterprise_id,
        "order_id": proposal.order_id,
        "from": proposal.starts_on - near,
        "earliest": proposal.starts_on - near - longest,
        "until": proposal.ends_on + near,
    }
