"""The clock's work, done by the worker's own loop."""

import time
from datetime import timedelta
from threading import Event, Thread

from services.chassis import jobs
from services.inspection.jobs import blueprint
from tests.builders.inspection import a_town, today
from tests.builders.settings import settings_for

SECONDS = 90


def state_once_changed(town, order):
    deadline = time.monotonic() + SECONDS
    while (state := town.read(order)["state"]) == order["state"] and time.monotonic() < deadline:
        time.sleep(0.2)
    return state


def test_the_worker_lets_orders_expire(database, tmp_path):
    settings = settings_for("inspection", database, tmp_path)
    stop = Event()
    with a_town(database, tmp_path) as town:
        order = town.approved()
        with town.pool.connection() as connection:
            yesterday = today() - timedelta(days=1)
            connection.execute("UPDATE orders SET starts_on = %(day)s, ends_on = %(day)s", {"day": yesterday})
        with jobs.defer_app(settings, blueprint).open() as app:
            app.configure_task("inspection:expire_orders").defer(timestamp=0)
        worker = Thread(target=jobs.run, args=(settings, blueprint, town.pool, stop))
        worker.start()
        try:
            assert state_once_changed(town, order) == "expired"
        finally:
            stop.set()
            worker.join()
