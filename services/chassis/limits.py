"""Rate limits on entrances that anyone can knock at. The memory store counts per process; the proxy
limits the rest."""

from __future__ import annotations

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=True)


def begin(enabled: bool) -> None:
    """Count anew, or not at all."""
    limiter.enabled = enabled
    limiter.reset()
