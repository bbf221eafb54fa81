"""QR codes read by an independent decoder and verified without the product: only its published keys.

Nothing of the product is imported here, on purpose: this is what a stranger with the documentation
(docs/codes.md) would write.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from struct import Struct
from typing import Any
from uuid import UUID

import zxingcpp
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from PIL import Image

_BODY = Struct(">BB16sIII")
_BYTES = _BODY.size + 64


@dataclass(frozen=True)
class Read:
    kind: int
    subject: UUID
    valid_from: datetime
    valid_until: datetime


def decode(png: bytes) -> str:
    """The text of the one square in a picture. Raises ValueError when there is none."""
    found = zxingcpp.read_barcode(Image.open(BytesIO(png)).convert("L"))
    if found is None:
        raise ValueError("no square in the picture")
    return found.text


def code_in(text: str) -> str:
    return text.rpartition("/Q/")[2]


def verify(digits: str, keys: list[dict[str, Any]]) -> Read:
    """Raises InvalidSignature for a code that no published key signed, ValueError for no code at all."""
    version, kind = int(digits[0]), int(digits[1])
    whole = int(digits[2:]).to_bytes(_BYTES, "big")
    body, signature = whole[: _BODY.size], whole[_BODY.size :]
    _, number, subject, start, end, _ = _BODY.unpack(body)
    _key(keys, number).verify(signature, b"yicha code" + bytes((version, kind)) + body)
    return Read(
        kind, UUID(bytes=subject), datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC)
    )


def forged(digits: str) -> str:
    """The same code with its last digit changed."""
    return digits[:-1] + str((int(digits[-1]) + 1) % 10)


def _key(keys: list[dict[str, Any]], number: int) -> Ed25519PublicKey:
    for key in keys:
        if key["kid"] == str(number):
            return Ed25519PublicKey.from_public_bytes(
                urlsafe_b64decode(key["x"] + "=" * (-len(key["x"]) % 4))
            )
    raise InvalidSignature(f"no published key {number}")
