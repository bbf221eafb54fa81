"""How the registry answers: one resource with its ETag, or a page of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

from flask.typing import ResponseReturnValue


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


T = TypeVar("T")


def resource(shown: Versioned, status: int = 200) -> ResponseReturnValue:
    """For the view's response schema to dump; the ETag is what If-Match must name to change it."""
    return cast("ResponseReturnValue", (shown, status, {"ETag": f'"{shown.version}"'}))


def page(rows: Sequence[T], limit: int, ident: Callable[[T], UUID]) -> ResponseReturnValue:
    """`rows` were asked for with `limit + 1`: one more than shown says that there is a next page."""
    shown = rows[:limit]
    following = ident(shown[-1]) if len(rows) > limit else None
    return cast("ResponseReturnValue", {"items": shown, "next": following})


def document(content: Any, status: int = 200) -> ResponseReturnValue:
    return cast("ResponseReturnValue", (content, status))
