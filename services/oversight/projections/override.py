"""Findings that needed a reason and got one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.catalogue.inspection import FindingOverridden


@dataclass(frozen=True, kw_only=True)
class Override:
    """`version` is the order's when it happened: with the order's id it names the event."""

    order_id: UUID
    version: int
    rule: str
    overridden_by: UUID
    at: datetime


def overridden(event: FindingOverridden, at: datetime) -> Override:
    return Override(
        order_id=event.order_id,
        version=event.version,
        rule=event.rule,
        overridden_by=event.overridden_by,
        at=at,
    )
