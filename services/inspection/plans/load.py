"""Plans that were published before this product was there: a demo's, or those another system kept."""

from __future__ import annotations

from collections.abc import Iterable

from services.chassis.database import UnitOfWork
from services.inspection.plans import store
from services.inspection.plans.commands import told
from services.inspection.plans.model import Plan


def load_plans(uow: UnitOfWork, plans: Iterable[Plan]) -> int:
    """Put published plans in force, as the first revision of their year, and tell of them. Returns how many were new.

    Where a plan of the agency and year is in force already it is left alone, so a load may be repeated. The caller
    commits.
    """
    return sum(_load(uow, plan) for plan in plans)


def _load(uow: UnitOfWork, plan: Plan) -> bool:
    assert plan.state == "published"
    assert plan.published_on is not None
    store.lock(uow.connection, plan.agency_id, plan.year)
    if store.in_force(uow.connection, plan.agency_id, plan.year):
        return False
    store.insert(uow.connection, plan)
    uow.emit(told(plan, plan.published_on))
    return True
