"""A square as an answer: drawn only when the caller does not have it yet."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Literal

from flask import Response, request

from services.chassis.codes import square

Form = Literal["png", "svg"]
_DRAW: dict[Form, tuple[str, Callable[..., bytes | str]]] = {
    "png": ("image/png", square.png),
    "svg": ("image/svg+xml", square.svg),
}


def image(text: str, form: Form, *, printed: bool = False, cache: str = "private, no-cache") -> Response:
    """`ETag` says which code it is, so 304 costs no drawing. `cache` is the Cache-Control."""
    mimetype, draw = _DRAW[form]
    etag = blake2b(f"{form} {printed} {text}".encode(), digest_size=12).hexdigest()
    known = request.if_none_match.contains_weak(etag)
    answer = Response(status=304) if known else Response(draw(text, printed=printed), mimetype=mimetype)
    answer.set_etag(etag)
    answer.headers["Cache-Control"] = cache
    return answer
