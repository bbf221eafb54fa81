"""The keys that sign codes: `secrets_dir/code-keys/NNNN.pem`. The newest that phones can know signs, all verify.

To rotate, add a file: it is published at once and signs after `ripe.CODES_AFTER`. To withdraw a key, remove its file. Running processes follow within seconds:
an unknown key number makes them look at once, so a code signed by another process's new key is known.
"""

from __future__ import annotations

import threading
import time
from base64 import urlsafe_b64encode
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from services.chassis.errors import Text, Unavailable
from services.chassis.keys import ripe

LOOK_AGAIN_SECONDS = 5.0
HIGHEST = 255


class Held(NamedTuple):
    made_at: datetime
    key: Ed25519PrivateKey


class Keyring:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._private: dict[int, Held] = {}
        self._public: dict[int, Ed25519PublicKey] = {}
        self._looked = float("-inf")
        self._missed = float("-inf")

    def signing(self) -> tuple[int, Ed25519PrivateKey]:
        """The key that signs now and its number. Raises Unavailable when none has been made."""
        held = self.held()
        if not held:
            raise Unavailable(Text("尚未生成检查码签名密钥", "no code signing key has been made yet"))
        number = ripe.signing({number: each.made_at for number, each in held.items()}, ripe.CODES_AFTER)
        return number, held[number].key

    def held(self) -> dict[int, Held]:
        """All keys that verify, by number."""
        self._look()
        return self._private

    def public(self, number: int) -> Ed25519PublicKey | None:
        self._look()
        known = self._public.get(number)
        if known is None and time.monotonic() - self._missed > 1:
            self._missed = time.monotonic()
            self._look(at_once=True)
            known = self._public.get(number)
        return known

    def published(self) -> list[dict[str, str]]:
        """All public keys as JWKs (RFC 8037); `kid` is the number inside the codes."""
        self._look()
        return [
            {
                "kty": "OKP",
                "crv": "Ed25519",
                "alg": "Ed25519",
                "use": "sig",
                "kid": str(number),
                "x": _b64(key),
            }
            for number, key in sorted(self._public.items())
        ]

    def _look(self, *, at_once: bool = False) -> None:
        if not at_once and time.monotonic() - self._looked < LOOK_AGAIN_SECONDS:
            return
        with self._lock:
            files = {int(path.stem): path for path in self._folder.glob("*.pem")}
            private = {number: self._private.get(number) or _load(path) for number, path in files.items()}
            self._public = {number: held.key.public_key() for number, held in private.items()}
            self._private = private
            self._looked = time.monotonic()


def _load(path: Path) -> Held:
    if not 1 <= int(path.stem) <= HIGHEST:
        raise ValueError(f"{path}: the number of a code key must be 1 to {HIGHEST}")
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path}: not an Ed25519 key")
    return Held(ripe.made_at(path), key)


def _b64(key: Ed25519PublicKey) -> str:
    return urlsafe_b64encode(key.public_bytes_raw()).rstrip(b"=").decode()
