"""报批: the agency asks its head."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from events.catalogue.inspection import OrderSubmitted
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.identity import Principal
from services.inspection.campaigns import store as campaigns
from services.inspection.gate import Stage
from services.inspection.orders import scope, store
from services.inspection.orders.announce import announce
from services.inspection.orders.commands.outcome import Done
from services.inspection.orders.judgement import Reasons, judge_order
from services.inspection.orders.model import Action


@dataclass(frozen=True, kw_only=True)
class Submit:
    order_id: UUID
    version: int | None
    reasons: Reasons


def submit(command: Submit, uow: UnitOfWork, who: Principal) -> Done:
    """From here on the order holds its place under the cap and others see it. Raises WrongState, StaleVersion, WindowOver."""
    order, content = scope.locked(uow, command.order_id, who, command.version)
    scope.leading(order, who)
    submitted = order.after(Action.SUBMIT)
    if order.campaign_id:
        campaigns.lock(uow.connection, order.campaign_id)
    order, judgement = judge_order(uow, order, content, Stage.SUBMIT, who, command.reasons)
    scope.window_ahead(order, judgement.today)
    refusal = judgement.refusal(order)
    if refusal is None:
        order = replace(order, state=submitted.state, submitted_by=who.account_id, submitted_at=clock.now())
        order = announce(uow, order, OrderSubmitted)
        store.note_step(uow.connection, order, Action.SUBMIT, who)
    store.save(uow.connection, order)
    return Done(order, refusal)
