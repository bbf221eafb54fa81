"""What people said of a pair of orders: no duplicate; and that it holds no longer, since one of them changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.catalogue.inspection import DuplicateDismissed, DuplicateReopened


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`version` is that of `order_id` when it was said: the two name the event."""

    order_id: UUID
    version: int
    other_id: UUID
    kind: str
    said_by: UUID | None
    reason: str
    at: datetime

    def about(self, _rule: str, one: UUID, other: UUID) -> bool:
        return {self.order_id, self.other_id} == {one, other}


def said(event: DuplicateDismissed | DuplicateReopened, at: datetime) -> Verdict:
    dismissed = isinstance(event, DuplicateDismissed)
    return Verdict(
        order_id=event.order_id,
        version=event.version,
        other_id=event.other,
        kind="dismissed" if dismissed else "reopened",
        said_by=event.dismissed_by if dismissed else None,
        reason=event.reason if dismissed else "",
        at=at,
    )
