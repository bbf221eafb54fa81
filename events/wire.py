"""What the roads carry: bytes under a key, with headers. Nothing here knows what an event means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Partition(NamedTuple):
    topic: str
    number: int


@dataclass(frozen=True, slots=True)
class Message:
    """To be sent. Everything under one key of one topic stays in order."""

    topic: str
    key: bytes | None
    headers: Mapping[str, bytes]
    value: bytes

    @property
    def size(self) -> int:
        headers = sum(len(name) + len(value) + 10 for name, value in self.headers.items())
        return len(self.value) + len(self.key or b"") + headers + 100


@dataclass(frozen=True, slots=True)
class Record:
    """As it was received."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    headers: Mapping[str, bytes]
    value: bytes

    @property
    def place(self) -> Partition:
        return Partition(self.topic, self.partition)
