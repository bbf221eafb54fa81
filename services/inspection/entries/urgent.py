"""突发: what must hold of a draft before anyone enters under it (rule A6)."""

from __future__ import annotations

from dataclasses import replace

from services.chassis.database import UnitOfWork
from services.chassis.identity import Principal
from services.inspection.entries.facts import EntryFacts
from services.inspection.gate import Finding, Stage
from services.inspection.orders import store as orders
from services.inspection.orders.judgement import judge_order
from services.inspection.orders.locks import lock_order

AUTHORITY = frozenset({"A1", "A2", "A3", "A4"})
"""Who, what and where: no urgency gives an agency a power it does not have. All else the gate says is kept with the
order, for the head who ratifies or disapproves."""


def admit(facts: EntryFacts, uow: UnitOfWork, who: Principal) -> tuple[EntryFacts, list[Finding]]:
    """Judge the draft now that it becomes a visit, and fix its checklists (rule R1); the rules that stop it come back
    too. The enterprise is locked, so what is counted here nobody else misses."""
    order = lock_order(uow.connection, facts.known.order_id)
    content = orders.content(uow.connection, order)
    order, judgement = judge_order(uow, order, content, Stage.SUBMIT, who, {})
    stops = [finding for finding in judgement.blocks if finding.rule in AUTHORITY]
    if not stops:
        orders.lock_checklists(uow.connection, order.order_id)
    orders.save(uow.connection, order)
    return replace(facts, known=replace(facts.known, version=order.version)), stops
