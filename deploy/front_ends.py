"""The built front ends, beside the APIs: what a phone or a desk loads from `/inspector/`, `/desk/`, `/enterprise/`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.headers import Headers

from whitenoise import WhiteNoise

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

DIST = Path(__file__).parents[1] / "web" / "dist"
_HASHED = re.compile(r"/assets/[^/]+-[\w-]{8}\.\w+\Z")
# The decoder of squares is WebAssembly; Vant carries its icons as a data: font; photos are shown from blob: URLs.
_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def with_front_ends(api: WSGIApplication) -> WSGIApplication:
    """`api` with the built files before it; `api` alone where nothing was built."""
    if not DIST.is_dir():
        return api
    return WhiteNoise(
        api,
        root=DIST,
        index_file=True,
        max_age=0,
        allow_all_origins=False,
        immutable_file_test=_is_immutable,
        add_headers_function=_protect,
    )


def _is_immutable(path: str, url: str) -> bool:
    return bool(_HASHED.search(url))


def _protect(headers: Headers, path: str, url: str) -> None:
    headers["Content-Security-Policy"] = _POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=()"
