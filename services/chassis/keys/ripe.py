"""A new key is published before it signs, so that whoever verifies has met it by then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from services.chassis import clock

TOKENS_AFTER = timedelta(seconds=10)
"""A service that has just fetched the keys looks again after five seconds, and the fetch may have taken three."""
CODES_AFTER = timedelta(minutes=6)
"""A phone that checks a code by itself keeps the published keys for five minutes."""


def made_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def signing(made: Mapping[int, datetime], after: timedelta) -> int:
    """Of key numbers and when each was made, the newest that has been published for `after`. Where none has, there is
    nothing to wait for: the oldest, which the verifiers know best. `made` is not empty."""
    now = clock.now()
    ripe = [number for number, at in made.items() if now - at >= after]
    return max(ripe) if ripe else min(made)
