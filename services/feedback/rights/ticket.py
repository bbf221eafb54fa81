"""A one-time right to say something, signed: made without writing anything, spent without naming who had it.

The nonce is an HMAC of what the right comes from (the order of a visit that may be rated; a survey and the
enterprise it asks): the same for every ticket of one right, so that it can be spent once, and meaningless without the
secret, which is a file and never in the database. See ADR 20.
"""

from __future__ import annotations

import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Literal
from uuid import UUID

from services.chassis.errors import Text, YichaError

LIFETIME = timedelta(hours=1)
_BODY = struct.Struct(">B32s16s6sI")
_VERSION = 1
_MAC = 32


class BadTicket(YichaError):
    status = 403
    code = "bad_ticket"
    title = Text("凭证无效", "The ticket is not valid")
    remedy = Text("请重新打开页面取得新的凭证。", "Open the page again for a new ticket.")


@dataclass(frozen=True, kw_only=True)
class Right:
    """`about` is what will be spoken of: an agency, or a survey. `area_code` is the county (GB/T 2260) of the
    enterprise: one of a crowd, unlike its town or grid cell."""

    nonce: bytes
    about: UUID
    area_code: str


class TicketOffice:
    """Two keys of its `purpose` are drawn from the one secret, so that a nonce can never pass for a signature, nor
    what one office signed for what another did."""

    def __init__(self, secret: bytes, purpose: Literal["rating", "survey"]) -> None:
        self._nonces = _mac(secret, f"yicha {purpose} nonce".encode())
        self._tickets = _mac(secret, f"yicha {purpose} ticket".encode())

    def nonce(self, *origin: UUID) -> bytes:
        """Of the ids that the right comes from, always in the same order."""
        return _mac(self._nonces, b"".join(ident.bytes for ident in origin))

    def sign(self, right: Right, now: datetime) -> str:
        until = int((now + LIFETIME).timestamp())
        body = _BODY.pack(_VERSION, right.nonce, right.about.bytes, right.area_code.encode("ascii"), until)
        return urlsafe_b64encode(body + _mac(self._tickets, body)).rstrip(b"=").decode()

    def verify(self, ticket: str, now: datetime) -> Right:
        """Raises BadTicket when forged, damaged or expired."""
        body = self._authentic(ticket)
        _, nonce, about, area, until = _BODY.unpack(body)
        if now > datetime.fromtimestamp(until, UTC):
            raise BadTicket(Text("凭证已过期", "the ticket has expired"))
        return Right(nonce=nonce, about=UUID(bytes=about), area_code=area.rstrip(b"\0").decode())

    def _authentic(self, ticket: str) -> bytes:
        try:
            raw = urlsafe_b64decode(ticket.encode("ascii") + b"=" * (-len(ticket) % 4))
        except (NotBase64, UnicodeEncodeError):
            raise BadTicket() from None
        body, signature = raw[:-_MAC], raw[-_MAC:]
        if not hmac.compare_digest(signature, _mac(self._tickets, body)):
            raise BadTicket()
        if len(body) != _BODY.size or body[0] != _VERSION:
            raise BadTicket()
        return body


def county_of(area_code: str) -> str:
    return area_code[:6]


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, sha256)
