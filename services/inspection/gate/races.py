"""What orders of different enterprises share. A campaign's quota is locked with its row, at the submission."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from services.chassis.policy import Profile
from services.inspection.gate.facts import PLANNED, Proposal
from services.inspection.gate.registered import Registered


def lock_best_graded(
    connection: Connection[Any], proposal: Proposal, registered: Registered, profile: Profile
) -> None:
    """The lock on the enterprise does not keep apart two orders for two enterprises that want the last place of one
    share (rule F6). Taken after it and after the order's row, and for one enterprise in a transaction, so no circle can close.
    Only where the rule can bite: the planned visits of a city to the best graded of one section of industry wait for
    each other until the commit (some 10 ms)."""
    if limits_best_graded(proposal, registered, profile):
        name = f"best graded {profile.name} {registered.section} {proposal.starts_on.year}"
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (name,))


def limits_best_graded(proposal: Proposal, registered: Registered, profile: Profile) -> bool:
    enterprise = registered.enterprise
    graded_best = enterprise is not None and enterprise.grade == "A"
    return graded_best and profile.top_grade_share is not None and proposal.trigger in PLANNED
