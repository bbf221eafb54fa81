"""Turns every error of a request into one problem document."""

from __future__ import annotations

from typing import Any, cast

import psycopg
import psycopg_pool
import structlog
from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from services.chassis import correlation, errors
from services.chassis.errors import Text, YichaError
from services.chassis.field_words import in_both
from services.chassis.metrics import PROBLEMS

log = structlog.get_logger()

_BY_STATUS: dict[int, type[YichaError]] = {
    cls.status: cls
    for cls in (
        errors.Malformed,
        errors.Unauthenticated,
        errors.Forbidden,
        errors.TooLarge,
        errors.UnsupportedMedia,
        errors.TooMany,
        errors.Unavailable,
    )
}


def register(app: Flask) -> None:
    app.register_error_handler(YichaError, problem)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(psycopg.OperationalError, _from_database)
    app.register_error_handler(psycopg_pool.PoolTimeout, _from_database)
    app.register_error_handler(Exception, _from_bug)


def problem(error: YichaError) -> Response:
    english = request.accept_languages.best_match(["zh", "en"], default="zh") == "en"

    def pick(text: Text) -> str:
        return text.en if english else text.zh

    document: dict[str, Any] = {
        "type": f"urn:yicha:problem:{error.code}",
        "title": pick(error.title),
        "status": error.status,
        "detail": pick(error.detail),
        "remedy": pick(error.remedy),
        "code": error.code,
        "instance": request.path,
        "correlation_id": correlation.current(),
        "zh": {"title": error.title.zh, "detail": error.detail.zh, "remedy": error.remedy.zh},
        "en": {"title": error.title.en, "detail": error.detail.en, "remedy": error.remedy.en},
        **error.extra,
    }
    PROBLEMS.labels(current_app.name, error.code).inc()
    response = current_app.response_class(
        current_app.json.dumps(document), status=error.status, mimetype="application/problem+json"
    )
    if error.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if error.status in (429, 503):
        response.headers["Retry-After"] = str(error.extra.get("retry_after", 5))
    return response


def _from_http(error: HTTPException) -> Response:
    if error.response is not None:
        return cast("Response", error.response)
    status = error.code or 500
    messages = (getattr(error, "data", None) or {}).get("messages")
    if status == 422 and messages:
        return problem(errors.Invalid(pointers(messages)))
    response = problem(_plain(status, error))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _plain(status: int, error: HTTPException) -> YichaError:
    known = _BY_STATUS.get(status)
    if known:
        return known()
    name = error.name or "Error"

    class Plain(YichaError):
        code = name.lower().replace(" ", "_")
        title = Text({404: "没有这个地址", 405: "此地址不支持该方法"}.get(status, name), name)
        remedy = Text("请对照接口文档核对请求。", "Check the request against the API documentation.")

    Plain.status = status
    return Plain(Text(Plain.title.zh, error.description or name))


def pointers(messages: Any, path: str = "") -> dict[str, str]:
    """marshmallow's nested messages as JSON pointers, each in both languages. The location (`json`, `query`) stays the first step
    unless it is the body."""
    if isinstance(messages, dict):
        found: dict[str, str] = {}
        for key, value in cast("dict[Any, Any]", messages).items():
            here = path if key in ("json", "_schema") else f"{path}/{key}"
            found |= pointers(value, here)
        return found
    parts = cast("list[Any]", messages) if isinstance(messages, list) else [messages]
    return {path or "/": in_both(str(part) for part in parts)}


def _from_database(error: Exception) -> Response:
    log.warning("database_unavailable", error=type(error).__name__)
    return problem(errors.Unavailable())


def _from_bug(error: Exception) -> Response:
    log.exception("unhandled_error", error=type(error).__name__)
    return problem(YichaError())
