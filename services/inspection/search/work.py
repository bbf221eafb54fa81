"""Indexing what was replicated before there was a search; afterwards there is nothing to do."""

from __future__ import annotations

from typing import Any

from services.chassis.database import UnitOfWork
from services.inspection.search import store
from services.inspection.search.model import Unindexed
from services.inspection.search.terms import terms_of
from services.inspection.search.text import folded


def index_names(uow: UnitOfWork, limit: int = 500) -> int:
    """How many, at most `limit`."""
    waiting = store.lock_unindexed(uow.connection, limit)
    if waiting:
        store.index(uow.connection, [_row(enterprise) for enterprise in waiting])
    return len(waiting)


def _row(enterprise: Unindexed) -> dict[str, Any]:
    return {
        "enterprise_id": str(enterprise.enterprise_id),
        "version": enterprise.version,
        "folded": folded(enterprise.name),
        "terms": terms_of(enterprise.name, enterprise.uscc, enterprise.areas),
    }
