"""Tokens that were found genuine: a phone sends the same one with every request until it expires."""

from __future__ import annotations

import time
from hashlib import sha256
from threading import Lock

from services.chassis.identity.principal import Principal

LIMIT = 10_000


class Verified:
    """Belongs to one set of published keys and is dropped with it, so no token outlives its key here, nor its
    own expiry. Only genuine tokens get in: guessing does not fill it. Digests, so that a dump of the memory
    holds no logins."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._lock = Lock()
        self._known: dict[bytes, tuple[float, Principal]] = {}

    def get(self, token: str) -> Principal | None:
        expires, principal = self._known.get(_digest(token), (0.0, None))
        return principal if time.time() < expires else None

    def put(self, token: str, expires: float, principal: Principal) -> None:
        """The oldest makes room."""
        with self._lock:
            while len(self._known) >= self._limit:
                del self._known[next(iter(self._known))]
            self._known[_digest(token)] = (expires, principal)

    def __len__(self) -> int:
        return len(self._known)


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
