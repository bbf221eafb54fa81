"""What was said of a pair holds until the data it was said of changes."""

from __future__ import annotations

from events.catalogue.inspection import DuplicateReopened
from services.chassis.database import UnitOfWork
from services.inspection.orders import findings
from services.inspection.orders.announce import announce
from services.inspection.orders.model import Order


def reopen(uow: UnitOfWork, order: Order) -> Order:
    """Forget what was said of a locked order that changed and of others; returns it at its new version."""
    for other in findings.forget_answers(uow.connection, order):
        order = announce(uow, order, DuplicateReopened, other=other)
    return order
