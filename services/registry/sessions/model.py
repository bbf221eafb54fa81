"""How long a browser stays logged in, and what its cookie says. No I/O."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

IDLE = timedelta(days=14)
"""Not used for so long, a session is over."""
LONGEST = timedelta(days=60)
GRACE = timedelta(seconds=60)
"""Two tabs that wake together send the same secret; the slower one must not be taken for a thief."""


@dataclass(frozen=True, kw_only=True)
class LoginSession:
    session_id: UUID
    account_id: UUID
    secret_hash: bytes
    former_hash: bytes | None
    changed_at: datetime
    began_at: datetime
    expires_at: datetime

    def knows(self, secret: str, now: datetime) -> bool:
        hashed = digest(secret)
        if secrets.compare_digest(hashed, self.secret_hash):
            return True
        former = self.former_hash is not None and secrets.compare_digest(hashed, self.former_hash)
        return former and now - self.changed_at <= GRACE


@dataclass(frozen=True)
class Cookie:
    session_id: UUID
    secret: str

    @classmethod
    def fresh(cls, session_id: UUID) -> Cookie:
        return cls(session_id, secrets.token_urlsafe(32))

    @classmethod
    def read(cls, value: str) -> Cookie | None:
        """None for what we never wrote."""
        given, _, secret = value.partition(".")
        try:
            return cls(UUID(given), secret)
        except ValueError:
            return None

    @property
    def value(self) -> str:
        return f"{self.session_id}.{self.secret}"

    @property
    def hash(self) -> bytes:
        return digest(self.secret)


def digest(secret: str) -> bytes:
    """The secret has 256 random bits, so a fast hash keeps it."""
    return sha256(secret.encode()).digest()


def end_of(began_at: datetime, now: datetime) -> datetime:
    return min(now + IDLE, began_at + LONGEST)
