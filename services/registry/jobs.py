"""The registry's timers: imports that were uploaded, and codes that nobody needs any more."""

from __future__ import annotations

import structlog
from procrastinate import Blueprint, JobContext
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

from services.chassis import idempotency, jobs
from services.chassis.settings import Settings
from services.registry.access import store as access
from services.registry.enterprises.contacts import Vault
from services.registry.imports.work import work_off
from services.registry.sessions import store as sessions

log = structlog.get_logger()
blueprint = Blueprint()
_RUN_IMPORTS = "run_imports"


@blueprint.periodic(cron="* * * * *")
@blueprint.task(name=_RUN_IMPORTS, pass_context=True, queueing_lock=_RUN_IMPORTS)
def run_imports(context: JobContext, timestamp: int = 0) -> None:
    """Deferred by each upload; the timer takes up what a killed worker left behind."""
    vault = Vault(jobs.settings_of(context).secrets_dir)
    work_off(jobs.pool_of(context), vault, stop=context.should_abort)


@blueprint.periodic(cron="17 3 * * *")
@blueprint.task(name="forget_old", pass_context=True)
def forget_old(context: JobContext, timestamp: int) -> None:
    with jobs.pool_of(context).connection() as connection:
        idempotency.forget_old(connection)
        access.forget_old(connection)
        sessions.forget_old(connection)


def wake(settings: Settings) -> None:
    """Ask a worker to look now. What was uploaded is stored: should this fail, the timer finds it."""
    try:
        with jobs.defer_app(settings, blueprint).open() as app:
            task = app.configure_task(f"{settings.service}:{_RUN_IMPORTS}", queueing_lock=_RUN_IMPORTS)
            task.defer()
    except AlreadyEnqueued:
        pass
    except ConnectorException as error:
        log.warning("worker_not_woken", error=type(error).__name__)
