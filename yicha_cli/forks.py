"""Several roles from one start: what they import is loaded once and shared, what they do is kept apart."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType


def fork_each(roles: Sequence[Callable[[], int]]) -> int:
    """Each role in a process of its own. When one ends they all end: whoever started us starts us again.

    Called before any thread or connection exists, for neither survives a fork.
    """
    children = {_fork(role) for role in roles}

    def pass_on(number: int, frame: FrameType | None) -> None:
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, pass_on)
    worst = 0
    while children:
        child, status = os.wait()
        children.discard(child)
        worst = max(worst, abs(os.waitstatus_to_exitcode(status)))
        pass_on(signal.SIGTERM, None)
    return worst


def _fork(role: Callable[[], int]) -> int:
    child = os.fork()
    if child:
        return child
    try:
        code = role()
    except BaseException as error:  # noqa: BLE001  # nothing of the parent's stack may run on in the child
        sys.excepthook(type(error), error, error.__traceback__)
        code = 1
    sys.stderr.flush()
    os._exit(code)
