"""Which address serves a path: one for all, or one a service where no proxy stands in front."""

from __future__ import annotations

from collections.abc import Mapping


class Routes:
    def __init__(self, base: str, services: Mapping[str, str] | None = None) -> None:
        self._base = base.rstrip("/")
        self._services = dict(services or {})

    def of(self, path: str) -> str:
        """The whole address of `/api/<service>/…`, or of `/Q/…`, which the inspection service answers."""
        _, first, *more = path.split("/", 3)
        service = "inspection" if first == "Q" else more[0] if more else ""
        return self._services.get(service, self._base) + path
