"""That a notice was read. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.inspection.orders.model import State

READABLE = frozenset({State.ISSUED, State.ENTERED})


@dataclass(frozen=True, kw_only=True)
class NoticeReading:
    """One row of `notice_reading`: an order's first. It says when, never who: the code was shown to somebody there."""

    reading_id: UUID
    order_id: UUID
    read_at: datetime
