"""Rate limits on entrances that anyone can knock at. The memory store counts per process; the proxy
limits the rest."""

from __future__ import annotations

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=True)


def register(app: Flask, enabled: bool) -> None:
    app.config["RATELIMIT_ENABLED"] = enabled
    limiter.init_app(app)
