"""The one place that asks what time it is. Tests move it with time-machine."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    return datetime.now(UTC)


def today(timezone: str) -> date:
    """The day on the city's calendar: rules speak of local days, the database of UTC."""
    return now().astimezone(ZoneInfo(timezone)).date()
