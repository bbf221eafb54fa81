"""What only a product that is reached by https says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_STAY = ("Strict-Transport-Security", "max-age=31536000")


def staying(served: WSGIApplication, public_url: str) -> WSGIApplication:
    """`served`, with the word to browsers that came by https to come by nothing else for a year: whoever sits between
    could lead them to a page of his own by the first plain request. For this host alone, not for what is beside it."""
    if not public_url.startswith("https:"):
        return served

    def telling(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            return start_response(status, [*headers, _STAY], *error)

        return served(environ, start)

    return telling
