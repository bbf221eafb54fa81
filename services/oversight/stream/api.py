"""The live picture: server-sent events."""

from __future__ import annotations

import time
from collections.abc import Iterator
from queue import Empty

from flask import Response, current_app, request

from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import reading
from services.oversight.scope import agency_scope
from services.oversight.stream.hub import Hub, Message, Stream

stream = Blueprint("stream", __name__, url_prefix="/api/oversight/v1", description="实时")
HUB = "yicha.hub"
HEARTBEAT_SECONDS = 15
# A stream outlives neither its reader's dismissal nor a token by much: the reader comes back with a fresh one.
LIFETIME_SECONDS = 600
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@stream.get("/stream")
@requires(Permission.OVERSIGHT_READ)
@stream.response(200, {"type": "string"}, content_type="text/event-stream")
def watch():
    """`event: figures` with the same data as GET /figures: at once, then with every change.

    The id of a message is its position. A reader that comes back with it as Last-Event-ID gets what changed
    since, or nothing. A comment every 15 s keeps the line open; after ten minutes the stream ends.
    """
    scope = agency_scope(principal())
    hub: Hub = current_app.extensions[HUB]
    watched = hub.open(scope)
    try:
        with reading() as connection:
            first = hub.current(connection, scope)
    except BaseException:
        hub.leave(watched)
        raise
    answer = Response(
        _lines(watched, first, _last_seen(first.position)), mimetype="text/event-stream", headers=_HEADERS
    )
    answer.call_on_close(lambda: hub.leave(watched))
    return answer


def _last_seen(newest: int) -> int:
    """-1 for a new reader, and for one that remembers what this database has not lived through."""
    given = request.headers.get("Last-Event-ID", "")
    seen = int(given) if given.isdecimal() and len(given) < 19 else -1
    return seen if seen <= newest else -1


def _lines(watched: Stream, first: Message, seen: int) -> Iterator[bytes]:
    """Subscribed before `first` was read, so no change falls between the two; one that is in both is sent once."""
    yield b"retry: 2000\n\n"
    end = time.monotonic() + LIFETIME_SECONDS
    message: Message | None = first
    while time.monotonic() < end:
        if message is None:
            yield b": still here\n\n"
        elif message.data is None:
            return
        elif message.position > seen:
            seen = message.position
            yield b"id: %d\nevent: figures\ndata: %s\n\n" % (message.position, message.data)
        message = _next(watched)


def _next(watched: Stream) -> Message | None:
    try:
        return watched.messages.get(timeout=HEARTBEAT_SECONDS)
    except Empty:
        return None
