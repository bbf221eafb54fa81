"""What a guest rests on must carry it by itself: joining takes nothing past the gate that would have been stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.identity import Principal
from services.chassis.policy import policies
from services.inspection.gate import Finding, Outcome, Stage, judge
from services.inspection.gate.errors import blocked
from services.inspection.gate.reader import read_facts
from services.inspection.joint.model import Side
from services.inspection.orders.judgement import proposal
from services.inspection.orders.model import Order, State

REVIEW = "A8"
BY_GROUND = frozenset({"A4", "A7", REVIEW, "F1", "F5", "F6"})
"""Rules that ask for trigger, campaign, review or letter: the joint order is judged by those of its host alone."""


def stop_unlawful(
    uow: UnitOfWork, host: Order, said_of_host: Sequence[Finding], guest: Side, who: Principal
) -> None:
    """`guest` as it was before it was absorbed, on the days of the host. One that was issued has been through,
    and a host that must still be reviewed is reviewed with all that it brings.

    Raises RuleBlocked with what would have stopped it.
    """
    if guest[0].state is State.ISSUED:
        return
    ahead = host.state is not State.ISSUED and any(finding.rule == REVIEW for finding in said_of_host)
    asked = BY_GROUND - {REVIEW} if ahead else BY_GROUND
    blocks = [f for f in _found(uow, host, guest, who) if f.outcome is Outcome.BLOCK and f.rule in asked]
    if blocks:
        raise blocked(blocks, version=host.version, order_id=str(guest[0].order_id))


def _found(uow: UnitOfWork, host: Order, guest: Side, who: Principal) -> list[Finding]:
    """Its visits are counted without the host, whose visit it shares; places of a quota without itself."""
    now = clock.now()
    window = {"starts_on": host.starts_on, "ends_on": host.ends_on}
    alone = replace(proposal(*guest, Stage.JOIN, who), **window)
    shared = replace(alone, order_id=host.order_id)
    facts = read_facts(uow.connection, alone, policies(), now, deciding=True)
    counts = read_facts(uow.connection, shared, policies(), now, deciding=True).counts
    return judge(replace(facts, counts=counts), Stage.ISSUE)
