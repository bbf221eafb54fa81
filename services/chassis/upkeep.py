"""What every service's worker does by the clock besides its own jobs: room for the outbox, retention (ADR 60),
the chain of the audit (ADR 67), and jobs whose worker was killed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import structlog
from procrastinate import Blueprint, JobContext, RetryStrategy
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status
from psycopg import Connection

from events import retention
from services.chassis import attempts
from services.chassis.audit import chain
from services.chassis.jobs import pool_of, settings_of

log = structlog.get_logger()
blueprint = Blueprint()
_FAILED_JOB_HOURS = 30 * 24
_LATER = RetryStrategy(max_attempts=5, wait=60)


@blueprint.periodic(cron="5 17 * * *")
@blueprint.task(name="outbox_months", pass_context=True, retry=_LATER)
def outbox_months(context: JobContext, timestamp: int) -> None:
    """Open the months to come; drop the oldest where retention says so."""
    keep = settings_of(context).outbox_months
    with pool_of(context).connection() as connection:
        retention.open_months(connection)
    if keep:
        with pool_of(context).connection() as connection:
            dropped = retention.drop_months(connection, keep)
        log.info("outbox_months_dropped", months=dropped)


@blueprint.periodic(cron="25 17 * * *")
@blueprint.task(name="forget_inbox", pass_context=True)
def forget_inbox(context: JobContext, timestamp: int) -> None:
    days = settings_of(context).inbox_days
    forgotten = 0
    while batch := _committed(context, lambda connection: retention.forget_inbox(connection, days)):
        forgotten += batch
    log.info("inbox_forgotten", rows=forgotten)


@blueprint.periodic(cron="45 17 * * *")
@blueprint.task(name="forget_event_log", pass_context=True)
def forget_event_log(context: JobContext, timestamp: int) -> None:
    """Of the log in Postgres; Kafka has its own retention. Any service may do it, and the next finds nothing."""
    settings = settings_of(context)
    if settings.events != "postgres" or not settings.event_log_days:
        return
    with psycopg.connect(settings.event_log_url, autocommit=True) as connection:
        while retention.forget_records(connection, settings.event_log_days):
            pass


@blueprint.periodic(cron="35 * * * *")
@blueprint.task(name="forget_attempts", pass_context=True)
def forget_attempts(context: JobContext, timestamp: int) -> None:
    log.info("attempts_forgotten", rows=_committed(context, attempts.forget_old))


@blueprint.periodic(cron="* * * * *")
@blueprint.task(name="seal_audit", pass_context=True)
def seal_audit(context: JobContext, timestamp: int) -> None:
    """The head goes to the log, which the office keeps elsewhere: `yicha audit verify --head` holds the chain to it."""
    full = True
    while full:
        with pool_of(context).connection() as connection:
            sealed = chain.seal(connection)
        if sealed.rows:
            log.info("audit_sealed", rows=sealed.rows, head=sealed.head)
        full = sealed.rows == chain.BATCH


@blueprint.periodic(cron="* * * * *")
@blueprint.task(name="retry_abandoned", pass_context=True)
async def retry_abandoned(context: JobContext, timestamp: int) -> None:
    """A killed worker leaves its jobs as if under way, for good; every task may be done again."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # the same job waits already, under its queueing lock
            await manager.finish_job(job, Status.ABORTED, delete_job=True)


@blueprint.periodic(cron="55 17 * * *")
@blueprint.task(name="forget_failed_jobs", pass_context=True)
async def forget_failed_jobs(context: JobContext, timestamp: int) -> None:
    await context.app.job_manager.delete_old_jobs(nb_hours=_FAILED_JOB_HOURS, include_failed=True)


def _committed(context: JobContext, work: Callable[[Connection[Any]], int]) -> int:
    with pool_of(context).connection() as connection:
        return work(connection)
