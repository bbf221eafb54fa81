"""Where a page of alerts ends: the moment in microseconds, and the alert."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from services.chassis.errors import Invalid
from services.oversight.alerts.model import Alert, Place

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def cursor_of(last: Alert) -> str:
    return f"{(last.since - _EPOCH) // _MICROSECOND}.{last.alert_id}"


def place_of(after: str | None) -> Place | None:
    """Raises Invalid for what `cursor_of` never gave."""
    if after is None:
        return None
    moment, _, alert_id = after.partition(".")
    try:
        return Place(_EPOCH + int(moment) * _MICROSECOND, alert_id)
    except (ValueError, OverflowError):
        wrong = "应为上一页 next 给出的值 · must be what `next` of the page before gave"
        raise Invalid({"/query/after": wrong}) from None
