"""The one calendar of an installation: on which day a visit counts, and what year it is. See ADR 63."""

from datetime import date
from zoneinfo import ZoneInfo

from services.chassis import clock
from services.chassis.policy import policies


def zone() -> ZoneInfo:
    """Of the profile that governs where no city has its own."""
    return ZoneInfo(policies().governing("", clock.now()).timezone)


def today() -> date:
    return clock.now().astimezone(zone()).date()
