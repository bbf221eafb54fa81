"""Reads the facts of a proposal: three statements, however many rules there are."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.database import many
from services.chassis.policy import Policies, Profile, city_day
from services.inspection.gate.facts import Count, Facts, Neighbour, Proposal, Registered
from services.inspection.orders.model import LONGEST_WINDOW_DAYS


def read_facts(
    connection: Connection[DictRow], proposal: Proposal, policies: Policies, now: datetime
) -> Facts:
    """Call it under the lock on the enterprise wherever a decision follows."""
    registered = read_registered(connection, proposal)
    profile = governing(proposal, registered, policies, now)
    today = city_day(profile, now)
    return Facts(
        proposal=proposal,
        profile=profile,
        today=today,
        registered=registered,
        counts=tuple(_counts(connection, proposal, profile, registered)),
        neighbours=tuple(_neighbours(connection, proposal, profile, registered, today)),
    )


def governing(proposal: Proposal, registered: Registered, policies: Policies, now: datetime) -> Profile:
    """The profile of the lead agency's area, in its version of today."""
    lead = next((a for a in registered.agencies if a.agency_id == proposal.agency_id), None)
    return policies.governing(lead.area_code if lead else "", now)


def read_registered(connection: Connection[DictRow], proposal: Proposal) -> Registered:
    """Everything the replica knows of what is named; one round trip."""
    row = connection.execute(
        """
        SELECT jsonb_build_object(
            'agencies', (SELECT COALESCE(jsonb_agg(a), '[]') FROM agency a
                         WHERE agency_id = ANY(%(agencies)s) OR agency_id IN (
                             SELECT entrusted_by FROM agency WHERE agency_id = ANY(%(agencies)s))),
            'enterprise', (SELECT to_jsonb(e) FROM enterprise e WHERE enterprise_id = %(enterprise_id)s),
            'premises', (SELECT to_jsonb(p) FROM premises p WHERE premises_id = %(premises_id)s),
            'items', (SELECT COALESCE(jsonb_agg(i), '[]') FROM item i WHERE item_id = ANY(%(items)s)),
            'inspectors', (SELECT COALESCE(jsonb_agg(i), '[]') FROM inspector i
                           WHERE inspector_id = ANY(%(inspectors)s))) AS registered
        """,
        {
            "agencies": list(proposal.agencies),
            "enterprise_id": proposal.enterprise_id,
            "premises_id": proposal.premises_id,
            "items": [item for item, _ in proposal.items],
            "inspectors": list(proposal.inspectors),
        },
    ).fetchone()
    assert row is not None
    return msgspec.convert(row["registered"], Registered)


def _counts(
    connection: Connection[DictRow], proposal: Proposal, profile: Profile, registered: Registered
) -> list[Count]:
    """Asked agency by agency (LATERAL): with `= ANY` a cached generic plan reads the whole history.

    A visit counts in the year in which it was made, one still to come in the year in which it may begin;
    so orders whose window began in the old year are looked at too. A joint order counts once for each
    of its agencies (rule J5).
    """
    domain_of = {item.item_id: item.domain for item in registered.items}
    asked = sorted({(owner, domain_of[item]) for item, owner in proposal.items if item in domain_of}, key=str)
    return many(
        connection,
        Count,
        """
        SELECT asked.agency_id, asked.domain, counted.visited, counted.planned
        FROM unnest(%(agencies)s::uuid[], %(domains)s::text[]) AS asked (agency_id, domain)
        CROSS JOIN LATERAL (
            SELECT count(DISTINCT o.order_id) FILTER (WHERE o.visited) AS visited,
                   count(DISTINCT o.order_id) FILTER (WHERE NOT o.visited) AS planned
            FROM order_item i JOIN orders o ON o.order_id = i.order_id
            WHERE i.enterprise_id = %(enterprise_id)s
              AND i.agency_id = asked.agency_id AND i.domain = asked.domain
              AND i.starts_on BETWEEN %(first)s - %(window)s AND %(last)s
              AND o.standing AND o.order_id IS DISTINCT FROM %(order_id)s
              AND o.trigger <> ALL (%(uncounted)s)
              AND COALESCE((o.entered_at AT TIME ZONE %(timezone)s)::date, o.starts_on)
                  BETWEEN %(first)s AND %(last)s) AS counted
        """,
        {
            "agencies": [agency for agency, _ in asked],
            "domains": [domain for _, domain in asked],
            "enterprise_id": proposal.enterprise_id,
            "order_id": proposal.order_id,
            "first": date(proposal.starts_on.year, 1, 1),
            "last": date(proposal.starts_on.year, 12, 31),
            "window": LONGEST_WINDOW_DAYS,
            "uncounted": sorted(profile.uncounted_triggers),
            "timezone": profile.timezone,
        },
    )


def _neighbours(
    connection: Connection[DictRow],
    proposal: Proposal,
    profile: Profile,
    registered: Registered,
    today: date,
) -> list[Neighbour]:
    """An issued order whose window is over no longer waits for anyone, even if a phone may still bring its entry."""
    rows = connection.execute(
        """
        SELECT o.order_id, o.agency_id, o.premises_id, o.revision, o.state, o.starts_on, o.ends_on,
               COALESCE((SELECT name FROM agency a WHERE a.agency_id = o.agency_id), '') AS agency_name,
               ARRAY(SELECT agency_id FROM order_agency a WHERE a.order_id = o.order_id
                     ORDER BY leads DESC, agency_id) AS agencies,
               ARRAY(SELECT n.name FROM order_item i JOIN item n ON n.item_id = i.item_id
                     WHERE i.order_id = o.order_id ORDER BY n.code) AS items,
               (SELECT a.name FROM order_agency l JOIN agency a ON a.agency_id = l.agency_id
                WHERE l.order_id = o.order_id AND %(section)s = ANY (a.lead_industries)
                ORDER BY l.leads DESC, a.agency_id LIMIT 1) AS industry_lead,
               (SELECT d.reason FROM duplicate d
                WHERE d.one = LEAST(o.order_id, %(order_id)s::uuid)
                  AND d.other = GREATEST(o.order_id, %(order_id)s::uuid)) AS reason
        FROM orders o
        WHERE o.enterprise_id = %(enterprise_id)s AND o.open
          AND o.starts_on BETWEEN %(earliest)s AND %(until)s AND o.ends_on >= GREATEST(%(from)s, %(today)s)
          AND o.order_id IS DISTINCT FROM %(order_id)s
        ORDER BY o.starts_on, o.order_id
        """,
        _near(proposal, profile.join_days) | {"section": registered.section, "today": today},
    ).fetchall()
    return [msgspec.convert(row, Neighbour) for row in rows]


def _near(proposal: Proposal, days: int) -> dict[str, Any]:
    near, longest = timedelta(days), timedelta(LONGEST_WINDOW_DAYS)
    return {
        "enterprise_id": proposal.enterprise_id,
        "order_id": proposal.order_id,
        "from": proposal.starts_on - near,
        "earliest": proposal.starts_on - near - longest,
        "until": proposal.ends_on + near,
    }
