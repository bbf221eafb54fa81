"""Findings that needed a reason and got one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.catalogue.inspection import FindingOverridden


@dataclass(frozen=True, kw_only=True)
class Override:
    """`version` is the order's when it happened: with the order's id it names the event. `other_id` is the order
    that the finding was about, where it was about one alone."""

    order_id: UUID
    version: int
    rule: str
    overridden_by: UUID
    at: datetime
    other_id: UUID | None = None
    reason: str = ""

    def about(self, rule: str, one: UUID, other: UUID) -> bool:
        """Whether it speaks of these two. Events from before findings had keys speak of all of a rule."""
        return self.rule == rule and self.other_id in (None, one, other)


def overridden(event: FindingOverridden, at: datetime) -> Override:
    return Override(
        order_id=event.order_id,
        version=event.version,
        rule=event.rule,
        overridden_by=event.overridden_by,
        at=at,
        other_id=_other(event.finding_key),
        reason=event.reason,
    )


def _other(finding_key: str) -> UUID | None:
    """Of `J2:<order>:<revision>`."""
    parts = finding_key.split(":")
    try:
        return UUID(parts[1]) if parts[0] in ("J1", "J2") and len(parts) > 1 else None
    except ValueError:
        return None
