"""The coordinator's live stream (SSE), read beside the play."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from time import monotonic
from typing import Any

import httpx
import orjson


class LiveFigures:
    """Keeps every `figures` frame with the moment it arrived."""

    def __init__(self) -> None:
        self._frames: list[tuple[float, dict[str, Any]]] = []
        self._news = threading.Condition()
        self._stop = threading.Event()

    @contextmanager
    def listening(self, url: str, token: str) -> Generator[LiveFigures]:
        listener = threading.Thread(target=self._listen, args=(url, token), daemon=True)
        listener.start()
        try:
            yield self
        finally:
            self._stop.set()

    def first(self, holds: Callable[[dict[str, Any]], bool], within: float) -> float | None:
        """When the first frame arrived of which this holds, waiting at most `within` seconds from now."""
        deadline = monotonic() + within
        with self._news:
            while not (found := [at for at, figures in self._frames if holds(figures)]):
                left = deadline - monotonic()
                if left <= 0 or not self._news.wait(left):
                    return None
        return found[0]

    def _listen(self, url: str, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
        timeout = httpx.Timeout(5, read=20)  # a comment comes every 15 s
        while not self._stop.is_set():
            try:
                with httpx.stream("GET", url, headers=headers, timeout=timeout) as response:
                    self._read(response.iter_lines())
            except httpx.TransportError:
                pass
            self._stop.wait(0.5)

    def _read(self, lines: Iterable[str]) -> None:
        kind = ""
        for line in lines:
            if self._stop.is_set():
                return
            if line.startswith("event:"):
                kind = line[6:].strip()
            elif line.startswith("data:") and kind == "figures":
                self._keep(orjson.loads(line[5:]))

    def _keep(self, figures: dict[str, Any]) -> None:
        with self._news:
            self._frames.append((monotonic(), figures))
            self._news.notify_all()
