"""What the worker does at night."""

from datetime import date
from types import SimpleNamespace

from services.chassis.database import UnitOfWork
from services.chassis.ids import new_id
from services.feedback import jobs
from services.feedback.ratings.commands import give_rating
from services.feedback.ratings.model import Opinion
from services.feedback.rights.ticket import Right


def test_the_nightly_job_releases_what_is_due_and_may_run_again(app, pool):
    agency = new_id()
    for grade in (5, 4, 4, 3, 2):
        with UnitOfWork(pool, "/feedback") as uow:
            right = Right(nonce=new_id().bytes * 2, about=agency, area_code="321302")
            give_rating(right, Opinion(grade=grade), date(2026, 3, 2), uow)
            uow.commit()
    context = SimpleNamespace(additional_context={"pool": pool, "settings": app.extensions["yicha.settings"]})
    for _ in range(2):
        jobs.release.func(context, 0)
    with pool.connection() as connection:
        rows = connection.execute("SELECT agency_id, grades FROM release").fetchall()
    assert rows == [{"agency_id": agency, "grades": [0, 1, 1, 2, 1]}]


def test_old_stored_answers_are_forgotten(app, pool):
    with pool.connection() as connection:
        connection.execute(
            "INSERT INTO idempotency (key, caller, fingerprint, created_at) VALUES"
            " ('old-key-1', 'a', '\\x00', now() - interval '20 days'), ('new-key-1', 'a', '\\x00', now())"
        )
    context = SimpleNamespace(additional_context={"pool": pool, "settings": app.extensions["yicha.settings"]})
    jobs.forget_old_answers.func(context, 0)
    with pool.connection() as connection:
        assert connection.execute("SELECT key FROM idempotency").fetchall() == [{"key": "new-key-1"}]
