"""The half minutes in which a credential code holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.chassis.codes import Code, Kind

SLOT = timedelta(seconds=30)


def code_at(inspector_id: UUID, moment: datetime) -> Code:
    """The credential code of the slot that `moment` lies in."""
    seconds = int(SLOT.total_seconds())
    begins = datetime.fromtimestamp(int(moment.timestamp()) // seconds * seconds, UTC)
    return Code(kind=Kind.CREDENTIAL, subject=inspector_id, valid_from=begins, valid_until=begins + SLOT)
