"""Live: the process answers. Ready: it can serve. Metrics beside them."""

from __future__ import annotations

import psycopg
import psycopg_pool
from flask import Blueprint, Response, current_app
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.chassis.identity import open_to_all
from services.chassis.transaction import pool

OPEN = "says only whether the service runs; the proxy keeps it inside"


def blueprint(service: str) -> Blueprint:
    health = Blueprint("health", __name__, url_prefix=f"/api/{service}")

    @health.get("/health/live")
    @open_to_all(OPEN)
    def live() -> Response:  # pyright: ignore[reportUnusedFunction]
        return _answer(200, "live")

    @health.get("/health/ready")
    @open_to_all(OPEN)
    def ready() -> Response:  # pyright: ignore[reportUnusedFunction]
        try:
            with pool().connection(timeout=2) as connection:
                connection.execute("SELECT 1")
        except (psycopg.Error, psycopg_pool.PoolTimeout):
            return _answer(503, "database unavailable")
        return _answer(200, "ready")

    @health.get("/metrics")
    @open_to_all(OPEN)
    def metrics() -> Response:  # pyright: ignore[reportUnusedFunction]
        return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)

    return health


def _answer(status: int, state: str) -> Response:
    return current_app.response_class(
        current_app.json.dumps({"state": state}), status=status, mimetype="application/json"
    )
