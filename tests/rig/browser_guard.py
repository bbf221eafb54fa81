"""What no page of ours may do: ask another host, say an error on the console, break its own policy."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Route, WebError

_OF_THE_PAGE_ITSELF = frozenset({"data", "blob", "about"})


class Guard:
    """Watches every page of a context. Requests to other hosts than `hosts` are noted and not let through."""

    def __init__(self, *hosts: str) -> None:
        self._hosts = frozenset(hosts)
        self.seen: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        context.route(self._is_outside, self._stop)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("requestfailed", self._failed)

    def check(self) -> None:
        assert not self.seen, "the page misbehaved:\n" + "\n".join(self.seen)

    def _is_outside(self, url: str) -> bool:
        address = urlsplit(url)
        return address.scheme not in _OF_THE_PAGE_ITSELF and address.netloc not in self._hosts

    def _stop(self, route: Route) -> None:
        self.seen.append(f"asks outside: {route.request.url}")
        route.abort("blockedbyclient")

    def _failed(self, request: Request) -> None:
        """A page that is left takes its unfinished requests along: no fault of it."""
        if request.failure != "net::ERR_ABORTED":
            self.seen.append(f"request failed: {request.url} {request.failure}")

    def _console(self, message: ConsoleMessage) -> None:
        """Violations of the policy are told here too."""
        if message.type in ("error", "warning"):
            self.seen.append(f"console {message.type}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.seen.append(f"uncaught: {error.error}")
