"""What the product acknowledged under load: the other side of the account."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Ledger:
    """Ids of orders and entries that came back in a 2xx, and how many ratings did."""

    orders: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    ratings: int = 0
    retries: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def acknowledged_order(self, order_id: str) -> None:
        with self._lock:
            self.orders.add(order_id)

    def acknowledged_entry(self, entry_id: str) -> None:
        with self._lock:
            self.entries.add(entry_id)

    def acknowledged_rating(self) -> None:
        with self._lock:
            self.ratings += 1

    def retried(self, why: str) -> None:
        with self._lock:
            self.retries[why] += 1

    def failed(self, error: Exception) -> None:
        with self._lock:
            self.failures.append(f"{type(error).__name__}: {error}")
