"""From where somebody acted."""

import socket

from flask import has_request_context, request


def origin() -> str:
    """The address a request came from, or the machine on which a command was given."""
    if has_request_context():
        return request.remote_addr or "unknown"
    return f"command on {socket.gethostname()}"
