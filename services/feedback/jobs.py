"""Once a night (02:30 in China): release the ratings that agencies may see, and close the surveys whose last day is
over. Rarely on purpose: a release right after the last rating of a pool would say whose it was."""

from __future__ import annotations

import structlog
from procrastinate import Blueprint, JobContext

from services.chassis import clock, idempotency
from services.chassis.database import UnitOfWork
from services.chassis.jobs import pool_of
from services.feedback.policy import rules_at
from services.feedback.ratings.commands import release_ratings
from services.feedback.surveys.commands import close_ended

log = structlog.get_logger()
blueprint = Blueprint()
SOURCE = "/feedback"


@blueprint.periodic(cron="30 18 * * *")
@blueprint.task(name="release_ratings", pass_context=True)
def release(context: JobContext, timestamp: int) -> None:
    with UnitOfWork(pool_of(context), SOURCE) as uow:
        released = release_ratings(rules_at(clock.now()), uow)
        uow.commit()
    log.info("ratings_released", pools=len(released))


@blueprint.periodic(cron="40 18 * * *")
@blueprint.task(name="close_ended_surveys", pass_context=True)
def close_surveys(context: JobContext, timestamp: int) -> None:
    now = clock.now()
    with UnitOfWork(pool_of(context), SOURCE) as uow:
        closed = close_ended(rules_at(now), now, uow)
        uow.commit()
    log.info("ended_surveys_closed", surveys=len(closed))


@blueprint.periodic(cron="10 19 * * *")
@blueprint.task(name="forget_old_answers", pass_context=True)
def forget_old_answers(context: JobContext, timestamp: int) -> None:
    with UnitOfWork(pool_of(context), SOURCE) as uow:
        idempotency.forget_old(uow.connection)
        uow.commit()
