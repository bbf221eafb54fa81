"""Logs are events with fields, one JSON object a line, each with the correlation id."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

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
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
