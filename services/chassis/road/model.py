from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Relay:
    """What waits in the outbox, counted up to `MOST`; `refused`: rows the road does not take."""

    waiting: int
    oldest_seconds: float
    refused: int


MOST = 10_000


@dataclass(frozen=True, kw_only=True)
class WorkerLoop:
    """`silent_seconds` since it was last heard of; `waiting` records before it, where that is known."""

    worker: str
    name: str
    alive: bool
    waiting: int | None
    told_at: datetime
    silent_seconds: float

    @property
    def turns(self) -> bool:
        return self.alive and self.silent_seconds < SILENT_SECONDS


SILENT_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Group:
    """A consumer group: `parked` wait for an earlier event, `failures` came in a row."""

    name: str
    parked: int
    open: int
    requested: int
    failures: int
