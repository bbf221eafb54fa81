"""A signed sheet: a small JSON document under the keys of the codes, as a compact JWS (RFC 7515, `Ed25519` of RFC 9864).

Whoever has the public keys can verify it without us and without network, with any JOSE library. What a sheet signs
begins with `eyJ`, what a code signs with its own context: neither can be taken for the other.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import Any, cast

from cryptography.exceptions import InvalidSignature

from services.chassis.codes.keyring import Keyring
from services.chassis.codes.reasons import BadCode, Reason

ALGORITHM = "Ed25519"
TYPE = "yicha-receipt"


def sign_sheet(document: dict[str, Any], keyring: Keyring) -> str:
    number, key = keyring.signing()
    header = {"alg": ALGORITHM, "kid": str(number), "typ": TYPE}
    signed = f"{_part(header)}.{_part(document)}"
    return f"{signed}.{_encoded(key.sign(signed.encode()))}"


def read_sheet(token: str, keyring: Keyring) -> dict[str, Any]:
    """What a genuine sheet says. Raises BadCode."""
    signed, _, signature = token.rpartition(".")
    header, document = (_opened(part) for part in _two(signed))
    if header.get("alg") != ALGORITHM or header.get("typ") != TYPE:
        raise BadCode(Reason.UNKNOWN_ALGORITHM)
    number = str(header.get("kid"))
    key = keyring.public(int(number)) if number.isdecimal() else None
    if key is None:
        raise BadCode(Reason.UNKNOWN_KEY)
    try:
        key.verify(_decoded(signature), signed.encode())
    except InvalidSignature:
        raise BadCode(Reason.FORGED) from None
    return document


def _two(signed: str) -> tuple[str, str]:
    header, dot, document = signed.partition(".")
    if not dot:
        raise BadCode(Reason.MALFORMED)
    return header, document


def _part(content: dict[str, Any]) -> str:
    return _encoded(json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=str).encode())


def _opened(part: str) -> dict[str, Any]:
    try:
        content = json.loads(_decoded(part))
    except ValueError:
        raise BadCode(Reason.MALFORMED) from None
    if not isinstance(content, dict):
        raise BadCode(Reason.MALFORMED)
    return cast("dict[str, Any]", content)


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (NotBase64, ValueError):
        raise BadCode(Reason.MALFORMED) from None
