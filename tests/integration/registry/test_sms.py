"""Codes on their way through a gateway, of which only the far end is made up."""

from __future__ import annotations

import hmac
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
import time_machine
from prometheus_client import REGISTRY
from structlog.testing import CapturingLogger

from services.chassis import clock, jobs
from services.chassis.files import write_private
from services.chassis.identity import Role
from services.registry.access import outgoing, sms
from services.registry.access.outgoing import deliver
from services.registry.access.sms import HttpSms, NotSent, open_sms
from services.registry.jobs import blueprint
from tests.builders.registry import PHONE, a_principal, a_registry, a_uscc, an_enterprise_form
from tests.builders.settings import settings_for

KEY = b"the gateway's own key"
REGISTRAR = a_principal(Role.REGISTRAR)


@dataclass
class Gateway:
    """Answers with `answers`, then with 202; None hangs until the test is over."""

    url: str = ""
    answers: list[int | None] = field(default_factory=list)
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def texts(self) -> list[str]:
        return [json.loads(body)["text"] for _, body in self.taken]


@pytest.fixture
def gateway():
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def take(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            gateway.taken.append((dict(self.headers), body))
            answer = gateway.answers.pop(0) if gateway.answers else 202
            if answer is None:
                gateway.over.wait(20)
                return
            self.send_response(answer)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = take

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gateway.url = f"http://127.0.0.1:{server.server_address[1]}/messages"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield gateway
    gateway.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def registry(database, tmp_path, gateway):
    (tmp_path / "secrets").mkdir()
    write_private(tmp_path / "secrets" / "sms-key", KEY + b"\n")
    with a_registry(database, tmp_path, sms="", sms_url=gateway.url) as registry:
        yield registry


@pytest.fixture
def uscc(registry):
    return registry.call("POST", "/enterprises", REGISTRAR, json=an_enterprise_form()).json["uscc"]


@contextmanager
def a_worker(registry):
    stop = threading.Event()
    settings = registry.app.extensions["yicha.settings"]
    thread = threading.Thread(target=jobs.run, args=(settings, blueprint, registry.pool, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def asked(registry, uscc):
    return registry.call("POST", "/enterprise-access", json={"uscc": uscc}).json["request_id"]


def delivered(registry, request_id):
    deliver(request_id, registry.vault, registry.app.extensions["registry.sms"], registry.pool)


def counted(outcome):
    return REGISTRY.get_sample_value("yicha_sms_total", {"outcome": outcome}) or 0


def waiting_jobs(registry):
    with registry.pool.connection() as connection:
        return connection.execute(
            "SELECT args FROM registry_jobs.procrastinate_jobs WHERE task_name = 'registry:send_code'"
        ).fetchall()


def codes_kept(registry):
    with registry.pool.connection() as connection:
        row = connection.execute("SELECT count(code_cipher) AS n FROM access_code").fetchone()
    return row["n"]


def eventually(check, seconds=90):
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.05)


def test_the_gateway_gets_one_signed_message_and_the_code_opens_the_door(registry, gateway, uscc):
    request_id = asked(registry, uscc)
    assert gateway.taken == [], "the web process sends nothing"
    with a_worker(registry):
        eventually(lambda: gateway.taken and codes_kept(registry) == 0)
    ((headers, body),) = gateway.taken
    signed = f"{headers['X-Yicha-Timestamp']}.".encode() + body
    assert headers["X-Yicha-Signature"] == hmac.digest(KEY, signed, "sha256").hex()
    assert headers["Idempotency-Key"] == request_id
    message = json.loads(body)
    assert message["phone"] == PHONE
    assert datetime.fromisoformat(message["expires_at"]) > clock.now()
    code = message["text"].split("验证码 ")[1][:6]
    answer = registry.call("POST", f"/enterprise-access/{request_id}/confirm", json={"code": code})
    assert answer.status_code == 200


def test_a_gateway_that_was_away_gets_the_message_later(registry, gateway, uscc):
    gateway.answers = [503, 429]
    failed, sent = counted("failed"), counted("sent")
    asked(registry, uscc)
    with a_worker(registry):
        eventually(lambda: counted("sent") == sent + 1)
    assert counted("failed") == failed + 2
    assert len(set(gateway.texts)) == 1
    assert len({headers["Idempotency-Key"] for headers, _ in gateway.taken}) == 1


def test_a_code_that_will_be_worthless_is_dropped_and_counted(registry, gateway, uscc):
    gateway.answers = [500]
    expired = counted("expired")
    request_id = asked(registry, uscc)
    with pytest.raises(NotSent):
        delivered(registry, request_id)
    with time_machine.travel(clock.now() + timedelta(minutes=4, seconds=45)):
        delivered(registry, request_id)
    assert len(gateway.taken) == 1
    assert (counted("expired"), codes_kept(registry)) == (expired + 1, 0)
    delivered(registry, request_id)
    assert len(gateway.taken) == 1


def test_what_the_gateway_refuses_is_not_tried_again(registry, gateway, uscc):
    gateway.answers = [400]
    refused = counted("refused")
    request_id = asked(registry, uscc)
    delivered(registry, request_id)
    delivered(registry, request_id)
    assert (len(gateway.taken), counted("refused"), codes_kept(registry)) == (1, refused + 1, 0)


def test_a_gateway_that_does_not_answer_is_left(registry, gateway, uscc, monkeypatch):
    monkeypatch.setattr(sms, "TIMEOUT", httpx.Timeout(0.2))
    gateway.answers = [None]
    request_id = asked(registry, uscc)
    with pytest.raises(NotSent, match="ReadTimeout"):
        delivered(registry, request_id)
    assert codes_kept(registry) == 1


def test_a_gateway_that_is_not_there_is_said_without_the_number(registry, uscc, monkeypatch):
    nowhere = HttpSms("http://127.0.0.1:9/messages", KEY)
    request_id = asked(registry, uscc)
    logger = CapturingLogger()
    monkeypatch.setattr(outgoing, "log", logger)
    with pytest.raises(NotSent) as raised:
        deliver(request_id, registry.vault, nowhere, registry.pool)
    assert [call.args for call in logger.calls] == [("sms_not_sent",)]
    assert PHONE not in f"{logger.calls} {raised.value}"


def test_a_code_spent_before_it_went_out_is_not_sent(registry, gateway, uscc):
    request_id = asked(registry, uscc)
    with registry.pool.connection() as connection:
        connection.execute("UPDATE access_code SET used_at = now()")
    delivered(registry, request_id)
    assert (gateway.taken, codes_kept(registry)) == ([], 0)


def test_an_unknown_enterprise_makes_the_same_job_and_the_same_row_and_no_message(registry, gateway, uscc):
    request_ids = [asked(registry, uscc), asked(registry, a_uscc(99))]
    assert [job["args"] for job in waiting_jobs(registry)] == [{"request_id": one} for one in request_ids]
    with registry.pool.connection() as connection:
        sizes = connection.execute("SELECT length(code_cipher) AS n FROM access_code").fetchall()
    assert sizes[0] == sizes[1]
    for request_id in request_ids:
        delivered(registry, request_id)
    assert len(gateway.taken) == 1
    assert codes_kept(registry) == 0


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"sms_url": "http://gateway.example/send"}, "https"),
        ({"sms_url": "https://gateway.example/send"}, "sms-key"),
        ({"sms_url": "https://gateway.example/send", "sms": "file:/tmp/x"}, "exclude"),
        ({"sms": "carrier-pigeon"}, "file:"),
    ],
)
def test_settings_that_cannot_work_stop_the_start(database, tmp_path, changes, told):
    with pytest.raises(ValueError, match=told):
        open_sms(settings_for("registry", database, tmp_path, **({"sms": ""} | changes)))
