"""Imports run by the worker as it is: procrastinate, woken by the upload."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager

from services.chassis import jobs
from services.chassis.identity import Role
from services.registry.jobs import blueprint
from tests.builders.registry import a_csv, a_principal, an_export_row

REGISTRAR = a_principal(Role.REGISTRAR)


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


def test_an_upload_wakes_the_worker(registry):
    with a_worker(registry):
        import_id = registry.upload(a_csv([an_export_row(1)])).json["import_id"]
        deadline = time.monotonic() + 90
        while (state := _state(registry, import_id)) != "finished" and time.monotonic() < deadline:
            time.sleep(0.05)
    assert state == "finished"


def test_two_uploads_before_the_worker_comes_are_both_done(registry):
    uploads = [registry.upload(a_csv([an_export_row(number)])) for number in (1, 2)]
    assert [upload.status_code for upload in uploads] == [202, 202]
    with a_worker(registry):
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            states = {_state(registry, upload.json["import_id"]) for upload in uploads}
            if states == {"finished"}:
                break
            time.sleep(0.05)
    assert states == {"finished"}


def _state(registry, import_id):
    return registry.call("GET", f"/imports/{import_id}", REGISTRAR).json["state"]
