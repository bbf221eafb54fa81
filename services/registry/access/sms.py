"""The edge to the outside: sending short messages. The embedded city writes them into a file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Protocol

from services.chassis import clock
from services.registry.access.model import Message


class Sms(Protocol):
    def send(self, message: Message) -> None:
        """Hand it over and return at once: how long it takes must not tell whether there was anyone to send to."""
        ...


class FileSms:
    """One JSON object a line, readable by the owner alone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, message: Message) -> None:
        line = {"sent_at": clock.now().isoformat(), "phone": message.phone, "text": message.text}
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


class NoSms:
    """Nothing is configured: codes are made and go nowhere."""

    def send(self, message: Message) -> None:
        pass


def open_sms(setting: str) -> Sms:
    """Raises ValueError for an unknown kind."""
    kind, _, rest = setting.partition(":")
    if not kind:
        return NoSms()
    if kind == "file" and rest:
        return FileSms(Path(rest))
    raise ValueError(f"YICHA_SMS is {setting!r}; it must be file:<path>")
