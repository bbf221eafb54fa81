"""The registry's jobs: imports that were uploaded, codes to be sent, and those that nobody needs any more."""

from __future__ import annotations

from uuid import UUID

import structlog
from procrastinate import Blueprint, JobContext, RetryStrategy
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

from services.chassis import idempotency, jobs
from services.chassis.settings import Settings
from services.registry.access import store as access
from services.registry.access.outgoing import deliver
from services.registry.access.sms import open_sms
from services.registry.enterprises.contacts import Vault
from services.registry.imports.work import work_off
from services.registry.sessions import store as sessions

log = structlog.get_logger()
blueprint = Blueprint()
_RUN_IMPORTS = "run_imports"
_SEND_CODE = "send_code"


@blueprint.periodic(cron="* * * * *")
@blueprint.task(name=_RUN_IMPORTS, pass_context=True, queueing_lock=_RUN_IMPORTS)
def run_imports(context: JobContext, timestamp: int = 0) -> None:
    """Deferred by each upload; the timer takes up what a killed worker left behind."""
    vault = Vault(jobs.settings_of(context).secrets_dir)
    work_off(jobs.pool_of(context), vault, stop=context.should_abort)


@blueprint.task(name=_SEND_CODE, pass_context=True, retry=RetryStrategy(wait=2, linear_wait=2))
def send_code(context: JobContext, request_id: str) -> None:
    """After 2, 4, 6 … seconds again, until the code is worthless. The job knows neither number nor code."""
    settings = jobs.settings_of(context)
    deliver(UUID(request_id), Vault(settings.secrets_dir), open_sms(settings), jobs.pool_of(context))


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


def defer_code(settings: Settings, request_id: UUID) -> None:
    """Should this fail, whoever waits for the code asks for another."""
    try:
        with jobs.defer_app(settings, blueprint).open() as app:
            app.configure_task(f"{settings.service}:{_SEND_CODE}").defer(request_id=str(request_id))
    except ConnectorException as error:
        log.error("sms_not_deferred", request_id=str(request_id), error=type(error).__name__)
