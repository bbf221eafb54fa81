"""Builds the Flask app of a service, then gives it what the settings name. Nothing starts with an unguarded route."""

from __future__ import annotations

import time
from collections.abc import Sequence

import structlog
from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_smorest import Api, Blueprint

from services.chassis import correlation, docs, health, limits, logs, problem
from services.chassis.audit import api as audit
from services.chassis.database import open_pool
from services.chassis.identity.guards import enforce, guard_of, open_to_all, unguarded
from services.chassis.identity.tokens import Verifier
from services.chassis.json import Json
from services.chassis.metrics import REQUESTS
from services.chassis.road import api as road
from services.chassis.schema import ProblemSchema
from services.chassis.settings import Service, Settings
from services.chassis.typed import know_types

log = structlog.get_logger()
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
}


class ProblemApi(Api):
    ERROR_SCHEMA = ProblemSchema


class UnguardedRoute(Exception):
    """A route has no stated guard; the app refuses to start."""


def build(service: Service, blueprints: Sequence[Blueprint]) -> Flask:
    """The app with these routes and their documents, on nothing yet. Raises UnguardedRoute."""
    app = Flask(service, static_folder=None)
    app.json = Json(app)
    app.config.update(_smorest(service), MAX_FORM_MEMORY_SIZE=64 * 1024)
    limits.limiter.init_app(app)
    app.before_request(_begin)
    app.before_request(enforce)
    app.after_request(_finish)
    _register(app, service, blueprints)
    missing = unguarded(app)
    if missing:
        raise UnguardedRoute(", ".join(missing))
    know_types()
    return app


def equip(app: Flask, settings: Settings) -> None:
    """Its database, its keys and its limits, as `settings` name them."""
    logs.configure(settings.log_level, settings.service)
    limits.begin(settings.rate_limits)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.extensions["yicha.settings"] = settings
    app.extensions["yicha.pool"] = open_pool(
        settings.database_url, settings.pool_size, f"{settings.service}-web"
    )
    app.extensions["yicha.verifier"] = Verifier(settings.jwks_url)


def close(app: Flask) -> None:
    """Give the connections back; without it the process hangs at exit."""
    app.extensions["yicha.pool"].close()


def _smorest(service: Service) -> dict[str, object]:
    return {
        "API_TITLE": f"Yicha 一查 · {service}",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": f"/api/{service}/docs",
        "OPENAPI_JSON_PATH": "openapi.json",
        "API_SPEC_OPTIONS": {
            "components": {
                "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
            }
        },
    }


def _register(app: Flask, service: Service, blueprints: Sequence[Blueprint]) -> None:
    api = ProblemApi(app)
    for blueprint in (*blueprints, road.blueprint(service), audit.blueprint(service)):
        api.register_blueprint(blueprint)
    app.register_blueprint(health.blueprint(service))
    app.register_blueprint(docs.blueprint(service))
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith("api-docs.") and guard_of(view) is None:
            _open_documentation(app, endpoint)
    problem.register(app)  # last: flask-smorest brings a handler of its own


def _open_documentation(app: Flask, endpoint: str) -> None:
    view = app.view_functions[endpoint]

    def documented(**kwargs: object) -> ResponseReturnValue:
        return current_app.ensure_sync(view)(**kwargs)

    app.view_functions[endpoint] = open_to_all("the documentation is public")(documented)


def _begin() -> None:
    g.started = time.perf_counter()
    correlation.begin(request.headers.get(correlation.HEADER))


def _finish(response: Response) -> Response:
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    route = request.url_rule.rule if request.url_rule else "unknown"
    REQUESTS.labels(current_app.name, request.method, route, response.status_code).observe(seconds)
    response.headers[correlation.HEADER] = correlation.current()
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    log.info(
        "request",
        method=request.method,
        route=route,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
    )
    return response
