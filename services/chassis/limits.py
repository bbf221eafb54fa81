"""Limits on floods at entrances that anyone can knock at: counted in memory, in each process by itself, since they
cost nothing so; the proxy limits the rest. Where attempts must not multiply with the processes, see `attempts`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from services.chassis.errors import YichaError

address = get_remote_address
limiter = Limiter(address, storage_uri="memory://", headers_enabled=True)


def named_in(field: str) -> Callable[[], str]:
    """What the body names there is guessed at, from however many addresses: count by it. Empty where a body names
    nothing: such a request is counted by its address alone."""

    def named() -> str:
        try:
            body: Any = request.get_json(silent=True)
        except YichaError:  # our parser is strict, and `silent` knows only ValueError
            return ""
        return str(body.get(field))[:50] if isinstance(body, dict) else ""  # pyright: ignore[reportUnknownMemberType,reportUnknownArgumentType]

    return named


def begin(enabled: bool) -> None:
    """Count anew, or not at all."""
    limiter.enabled = enabled
    limiter.reset()
