"""The registered contact's number: encrypted at rest, masked in every read, in no event and no log."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.chassis import secrets

_NONCE = 12


@dataclass(frozen=True)
class Sealed:
    """`digest` is keyed: it shows that a number changed, and to nobody without the key which it is."""

    cipher: bytes
    digest: bytes
    masked: str


class Vault:
    """Bound to the enterprise's code: a row's number cannot be moved to another enterprise."""

    def __init__(self, secrets_dir: Path) -> None:
        key = secrets.read(secrets_dir, secrets.CONTACT_KEY)
        self._aead = AESGCM(key)
        self._digest_key = hashlib.blake2b(b"contact digest", key=key, digest_size=32).digest()

    def seal(self, phone: str, uscc: str) -> Sealed:
        return Sealed(self.encrypt(phone, uscc), self.digest(phone, uscc), masked(phone))

    def encrypt(self, text: str, context: str) -> bytes:
        """Opens under the same context only."""
        nonce = os.urandom(_NONCE)
        return nonce + self._aead.encrypt(nonce, text.encode(), context.encode())

    def open(self, cipher: bytes, context: str) -> str:
        return self._aead.decrypt(cipher[:_NONCE], cipher[_NONCE:], context.encode()).decode()

    def digest(self, text: str, context: str) -> bytes:
        return hmac.digest(self._digest_key, f"{context}\0{text}".encode(), "sha256")


def masked(phone: str) -> str:
    """138****1234"""
    return phone[:3] + "*" * max(len(phone) - 7, 0) + phone[-4:]


def masked_name(name: str) -> str:
    """张** : the family name stays."""
    return name[:1] + "*" * (len(name) - 1)
