"""What a worker tells of itself: `/health/live` (do the loops turn?) and `/metrics`."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

Stuck = Callable[[], list[str]]


class Vitals(BaseHTTPRequestHandler):
    stuck: Stuck

    def do_GET(self) -> None:
        match self.path:
            case "/health/live":
                stuck = self.stuck()
                body = json.dumps({"state": "stuck" if stuck else "live", "stuck": stuck})
                self._answer(503 if stuck else 200, "application/json", body.encode())
            case "/metrics":
                self._answer(200, CONTENT_TYPE_LATEST, generate_latest())
            case _:
                self._answer(404, "text/plain", b"")

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Probes are no news."""


def serve_vitals(host: str, port: int, stuck: Stuck) -> ThreadingHTTPServer:
    handler = type("WorkerVitals", (Vitals,), {"stuck": staticmethod(stuck)})
    server = ThreadingHTTPServer((host, port), handler)
    threading.Thread(target=server.serve_forever, name="vitals", daemon=True).start()
    return server
