"""What the clock does in the inspection service."""

from __future__ import annotations

import structlog
from procrastinate import Blueprint, JobContext
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

from services.chassis import clock, idempotency, jobs
from services.chassis.database import UnitOfWork
from services.chassis.jobs import pool_of, settings_of
from services.chassis.policy import policies
from services.chassis.settings import Settings
from services.inspection.joint.proposals.settle import lapse_due
from services.inspection.orders.commands import expire_due, tell_overdue

SOURCE = "/inspection"
log = structlog.get_logger()
blueprint = Blueprint()
_MAKE_COMPUTATIONS = "make_computations"


@blueprint.periodic(cron="*/10 * * * *")
@blueprint.task(name="expire_orders", pass_context=True)
def expire_orders(context: JobContext, timestamp: int) -> None:
    """Batch by batch; a profile's own figure would need the area, so the longest wait of all holds for all."""
    today = clock.today(settings_of(context).timezone)
    wait = max(profile.backfill_days for profile in policies().profiles)
    expired = 1
    while expired:
        with UnitOfWork(pool_of(context), SOURCE) as uow:
            expired = expire_due(uow, today, wait)
            uow.commit()


@blueprint.periodic(cron="*/5 * * * *")
@blueprint.task(name="tell_overdue", pass_context=True)
def tell_of_deadlines(context: JobContext, timestamp: int) -> None:
    """Deadlines that have passed (rules A6, R3, R4), batch by batch."""
    told = 1
    while told:
        with UnitOfWork(pool_of(context), SOURCE) as uow:
            told = tell_overdue(uow, clock.now())
            uow.commit()


@blueprint.periodic(cron="*/10 * * * *")
@blueprint.task(name="lapse_proposals", pass_context=True)
def lapse_proposals(context: JobContext, timestamp: int) -> None:
    """Of one visit instead of several: orders moved on, or the window is over."""
    today = clock.today(settings_of(context).timezone)
    lapsed = 1
    while lapsed:
        with UnitOfWork(pool_of(context), SOURCE) as uow:
            lapsed = lapse_due(uow, today)
            uow.commit()


@blueprint.periodic(cron="*/10 * * * *")
@blueprint.task(name="index_names", pass_context=True)
def index_enterprises(context: JobContext, timestamp: int) -> None:
    """Those that were replicated before one could search. The readings of characters are loaded only for them."""
    from services.inspection.search.work import index_names

    indexed = 1
    while indexed:
        with UnitOfWork(pool_of(context), SOURCE) as uow:
            indexed = index_names(uow)
            uow.commit()


@blueprint.periodic(cron="17 3 * * *")
@blueprint.task(name="forget_keys", pass_context=True)
def forget_keys(context: JobContext, timestamp: int) -> None:
    with pool_of(context).connection() as connection:
        idempotency.forget_old(connection)


@blueprint.periodic(cron="* * * * *")
@blueprint.task(name=_MAKE_COMPUTATIONS, pass_context=True, queueing_lock=_MAKE_COMPUTATIONS)
def make_computations(context: JobContext, timestamp: int = 0) -> None:
    """Deferred by each request for one; the timer takes up what a killed worker left behind.

    The makers are loaded when there is work: the solver costs half a second and a web process needs none.
    """
    from services.inspection.computations.makers import MAKERS
    from services.inspection.computations.work import work_off

    work_off(pool_of(context), MAKERS, stop=context.should_abort)


def wake(settings: Settings) -> None:
    """Ask a worker to look now. The request is stored: should this fail, the timer finds it."""
    try:
        with jobs.defer_app(settings, blueprint).open() as app:
            task = app.configure_task(
                f"{settings.service}:{_MAKE_COMPUTATIONS}", queueing_lock=_MAKE_COMPUTATIONS
            )
            task.defer()
    except AlreadyEnqueued:
        pass
    except ConnectorException as error:
        log.warning("worker_not_woken", error=type(error).__name__)
