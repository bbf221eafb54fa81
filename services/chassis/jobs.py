"""Jobs and timers on procrastinate, in a schema of the service's own (`registry_jobs`, …).

A service that has any offers `services/<service>/jobs.py` with `blueprint`. A task is idempotent, asks for
its context (`pass_context=True`) and finds the worker's database pool and settings there:

    @blueprint.periodic(cron="*/5 * * * *")
    @blueprint.task(name="expire_orders", pass_context=True)
    def expire_orders(context: JobContext, timestamp: int) -> None:
        with UnitOfWork(pool_of(context), SOURCE) as uow: ...
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from copy import deepcopy
from typing import Any

import psycopg
from procrastinate import App, Blueprint, JobContext, PsycopgConnector, SyncPsycopgConnector
from procrastinate.schema import SchemaManager

from services.chassis.database import Pool
from services.chassis.settings import Settings

_STOP_SECONDS = 5
_AT_ONCE = 4  # a long import must not keep a message waiting


def schema_of(service: str) -> str:
    return f"{service}_jobs"


def create_tables(service: str, url: str) -> None:
    """procrastinate's own tables, once."""
    with psycopg.connect(url, options=f"-c search_path={schema_of(service)}") as connection:
        if connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone() == (None,):
            connection.execute(SchemaManager.get_schema())  # pyright: ignore[reportArgumentType]


def defer_app(settings: Settings, blueprint: Blueprint) -> App:
    """For web processes: `with defer_app(…).open(): task.defer(…)`."""
    return _app(SyncPsycopgConnector(**_connection(settings), min_size=1, max_size=2), settings, blueprint)


def run(
    settings: Settings,
    blueprint: Blueprint,
    pool: Pool,
    stop: threading.Event,
    upkeep: Blueprint | None = None,
) -> None:
    """Work until `stop` is set; what is under way gets some seconds to finish, else it is retried later.
    `upkeep` is what every service's worker does besides its own jobs."""
    app = _app(PsycopgConnector(**_connection(settings), min_size=1, max_size=4), settings, blueprint)
    if upkeep is not None:
        app.add_tasks_from(deepcopy(upkeep), namespace="upkeep")
    asyncio.run(_work(app, {"pool": pool, "settings": settings}, stop))


def pool_of(context: JobContext) -> Pool:
    return context.additional_context["pool"]


def settings_of(context: JobContext) -> Settings:
    return context.additional_context["settings"]


def _app(connector: PsycopgConnector | SyncPsycopgConnector, settings: Settings, blueprint: Blueprint) -> App:
    app = App(connector=connector)
    # a copy: adding renames the tasks in place, and a second app of this process would rename them again
    app.add_tasks_from(deepcopy(blueprint), namespace=settings.service)
    return app


def _connection(settings: Settings) -> dict[str, Any]:
    search_path = f"-c search_path={schema_of(settings.service)}"
    return {"conninfo": settings.database_url, "kwargs": {"options": search_path}}


async def _work(app: App, context: dict[str, object], stop: threading.Event) -> None:
    async with app.open_async():
        worker = asyncio.create_task(
            app.run_worker_async(
                install_signal_handlers=False,
                concurrency=_AT_ONCE,
                additional_context=context,
                shutdown_graceful_timeout=_STOP_SECONDS,
                delete_jobs="successful",
            )
        )
        while not stop.is_set() and not worker.done():
            await asyncio.sleep(0.2)
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker
