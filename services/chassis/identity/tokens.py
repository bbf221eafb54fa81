"""Access tokens: short-lived JWTs signed with Ed25519 (RFC 9864 names the algorithm `Ed25519`)."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import httpx
import structlog
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from services.chassis.errors import Text, Unauthenticated, Unavailable
from services.chassis.files import write_private
from services.chassis.identity.principal import Principal

log = structlog.get_logger()
ALGORITHM = "Ed25519"
ISSUER = "yicha-registry"
AUDIENCE = "yicha"


def generate_key(folder: Path) -> Path:
    """A new signing key: the highest number signs, all others only verify."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = 1 + max((int(path.stem) for path in folder.glob("*.pem")), default=0)
    path = folder / f"{number:04d}.pem"
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_private(path, pem)
    return path


class Issuer:
    """Signs tokens with the newest key of the folder; a key added later is picked up at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: tuple[list[str], list[OKPKey]] = ([], [])

    def issue(self, principal: Principal, seconds: int) -> str:
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": now,
            "nbf": now,
            "exp": now + seconds,
            **principal.claims(),
        }
        key = self._keys()[-1]
        return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key, algorithms=[ALGORITHM])

    def jwks(self) -> dict[str, Any]:
        return {"keys": [key.as_dict(private=False) for key in self._keys()]}

    def _keys(self) -> list[OKPKey]:
        names = sorted(path.name for path in self._folder.glob("*.pem"))
        if not names:
            raise Unavailable(Text("尚未生成登录签名密钥", "no token signing key has been made yet"))
        if names != self._loaded[0]:
            keys = [
                OKPKey.import_key(
                    (self._folder / name).read_bytes(),
                    {"use": "sig", "alg": ALGORITHM, "kid": f"token-{Path(name).stem}"},
                )
                for name in names
            ]
            self._loaded = (names, keys)
        return self._loaded[1]


class Verifier:
    """Verifies tokens with the published keys: cached, fetched again when an unknown key id turns up."""

    TTL = 600
    MIN_INTERVAL = 5

    def __init__(self, jwks_url: str) -> None:
        self._url = jwks_url
        self._lock = threading.Lock()
        self._keys: KeySet | None = None
        self._fetched = float("-inf")

    def verify(self, token: str) -> Principal:
        """Raises Unauthenticated for anything but a valid, current token of ours."""
        keys = self._current()
        try:
            return self._read(token, keys)
        except (JoseError, ValueError, KeyError) as error:
            fresher = self._refetched(keys)
            if fresher is keys:
                raise _refused(error) from None
        try:
            return self._read(token, fresher)
        except (JoseError, ValueError, KeyError) as error:
            raise _refused(error) from None

    def _read(self, token: str, keys: KeySet) -> Principal:
        claims = jwt.decode(token, keys, algorithms=[ALGORITHM]).claims
        jwt.JWTClaimsRegistry(
            leeway=5,
            iss={"essential": True, "value": ISSUER},
            aud={"essential": True, "value": AUDIENCE},
            exp={"essential": True},
        ).validate(claims)
        return Principal.from_claims(claims)

    def _current(self) -> KeySet:
        keys = self._keys
        if keys is None or time.monotonic() - self._fetched > self.TTL:
            return self._fetch(keys)
        return keys

    def _refetched(self, known: KeySet) -> KeySet:
        if time.monotonic() - self._fetched < self.MIN_INTERVAL:
            return self._keys or known
        return self._fetch(known)

    def _fetch(self, fallback: KeySet | None) -> KeySet:
        with self._lock:
            if self._keys is not fallback and self._keys is not None:
                return self._keys
            try:
                answer = httpx.get(self._url, timeout=3).raise_for_status()
                self._keys = KeySet.import_key_set(answer.json())
            except (httpx.HTTPError, ValueError) as error:
                log.warning("jwks_unavailable", error=type(error).__name__)
                if fallback is None:
                    raise Unavailable(
                        Text("暂时无法核验登录", "logins cannot be verified right now")
                    ) from None
            self._fetched = time.monotonic()
            return self._keys or fallback  # pyright: ignore[reportReturnType]


def _refused(error: Exception) -> Unauthenticated:
    expired = type(error).__name__ == "ExpiredTokenError"
    detail = (
        Text("登录已过期", "the token has expired")
        if expired
        else Text("登录凭据无效", "the token is not valid")
    )
    return Unauthenticated(detail)
