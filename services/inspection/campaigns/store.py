"""SQL of campaigns. None of these commits."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Connection
from psycopg.errors import UniqueViolation
from psycopg.types.json import Jsonb

from services.chassis import clock
from services.chassis.database import many, one
from services.chassis.errors import Conflict, NotFound, Text
from services.inspection.campaigns.model import Campaign, filing_of

C = Connection[Any]
_COLUMNS: LiteralString = """
campaign_id, version, agency_id, name, filing_number, approving_government, approved_on, published_on, starts_on,
ends_on, quota, objects, full_coverage_approved, active
"""
_FIND: LiteralString = f"SELECT {_COLUMNS} FROM campaign WHERE campaign_id = %s"


class FilingTaken(Conflict):
    """Rule A7: one approval, one campaign; two would be twice the quota."""

    code = "filing_taken"
    title = Text("该备案号已用于另一专项", "Another campaign is filed under this number")
    remedy = Text(
        "请核对批准机关与备案号；追加名额请修订原专项。",
        "Check government and number; to add to a quota, revise the campaign that is there.",
    )


@dataclass(frozen=True)
class Version:
    version: int
    content: dict[str, Any]
    reason: str | None
    changed_at: datetime


def find(connection: C, campaign_id: UUID) -> Campaign | None:
    return one(connection, Campaign, _FIND, (campaign_id,))


def lock(connection: C, campaign_id: UUID) -> Campaign:
    """The campaign, ours until the end of the transaction. Raises NotFound.

    Whoever lets an order stand takes this lock and counts afterwards: the quota speaks of rows that are not there
    yet. It is taken after the order's, and nobody who holds it asks for an order.
    """
    campaign = one(connection, Campaign, _FIND + " FOR NO KEY UPDATE", (campaign_id,))
    if campaign is None:
        raise NotFound("campaign", campaign_id)
    return campaign


def used(connection: C, campaigns: list[UUID]) -> dict[UUID, int]:
    """How many orders draw down the quota of each."""
    rows = connection.execute(
        """
        SELECT c.campaign_id, (SELECT count(*) FROM campaign_order o WHERE o.campaign_id = c.campaign_id) AS used
        FROM unnest(%s::uuid[]) AS c (campaign_id)
        """,
        (campaigns,),
    ).fetchall()
    return {row["campaign_id"]: row["used"] for row in rows}


def versions(connection: C, campaign_id: UUID) -> list[Version]:
    """The newest first."""
    return many(
        connection,
        Version,
        """
        SELECT version, content, reason, changed_at FROM campaign_version
        WHERE campaign_id = %s ORDER BY version DESC
        """,
        (campaign_id,),
    )


def listed(
    connection: C,
    *,
    only_published: bool,
    agency_id: UUID | None,
    active: bool | None,
    after: UUID | None,
    limit: int,
) -> list[Campaign]:
    """The newest first. One row more than `limit` says that there is a next page."""
    return many(
        connection,
        Campaign,
        f"SELECT {_COLUMNS} FROM campaign"
        """
        WHERE (published_on IS NOT NULL OR NOT %(only_published)s)
          AND (%(agency_id)s::uuid IS NULL OR agency_id = %(agency_id)s)
          AND (%(active)s::boolean IS NULL OR active = %(active)s)
          AND (%(after)s::uuid IS NULL OR campaign_id < %(after)s)
        ORDER BY campaign_id DESC LIMIT %(limit)s
        """,
        {
            "only_published": only_published,
            "agency_id": agency_id,
            "active": active,
            "after": after,
            "limit": limit + 1,
        },
    )


def insert(connection: C, campaign: Campaign, by: UUID) -> None:
    """Raises FilingTaken."""
    _write(connection, _INSERT, campaign, by, None)


def save(connection: C, campaign: Campaign, by: UUID, reason: str | None) -> None:
    """Write back a locked campaign. Raises FilingTaken."""
    _write(connection, _UPDATE, campaign, by, reason)


def _write(connection: C, sql: LiteralString, campaign: Campaign, by: UUID, reason: str | None) -> None:
    try:
        connection.execute(sql, asdict(campaign))
    except UniqueViolation as error:
        raise FilingTaken() from error
    content = filing_of(campaign) | {"published_on": campaign.published_on, "active": campaign.active}
    connection.execute(
        """
        INSERT INTO campaign_version (campaign_id, version, content, reason, changed_by, changed_at)
        VALUES (%s, %s, %s, %s, %s, %s)
        """,
        (
            campaign.campaign_id,
            campaign.version,
            Jsonb({name: _plain(value) for name, value in content.items()}),
            reason,
            by,
            clock.now(),
        ),
    )


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | None) else str(value)


_INSERT: LiteralString = """
INSERT INTO campaign (campaign_id, version, agency_id, name, filing_number, approving_government, approved_on,
                      published_on, starts_on, ends_on, quota, objects, full_coverage_approved, active)
VALUES (%(campaign_id)s, %(version)s, %(agency_id)s, %(name)s, %(filing_number)s, %(approving_government)s,
        %(approved_on)s, %(published_on)s, %(starts_on)s, %(ends_on)s, %(quota)s, %(objects)s,
        %(full_coverage_approved)s, %(active)s)
"""
_UPDATE: LiteralString = """
UPDATE campaign SET
    version = %(version)s, name = %(name)s, filing_number = %(filing_number)s,
    approving_government = %(approving_government)s, approved_on = %(approved_on)s, published_on = %(published_on)s,
    starts_on = %(starts_on)s, ends_on = %(ends_on)s, quota = %(quota)s, objects = %(objects)s,
    full_coverage_approved = %(full_coverage_approved)s, active = %(active)s
WHERE campaign_id = %(campaign_id)s
"""
