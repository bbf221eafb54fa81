"""Logs are events with fields, one JSON object a line, each with the correlation id."""

import json
import logging
import sys
from collections.abc import Callable, MutableMapping
from typing import Any

import orjson
import structlog
from flask import current_app, has_app_context

from services.chassis import correlation


def configure(level: str, service: str) -> None:
    """`service` names the process where no request does.

    kafka-python logs 1,500 lines a second while a coordinator is away: it is silenced, errors are counted."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    logging.basicConfig(level=number, stream=sys.stderr, format="%(message)s")
    logging.getLogger("kafka").setLevel(logging.CRITICAL)
    logging.getLogger("httpx").setLevel(logging.WARNING)

    def stamp(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["service"] = current_app.name if has_app_context() else service
        event["correlation_id"] = correlation.current()
        return event

    structlog.configure(
        processors=[
            stamp,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(line),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def line(event: MutableMapping[str, Any], default: Callable[[Any], Any]) -> str:
    """A log line never breaks what it tells of: the standard encoder takes what orjson refuses, like half a
    surrogate pair or a number of more than 64 bits."""
    try:
        return orjson.dumps(event, default, orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:
        return json.dumps(event, default=default)
