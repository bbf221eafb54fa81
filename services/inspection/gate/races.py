"""What orders of different enterprises share: a campaign's quota, the share of the best graded."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from services.chassis.policy import Profile
from services.inspection.gate.facts import PLANNED, Proposal
from services.inspection.gate.registered import Registered


def lock_campaign(connection: Connection[Any], proposal: Proposal) -> None:
    """The lock on the enterprise does not keep apart two orders for two enterprises that want the last place of one
    quota (rule A7). Taken after it and after the order's row, and never two of a kind in one transaction, so no
    circle can close."""
    if proposal.campaign_id:
        _lock(connection, f"campaign {proposal.campaign_id}")


def lock_best_graded(
    connection: Connection[Any], proposal: Proposal, registered: Registered, profile: Profile
) -> None:
    """Rule F6, after the campaign's. Only where the rule can bite: it makes the planned visits of a city to the
    best graded of one section of industry wait for each other until the commit (some 10 ms)."""
    if limits_best_graded(proposal, registered, profile):
        _lock(connection, f"best graded {profile.name} {registered.section} {proposal.starts_on.year}")


def limits_best_graded(proposal: Proposal, registered: Registered, profile: Profile) -> bool:
    enterprise = registered.enterprise
    graded_best = enterprise is not None and enterprise.grade == "A"
    return graded_best and profile.top_grade_share is not None and proposal.trigger in PLANNED


def _lock(connection: Connection[Any], name: str) -> None:
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (name,))
