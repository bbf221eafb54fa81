"""Real tokens of a real issuer, and the address where its public keys are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import orjson

from services.chassis.identity import Principal
from services.chassis.identity.tokens import Issuer, generate_key


@dataclass(frozen=True)
class Office:
    issuer: Issuer
    jwks_url: str

    def bearer(self, principal: Principal) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.issuer.issue(principal, 3600)}"}


@contextmanager
def an_office(folder: Path) -> Iterator[Office]:
    generate_key(folder)
    issuer = Issuer(folder)

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(orjson.dumps(issuer.jwks()))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield Office(issuer, f"http://127.0.0.1:{server.server_address[1]}/jwks.json")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
