"""Reads what the orders that one visit serves rest on, each by its own trigger: as many statements for two as for twenty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.policy import Policies, Profile, city_day
from services.inspection.gate import races
from services.inspection.gate.facts import Facts, Proposal, asked_for
from services.inspection.gate.past import BestGraded, Count, Past
from services.inspection.gate.reader import campaign_as_json, governing, read_counts, read_registered
from services.inspection.gate.registered import Campaign, Registered


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """What stands on no other order: campaign and review, and the best graded of its agency's area (rule F6)."""

    order_id: UUID
    campaign: Campaign | None
    reviewed: bool | None
    best_graded: BestGraded


def read_together(
    connection: Connection[DictRow],
    joint: Proposal,
    guests: Sequence[Proposal],
    policies: Policies,
    now: datetime,
) -> tuple[Facts, list[Facts]]:
    """Facts of the joint order and of each guest, by which the rules on grounds are judged: neighbours and earlier visits
    are not among them. Visits are counted without `joint`, in one statement for each city whose agencies take part,
    nearly always one. Call it under the lock on the enterprise; the shares of rule F6 are locked here, before they are read.
    """
    everybody = read_registered(connection, _all_in_one(joint, guests))
    profiles = [governing(guest, everybody, policies, now) for guest in guests]
    _lock_shares(connection, guests, profiles, everybody)
    grounds = _grounds(connection, joint, guests, everybody)
    counts = {
        label: read_counts(connection, _all_in_one(joint, guests), profile, everybody)
        for label, profile in {profile.label: profile for profile in profiles}.items()
    }
    own = governing(joint, everybody, policies, now)
    host = Facts(
        proposal=joint,
        profile=own,
        today=city_day(own, now),
        registered=everybody,
        counts=(),
        neighbours=(),
    )
    return host, [
        _facts(guest, profile, everybody, grounds, counts[profile.label], now)
        for guest, profile in zip(guests, profiles, strict=True)
    ]


def _all_in_one(joint: Proposal, guests: Sequence[Proposal]) -> Proposal:
    """Everybody and everything on it: what is on record of them is read at once."""
    everyone = (joint, *guests)
    return replace(
        joint,
        agencies=tuple(dict.fromkeys(chain.from_iterable(one.agencies for one in everyone))),
        items=tuple(dict.fromkeys(chain.from_iterable(one.items for one in everyone))),
        inspectors=tuple(dict.fromkeys(chain.from_iterable(one.inspectors for one in everyone))),
    )


def _lock_shares(
    connection: Connection[DictRow],
    guests: Sequence[Proposal],
    profiles: Sequence[Profile],
    registered: Registered,
) -> None:
    shares = {
        profile.name: profile
        for guest, profile in zip(guests, profiles, strict=True)
        if races.limits_best_graded(guest, registered, profile)
    }
    for _, profile in sorted(shares.items()):
        races.lock_best_graded(connection, profile, [registered.section], guests[0].starts_on.year)


def _grounds(
    connection: Connection[DictRow], joint: Proposal, guests: Sequence[Proposal], registered: Registered
) -> dict[UUID, _Ground]:
    area_of = {agency.agency_id: agency.area for agency in registered.agencies}
    areas = [races.area_range(area_of.get(guest.agency_id, "")) for guest in guests]
    asked = {
        "orders": [guest.order_id for guest in guests],
        "revisions": [guest.revision for guest in guests],
        "campaigns": [guest.campaign_id for guest in guests],
        "areas": [area["area"] for area in areas],
        "ends": [area["area_ends"] for area in areas],
        "section": registered.section,
        "year": joint.starts_on.year,
        "enterprise_id": joint.enterprise_id,
    }
    rows = connection.execute(_GROUNDS, asked).fetchall()
    found = (msgspec.json.decode(row["ground"], type=_Ground) for row in rows)
    return {ground.order_id: ground for ground in found}


_GROUNDS = f"""
SELECT jsonb_build_object(
    'order_id', wanted.order_id,
    'campaign', {campaign_as_json("wanted.campaign_id", "wanted.order_id")},
    'reviewed', (SELECT passed FROM review r WHERE r.order_id = wanted.order_id AND r.revision = wanted.revision),
    'best_graded', (
        SELECT jsonb_build_object('enterprises', counted.enterprises, 'inspected', counted.inspected - EXISTS (
            SELECT FROM best_graded_place p
            WHERE p.section = wanted.section AND p.year = %(year)s AND p.enterprise_id = %(enterprise_id)s
              AND p.area_code >= wanted.area AND p.area_code < wanted.area_ends)::int)
        FROM (SELECT {races.count_best_graded("wanted.area", "wanted.area_ends")}) AS counted))::text AS ground
FROM (SELECT order_id, revision, campaign_id, %(section)s::text AS section, area COLLATE "C" AS area,
             area_ends COLLATE "C" AS area_ends
      FROM unnest(%(orders)s::uuid[], %(revisions)s::int[], %(campaigns)s::uuid[], %(areas)s::text[], %(ends)s::text[])
           AS asked (order_id, revision, campaign_id, area, area_ends)) AS wanted
"""


def _facts(
    guest: Proposal,
    profile: Profile,
    everybody: Registered,
    grounds: Mapping[UUID, _Ground],
    counts: Sequence[Count],
    now: datetime,
) -> Facts:
    assert guest.order_id is not None
    ground, mine = grounds[guest.order_id], set(asked_for(guest, everybody))
    return Facts(
        proposal=guest,
        profile=profile,
        today=city_day(profile, now),
        registered=replace(everybody, campaign=ground.campaign, reviewed=ground.reviewed),
        counts=tuple(count for count in counts if (count.agency_id, count.domain) in mine),
        neighbours=(),
        past=Past(best_graded=ground.best_graded),
    )
