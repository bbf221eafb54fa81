"""The edge to the outside: sending short messages. The embedded city writes them into a file, a real one has a
gateway: a signed POST, so that nobody else can have messages sent in the city's name."""

from __future__ import annotations

import hmac
import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import httpx

from services.chassis import clock, secrets
from services.chassis.settings import Settings
from services.registry.access.model import Message

TIMEOUT = httpx.Timeout(5, connect=3)
_AGAIN = frozenset({408, 425, 429})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class NotSent(Exception):
    """The gateway could not take it now; says why, never to whom."""


class Refused(Exception):
    """The gateway will never take it."""


class Sms(Protocol):
    @property
    def at_once(self) -> bool:
        """Whether `send` only hands over to this machine: else it is a worker's job, with its retries."""
        ...

    def send(self, message: Message) -> None:
        """Raises NotSent or Refused."""
        ...


class FileSms:
    """One JSON object a line, readable by the owner alone."""

    at_once = True

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, message: Message) -> None:
        line = {"sent_at": clock.now().isoformat(), "phone": message.phone, "text": message.text}
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


class NoSms:
    """Nothing is configured: codes are made and go nowhere."""

    at_once = True

    def send(self, message: Message) -> None:
        pass


class HttpSms:
    """`X-Yicha-Signature` is HMAC-SHA256, in hex, over `<X-Yicha-Timestamp>.<body>`. The same Idempotency-Key is
    the same message: a gateway that has it already need not send it again."""

    at_once = False

    def __init__(self, url: str, key: bytes) -> None:
        self._url = url
        self._key = key

    def send(self, message: Message) -> None:
        body = {
            "phone": message.phone,
            "text": message.text,
            "expires_at": message.expires_at.isoformat(),
        }
        content = json.dumps(body, ensure_ascii=False).encode()
        try:
            with httpx.stream(
                "POST", self._url, content=content, headers=self._headers(message, content), timeout=TIMEOUT
            ) as answer:
                status = answer.status_code
        except httpx.HTTPError as error:
            raise NotSent(type(error).__name__) from None
        if status in _AGAIN or status >= 500:
            raise NotSent(f"the gateway answered {status}")
        if not 200 <= status < 300:
            raise Refused(f"the gateway answered {status}")

    def _headers(self, message: Message, content: bytes) -> dict[str, str]:
        at = str(int(clock.now().timestamp()))
        return {
            "Content-Type": "application/json",
            "Idempotency-Key": str(message.request_id),
            "X-Yicha-Timestamp": at,
            "X-Yicha-Signature": hmac.new(self._key, f"{at}.".encode() + content, sha256).hexdigest(),
        }


def open_sms(settings: Settings) -> Sms:
    """Raises ValueError for a setting that cannot work."""
    kind, _, rest = settings.sms.partition(":")
    if settings.sms_url:
        if kind:
            raise ValueError("YICHA_SMS and YICHA_SMS_URL exclude each other")
        return HttpSms(_safe(settings.sms_url), _key(settings.secrets_dir))
    if not kind:
        return NoSms()
    if kind == "file" and rest:
        return FileSms(Path(rest))
    raise ValueError(f"YICHA_SMS is {settings.sms!r}; it must be file:<path>")


def _safe(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ValueError("YICHA_SMS_URL must begin with https://: codes and numbers go there")
    return url


def _key(folder: Path) -> bytes:
    """Given by whoever runs the gateway, so it is not made here."""
    try:
        key = secrets.read(folder, secrets.SMS_KEY).strip()
    except FileNotFoundError:
        key = b""
    if len(key) < 16:
        raise ValueError(
            f"YICHA_SMS_URL needs the gateway's key, 16 bytes or more, in {folder / secrets.SMS_KEY}"
        )
    return key
