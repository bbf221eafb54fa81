"""签发: notice and code exist from now on, and the checklists are fixed (rule R1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from events.catalogue.inspection import OrderIssued
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.identity import Principal
from services.inspection.gate import Stage
from services.inspection.joint.grounds import stopped_at_issue
from services.inspection.orders import scope, store
from services.inspection.orders.announce import announce
from services.inspection.orders.commands.outcome import Done
from services.inspection.orders.judgement import Reasons, judge_order
from services.inspection.orders.model import Action


@dataclass(frozen=True, kw_only=True)
class Issue:
    order_id: UUID
    version: int | None
    reasons: Reasons


def issue(command: Issue, uow: UnitOfWork, who: Principal) -> Done:
    """By the agency that leads; what each guest rests on must still carry it. Raises WrongState, StaleVersion, WindowOver."""
    order, content = scope.locked(uow, command.order_id, who, command.version)
    scope.leading(order, who)
    issued = order.after(Action.ISSUE)
    beside = stopped_at_issue(uow, order, content, who)
    order, judgement = judge_order(uow, order, content, Stage.ISSUE, who, command.reasons, beside)
    scope.window_ahead(order, judgement.today)
    refusal = judgement.refusal(order)
    if refusal is None:
        store.lock_checklists(uow.connection, order.order_id)
        order = announce(
            uow,
            replace(order, state=issued.state, issued_at=clock.now()),
            OrderIssued,
            trigger=order.trigger,
            items=content.item_ids,
            agencies=content.agencies,
            inspectors=content.inspector_ids,
            starts_on=order.starts_on,
            ends_on=order.ends_on,
            policy_version=order.policy,
        )
        store.note_step(uow.connection, order, Action.ISSUE, who)
    store.save(uow.connection, order)
    return Done(order, refusal)
