"""A one-time right to rate, signed: made without writing anything, spent without naming its order.

The nonce is an HMAC of the order id: the same for every ticket of one order, so that the right can be spent
once, and meaningless without the secret, which is a file and never in the database. See ADR 20.
"""

from __future__ import annotations

import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from services.chassis.errors import Text
from services.feedback.ratings.model import BadTicket

LIFETIME = timedelta(hours=1)
_BODY = struct.Struct(">B32s16s6sI")
_VERSION = 1
_MAC = 32


@dataclass(frozen=True, kw_only=True)
class Right:
    """`area_code` is the county (GB/T 2260) of the enterprise: one of a crowd, unlike its town or grid cell."""

    nonce: bytes
    agency_id: UUID
    area_code: str


class TicketOffice:
    """Two keys are drawn from the one secret, so that a nonce can never pass for a signature."""

    def __init__(self, secret: bytes) -> None:
        self._nonces = _mac(secret, b"yicha rating nonce")
        self._tickets = _mac(secret, b"yicha rating ticket")

    def nonce(self, order_id: UUID) -> bytes:
        return _mac(self._nonces, order_id.bytes)

    def sign(self, right: Right, now: datetime) -> str:
        until = int((now + LIFETIME).timestamp())
        body = _BODY.pack(
            _VERSION, right.nonce, right.agency_id.bytes, right.area_code.encode("ascii"), until
        )
        return urlsafe_b64encode(body + _mac(self._tickets, body)).rstrip(b"=").decode()

    def verify(self, ticket: str, now: datetime) -> Right:
        """Raises BadTicket when forged, damaged or expired."""
        body = self._authentic(ticket)
        _, nonce, agency, area, until = _BODY.unpack(body)
        if now > datetime.fromtimestamp(until, UTC):
            raise BadTicket(Text("评价凭证已过期", "the ticket has expired"))
        return Right(nonce=nonce, agency_id=UUID(bytes=agency), area_code=area.rstrip(b"\0").decode())

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
