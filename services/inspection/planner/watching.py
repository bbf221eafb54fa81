"""A solver says nothing until it is done. Others are told meanwhile how much of its time has passed, and may end it."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
Told = Callable[[float], None]
"""Is told how much is done, from 0 to 1. Whatever it raises ends the work."""
_TICK_SECONDS = 0.5


@dataclass(frozen=True)
class Clock:
    """Time and threads that are left. `now` is in seconds from any beginning."""

    deadline: float
    workers: int
    now: Callable[[], float] = time.monotonic

    @property
    def left(self) -> float:
        return max(0.0, self.deadline - self.now())

    def within(self, seconds: float) -> Clock:
        return Clock(min(self.deadline, self.now() + seconds), self.workers, self.now)


def untold(_: float) -> None:
    """Nobody is waiting for it."""


def between(told: Told, first: float, last: float) -> Told:
    """A part of the work: its own 0 to 1 are `first` to `last` of the whole."""
    if told is untold:
        return untold
    return lambda done: told(first + (last - first) * done)


def watched(
    solve: Callable[[], T],
    stop: Callable[[], object],
    clock: Clock,
    told: Told,
    *,
    tick: float = _TICK_SECONDS,
) -> T:
    """What `solve` returns. It works in a thread of its own: the solver leaves Python to work."""
    if told is untold:
        return solve()
    allowed = clock.left
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(solve)
        try:
            while not wait([working], tick).done:
                told(1 - clock.left / allowed if allowed else 1.0)
        except BaseException:
            stop()
            raise
        return working.result()
