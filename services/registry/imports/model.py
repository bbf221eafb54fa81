"""An import: what was given, how far it is, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.chassis.spreadsheets import Mark


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Counts:
    """rows = created + updated + unchanged + rejected + duplicates."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    duplicates: int = 0


@dataclass(frozen=True, kw_only=True)
class Import(Counts):
    """`columns` says which header was taken for which field; `ignored` are headers taken for none.
    `agency_id` and its name `agency`: whose people alone it may write; None: anybody's in `area`."""

    import_id: UUID
    kind: str
    filename: str
    dry_run: bool
    mapping: dict[str, str]
    columns: dict[str, str]
    ignored: list[str]
    state: State
    size: int
    position: int
    line: int
    extent: int
    area: str
    agency_id: UUID | None
    agency: str | None
    problem_zh: str | None
    problem_en: str | None
    started_by: UUID | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def accepted(self) -> int:
        return self.created + self.updated + self.unchanged

    @property
    def progress(self) -> float:
        """0 to 1."""
        if self.state is State.FINISHED:
            return 1.0
        return round(self.position / self.extent, 4) if self.extent else 0.0

    @property
    def mark(self) -> Mark:
        return Mark(self.position, self.line)

    @property
    def open(self) -> bool:
        return self.state in (State.WAITING, State.RUNNING)
