"""How an enterprise proves itself: a one-time code sent to its registered contact.

Whoever asks for an unknown code gets the same answer; a guesser has five tries at each of few codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

VALID_FOR = timedelta(minutes=5)
TRIES = 5
DIGITS = 6
QUOTAS = ((timedelta(minutes=10), 3), (timedelta(days=1), 10))


LEAST_LEFT = timedelta(seconds=20)  # what a code that is sent must still be good for


@dataclass(frozen=True, kw_only=True)
class Denied:
    """The code was wrong; none is left when it is spent, late or was never asked for. The same for an enterprise that
    is not registered: its code was never sent, and its tries are counted all the same."""

    tries_left: int


@dataclass(frozen=True, kw_only=True)
class Message:
    request_id: UUID
    phone: str
    text: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A code that was not handed over yet. The last two are None when there is nobody to send it to: the
    enterprise is unknown, inactive or has no contact."""

    code_cipher: bytes
    expires_at: datetime
    uscc: str | None
    contact_cipher: bytes | None


def message(request_id: UUID, phone: str, code: str, expires_at: datetime) -> Message:
    minutes = int(VALID_FOR.total_seconds() // 60)
    return Message(
        request_id=request_id,
        phone=phone,
        text=f"【一查】验证码 {code}，{minutes} 分钟内有效。执法人员不会向您索要验证码。",
        expires_at=expires_at,
    )
