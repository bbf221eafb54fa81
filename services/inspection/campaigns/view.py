"""A campaign as it is shown: what is used of its quota, and what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from psycopg import Connection

from services.chassis import clock
from services.chassis.policy import policies
from services.inspection.campaigns import store
from services.inspection.campaigns.model import Campaign

C = Connection[Any]


def shown(connection: C, campaign: Campaign) -> dict[str, Any]:
    (row,) = rows(connection, [campaign])
    profile = policies().governing(row["area_code"] or "", clock.now())
    return row | {
        "allowed": list(campaign.allowed),
        "notices": [{"rule": "A7", **n._asdict()} for n in campaign.notices(profile.publish_days)],
        "versions": [asdict(version) for version in store.versions(connection, campaign.campaign_id)],
    }


def rows(connection: C, campaigns: Sequence[Campaign]) -> list[dict[str, Any]]:
    used = store.used(connection, [campaign.campaign_id for campaign in campaigns])
    known = connection.execute(
        "SELECT agency_id, name, area_code FROM agency WHERE agency_id = ANY(%s)",
        ([campaign.agency_id for campaign in campaigns],),
    ).fetchall()
    agencies = {row["agency_id"]: row for row in known}
    return [
        asdict(campaign)
        | {
            "state": campaign.state,
            "agency": agencies.get(campaign.agency_id, {}).get("name"),
            "area_code": agencies.get(campaign.agency_id, {}).get("area_code"),
            "used": used[campaign.campaign_id],
            "left": max(0, campaign.quota - used[campaign.campaign_id]),
        }
        for campaign in campaigns
    ]
