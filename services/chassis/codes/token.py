"""A code is 229 decimal digits, because a QR packs digits tightest and no link detector trips over them.

    digit  1       version (1)
    digit  2       kind
    digits 3–229   one big-endian number of 94 bytes:
        algorithm  1   (1 = Ed25519; SM2 may follow)
        key        1   number of the key that signed
        subject   16   id of the order, inspector, …
        from       4   seconds since 1970
        until      4
        nonce      4
        signature 64   over CONTEXT, version, kind and the 30 bytes before

Every digit is covered: version and kind are signed, the rest is signed or the signature itself. The
length is fixed and the number has one spelling, so no two different texts are the same code.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.chassis.codes.keyring import Keyring
from services.chassis.codes.reasons import BadCode, Reason

VERSION = 1
ED25519 = 1
CONTEXT = b"yicha code"
_BODY = struct.Struct(">BB16sIII")
_SIGNATURE_BYTES = 64
_NUMBER_BYTES = _BODY.size + _SIGNATURE_BYTES
_NUMBER_DIGITS = len(str(256**_NUMBER_BYTES - 1))
DIGITS = 2 + _NUMBER_DIGITS
TOLERANCE = timedelta(seconds=5)


class Kind(IntEnum):
    ORDER = 1
    CREDENTIAL = 2


@dataclass(frozen=True, kw_only=True)
class Code:
    """Says who or what (`subject`) and when; `nonce` tells two codes apart that agree in both."""

    kind: Kind
    subject: UUID
    valid_from: datetime
    valid_until: datetime
    nonce: int = 0

    def check(self, at: datetime, tolerance: timedelta = TOLERANCE) -> None:
        """Raises BadCode outside the validity, which `tolerance` widens on both sides for wrong clocks."""
        if at < self.valid_from - tolerance:
            raise BadCode(Reason.NOT_YET_VALID)
        if at >= self.valid_until + tolerance:
            raise BadCode(Reason.EXPIRED)


def sign(code: Code, keyring: Keyring) -> str:
    return sign_with(code, *keyring.signing())


def sign_with(code: Code, number: int, key: Ed25519PrivateKey) -> str:
    """Deterministic: the same code under the same key is the same text."""
    body = _BODY.pack(
        ED25519, number, code.subject.bytes, _seconds(code.valid_from), _seconds(code.valid_until), code.nonce
    )
    signature = key.sign(_signed(code.kind, body))
    whole = int.from_bytes(body + signature, "big")
    return f"{VERSION}{code.kind}{whole:0{_NUMBER_DIGITS}d}"


def read(digits: str, keyring: Keyring) -> Code:
    """The code in `digits`, genuine but perhaps out of date. Raises BadCode."""
    kind, body, signature = _split(digits)
    algorithm, number, subject, start, end, nonce = _BODY.unpack(body)
    if algorithm != ED25519:
        raise BadCode(Reason.UNKNOWN_ALGORITHM)
    key = keyring.public(number)
    if key is None:
        raise BadCode(Reason.UNKNOWN_KEY)
    try:
        key.verify(signature, _signed(kind, body))
    except InvalidSignature:
        raise BadCode(Reason.FORGED) from None
    return Code(
        kind=kind,
        subject=UUID(bytes=subject),
        valid_from=datetime.fromtimestamp(start, UTC),
        valid_until=datetime.fromtimestamp(end, UTC),
        nonce=nonce,
    )


def verify(
    digits: str, keyring: Keyring, *, kind: Kind, at: datetime, tolerance: timedelta = TOLERANCE
) -> Code:
    """A genuine code of this kind, valid at `at`. Raises BadCode with the first reason it is not."""
    code = read(digits, keyring)
    if code.kind is not kind:
        raise BadCode(Reason.WRONG_KIND)
    code.check(at, tolerance)
    return code


def _split(digits: str) -> tuple[Kind, bytes, bytes]:
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 2 * DIGITS:
        raise BadCode(Reason.MALFORMED)
    if digits[0] != str(VERSION):
        raise BadCode(Reason.UNKNOWN_VERSION)
    if len(digits) != DIGITS:
        raise BadCode(Reason.TRUNCATED if len(digits) < DIGITS else Reason.MALFORMED)
    number = int(digits[2:])
    if number >> (8 * _NUMBER_BYTES):
        raise BadCode(Reason.MALFORMED)
    whole = number.to_bytes(_NUMBER_BYTES, "big")
    return _kind(digits[1]), whole[: _BODY.size], whole[_BODY.size :]


def _kind(digit: str) -> Kind:
    try:
        return Kind(int(digit))
    except ValueError:
        raise BadCode(Reason.UNKNOWN_KIND) from None


def _signed(kind: Kind, body: bytes) -> bytes:
    return CONTEXT + bytes((VERSION, kind)) + body


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
