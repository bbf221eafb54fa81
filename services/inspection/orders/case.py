"""The gate's look at an order's later life. What it found is kept with the order, whether it stops the command or not;
the same again within the hour is counted."""

from __future__ import annotations

from dataclasses import replace

from services.chassis.database import UnitOfWork
from services.chassis.errors import RuleBlocked
from services.chassis.ids import new_id
from services.inspection.gate import Outcome, Stage, judge
from services.inspection.gate.case import CaseFacts
from services.inspection.gate.errors import blocked
from services.inspection.orders.findings import count_findings


def weigh(uow: UnitOfWork, facts: CaseFacts, stage: Stage) -> RuleBlocked | None:
    """Why the command may not go on, or None. To be returned by the command and not raised, so that what was found is
    committed. The order still points at the look that its heads decided by."""
    found = judge(facts, stage)
    look = replace(facts.order, judgement_id=new_id())
    count_findings(uow.connection, look, stage, found, facts.now)
    blocks = [finding for finding in found if finding.outcome is Outcome.BLOCK]
    return blocked(blocks, version=facts.order.version) if blocks else None
