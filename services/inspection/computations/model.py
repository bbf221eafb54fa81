"""A long computation: what was asked, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Kind(StrEnum):
    JOINT_PLAN = "joint_plan"
    SIMULATION = "simulation"


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Computation:
    """`request` and `result` have the shape of their kind; `progress` goes from 0 to 1."""

    computation_id: UUID
    kind: Kind
    area_code: str
    request: dict[str, Any]
    state: State = State.WAITING
    progress: float = 0.0
    result: dict[str, Any] | None = None
    problem_zh: str | None = None
    problem_en: str | None = None
    started_by: UUID
    created_at: datetime
    finished_at: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.kind))
        object.__setattr__(self, "state", State(self.state))

    @property
    def open(self) -> bool:
        return self.state in (State.WAITING, State.RUNNING)


Told = Callable[[float], None]
"""Is told how much is done, from 0 to 1."""
