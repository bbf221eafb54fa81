"""One correlation id from the phone to the dashboard."""

import re
from contextvars import ContextVar

from services.chassis.ids import new_id

HEADER = "X-Correlation-ID"
_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_current: ContextVar[str | None] = ContextVar("correlation_id", default=None)


def begin(offered: str | None = None) -> str:
    """Start a request or a delivery. An id from outside is kept if it is harmless, else replaced."""
    correlation_id = offered if offered and _ACCEPTED.fullmatch(offered) else str(new_id())
    _current.set(correlation_id)
    return correlation_id


def current() -> str:
    return _current.get() or begin()
