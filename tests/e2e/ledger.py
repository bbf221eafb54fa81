"""What the product acknowledged under load: the other side of the account."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Ledger:
    """Ids of orders and entries that came back in a 2xx, and how many ratings did."""

    orders: set[str] = field(default_factory=set)
    entries: dict[str, str] = field(default_factory=dict)
    concluded: set[str] = field(default_factory=set)
    ratings: int = 0
    blocked: int = 0
    retries: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @contextmanager
    def open(self) -> Generator[Ledger]:
        with self._lock:
            yield self
