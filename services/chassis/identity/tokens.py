"""Access tokens: short-lived JWTs signed with Ed25519 (RFC 9864 names the algorithm `Ed25519`)."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import structlog
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey
from joserfc.jws import JWSRegistry

from services.chassis.errors import Text, Unauthenticated, Unavailable
from services.chassis.files import write_private
from services.chassis.identity.principal import Principal
from services.chassis.identity.verified import Verified
from services.chassis.keys import ripe

log = structlog.get_logger()
ALGORITHM = "Ed25519"
ISSUER = "yicha-registry"
AUDIENCE = "yicha"
_ALGORITHMS = JWSRegistry(algorithms=[ALGORITHM])
_CLAIMS = jwt.JWTClaimsRegistry(
    leeway=5,
    iss={"essential": True, "value": ISSUER},
    aud={"essential": True, "value": AUDIENCE},
    exp={"essential": True},
)


def generate_key(folder: Path) -> Path:
    """A new signing key under the next number. It verifies from now on, and signs once it has been published for a
    while (keys/ripe.py)."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = 1 + max((int(path.stem) for path in folder.glob("*.pem")), default=0)
    path = folder / f"{number:04d}.pem"
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_private(path, pem)
    return path


@dataclass(frozen=True)
class Loaded:
    """The keys of these files, and when each was made, by number."""

    names: list[str]
    keys: dict[int, OKPKey]
    made: dict[int, datetime]


class Issuer:
    """Signs tokens with the newest key of the folder that the verifiers can know. A key added later is published at
    once and signs after `ripe.TOKENS_AFTER`: a login signed earlier could be refused."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded = Loaded([], {}, {})

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
        loaded = self._keys()
        key = loaded.keys[ripe.signing(loaded.made, ripe.TOKENS_AFTER)]
        return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key, algorithms=[ALGORITHM])

    def jwks(self) -> dict[str, Any]:
        return {"keys": [key.as_dict(private=False) for key in self._keys().keys.values()]}

    def _keys(self) -> Loaded:
        names = sorted(path.name for path in self._folder.glob("*.pem"))
        if not names:
            raise Unavailable(Text("尚未生成登录签名密钥", "no token signing key has been made yet"))
        if names != self._loaded.names:
            paths = {int(Path(name).stem): self._folder / name for name in names}
            self._loaded = Loaded(
                names,
                {number: _private(path) for number, path in paths.items()},
                {number: ripe.made_at(path) for number, path in paths.items()},
            )
        return self._loaded


def _private(path: Path) -> OKPKey:
    return OKPKey.import_key(path.read_bytes(), {"use": "sig", "alg": ALGORITHM, "kid": f"token-{path.stem}"})


@dataclass(frozen=True)
class Published:
    """The issuer's keys, and what was verified with exactly these."""

    document: Any
    keys: KeySet
    verified: Verified = field(default_factory=Verified)


class Verifier:
    """Verifies tokens with the published keys: cached, fetched again when an unknown key id turns up.

    A token is verified once and remembered until it expires or the keys change, whichever comes first.
    """

    TTL = 600
    MIN_INTERVAL = 5
    PATIENCE = 3

    def __init__(self, jwks_url: str) -> None:
        self._url = jwks_url
        self._lock = threading.Lock()
        self._published: Published | None = None
        self._fetched = float("-inf")

    def verify(self, token: str) -> Principal:
        """Raises Unauthenticated for anything but a valid, current token of ours."""
        published = self._current()
        known = published.verified.get(token)
        if known:
            return known
        try:
            return _read(token, published)
        except (JoseError, ValueError, KeyError) as error:
            fresher = self._refetched(published)
            if fresher is published:
                raise _refused(error) from None
        try:
            return _read(token, fresher)
        except (JoseError, ValueError, KeyError) as error:
            raise _refused(error) from None

    def _current(self) -> Published:
        published = self._published
        if published is None or time.monotonic() - self._fetched > self.TTL:
            return self._fetch(published)
        return published

    def _refetched(self, known: Published) -> Published:
        if time.monotonic() - self._fetched < self.MIN_INTERVAL:
            return self._published or known
        return self._fetch(known)

    def _fetch(self, fallback: Published | None) -> Published:
        with self._lock:
            if self._published is not fallback and self._published is not None:
                return self._published
            try:
                self._published = _published(httpx.get(self._url, timeout=self.PATIENCE), fallback)
            except (httpx.HTTPError, ValueError) as error:
                log.warning("jwks_unavailable", error=type(error).__name__)
                if fallback is None:
                    raise Unavailable(
                        Text("暂时无法核验登录", "logins cannot be verified right now")
                    ) from None
            self._fetched = time.monotonic()
            return self._published or fallback  # pyright: ignore[reportReturnType]


def _published(answer: httpx.Response, known: Published | None) -> Published:
    document = answer.raise_for_status().json()
    if known and known.document == document:
        return known
    return Published(document, KeySet.import_key_set(document))


def _read(token: str, published: Published) -> Principal:
    claims = jwt.decode(token, published.keys, registry=_ALGORITHMS).claims
    _CLAIMS.validate(claims)
    principal = Principal.from_claims(claims)
    published.verified.put(token, claims["exp"], principal)
    return principal


def _refused(error: Exception) -> Unauthenticated:
    expired = type(error).__name__ == "ExpiredTokenError"
    detail = (
        Text("登录已过期", "the token has expired")
        if expired
        else Text("登录凭据无效", "the token is not valid")
    )
    return Unauthenticated(detail)
