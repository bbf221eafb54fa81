"""The live stream over a real server."""

import json
import time
from contextlib import contextmanager
from threading import Thread
from zoneinfo import ZoneInfo

import httpx
import pytest
from werkzeug.serving import make_server

from services.oversight.projections.projector import project_live
from services.oversight.stream import hub as hub_module
from services.oversight.stream.api import HUB
from tests.builders.city import AnOrder, deliveries

CHINA = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def server(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api/oversight/v1/stream"
    app.extensions[HUB].close()
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def watching(url, headers, **more):
    with httpx.Client(timeout=60) as client, client.stream("GET", url, headers=headers | more) as answer:
        assert answer.status_code == 200
        yield messages(answer.iter_lines())


def messages(lines):
    fields = {}
    for line in lines:
        if line.startswith(":") or line.startswith("retry"):
            continue
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif fields:
            yield fields["id"], fields["event"], json.loads(fields["data"])
            fields = {}


def happen(app, events):
    with app.extensions["yicha.pool"].connection() as connection:
        project_live(connection, deliveries(events), CHINA)


def test_figures_come_at_once_and_change_with_the_event(app, server, coordinator):
    with watching(server, coordinator) as stream:
        assert next(stream)[2]["orders"] == {}
        happen(app, AnOrder().issued().events)
        position, event, shown = next(stream)
        assert (position, event, shown["orders"]) == ("1", "figures", {"issued": 1})


def test_a_reader_that_comes_back_gets_only_what_is_new(app, server, coordinator):
    happen(app, AnOrder().issued().events)
    with watching(server, coordinator, **{"Last-Event-ID": "1"}) as stream:
        happen(app, AnOrder().issued().events)
        assert next(stream)[0] == "2"
    with watching(server, coordinator, **{"Last-Event-ID": "1"}) as stream:
        assert next(stream)[2]["orders"] == {"issued": 2}


def test_one_stream_too_many_is_asked_to_come_back(app, server, coordinator, monkeypatch):
    monkeypatch.setattr(hub_module, "MAX_STREAMS", 1)
    with watching(server, coordinator) as stream:
        next(stream)
        answer = httpx.get(server, headers=coordinator)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_a_reader_that_leaves_makes_room(app, server, coordinator, monkeypatch):
    monkeypatch.setattr(hub_module, "MAX_STREAMS", 1)
    for _ in range(2):
        with watching(server, coordinator) as stream:
            next(stream)
        happen(app, AnOrder().issued().events)
        gone(app.extensions[HUB])


def gone(hub):
    """A server notices only at the next write that nobody reads."""
    deadline = time.monotonic() + 60
    while hub.streams and time.monotonic() < deadline:
        time.sleep(0.05)
    assert hub.streams == 0


def test_the_stream_survives_a_lost_database_connection(app, server, coordinator, database, postgres):
    import psycopg

    with watching(server, coordinator) as stream:
        next(stream)
        with psycopg.connect(database.admin_url, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'yicha-oversight-hub'"
                " AND datname = current_database()"
            )
        happen(app, AnOrder().issued().events)
        assert next(stream)[2]["orders"] == {"issued": 1}
