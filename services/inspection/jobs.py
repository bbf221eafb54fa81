"""What the clock does in the inspection service."""

from __future__ import annotations

from procrastinate import Blueprint, JobContext

from services.chassis import clock, idempotency
from services.chassis.database import UnitOfWork
from services.chassis.jobs import pool_of, settings_of
from services.chassis.policy import policies
from services.inspection.orders.commands import expire_due

SOURCE = "/inspection"
blueprint = Blueprint()


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


@blueprint.periodic(cron="17 3 * * *")
@blueprint.task(name="forget_keys", pass_context=True)
def forget_keys(context: JobContext, timestamp: int) -> None:
    with pool_of(context).connection() as connection:
        idempotency.forget_old(connection)
