"""How an enterprise proves itself: a one-time code sent to its registered contact.

Whoever asks for an unknown code gets the same answer; a guesser has five tries at each of few codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

VALID_FOR = timedelta(minutes=5)
TRIES = 5
DIGITS = 6
QUOTAS = ((timedelta(minutes=10), 3), (timedelta(days=1), 10))


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Whom a code goes to; nobody when the enterprise is unknown, inactive or has no contact."""

    enterprise_id: UUID
    uscc: str
    name: str
    area_code: str
    contact_cipher: bytes


@dataclass(frozen=True, kw_only=True)
class Message:
    phone: str
    text: str
