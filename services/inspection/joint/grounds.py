"""What a guest rests on must carry it by itself: joining takes nothing past the gate that would have been stopped, and
the issue of the joint order nothing that is stopped by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Text
from services.chassis.identity import Principal
from services.chassis.policy import policies
from services.inspection.gate import Finding, Outcome, Stage, judge
from services.inspection.gate.a_ground import needs_review
from services.inspection.gate.errors import blocked
from services.inspection.gate.facts import Facts, Proposal
from services.inspection.gate.reader import read_facts
from services.inspection.gate.together import read_together
from services.inspection.joint import store
from services.inspection.joint.model import Side
from services.inspection.orders.judgement import proposal
from services.inspection.orders.model import Content, Order, State

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


def stopped_at_issue(uow: UnitOfWork, host: Order, content: Content, who: Principal) -> list[Finding]:
    """What stops a guest by its own trigger, campaign, review or letter on the days of the host: all of it was judged when
    it joined, and may have moved since. Whoever was reviewed with the host was reviewed with it.

    The host is locked after its enterprise. Nothing is read per guest.
    """
    guests = store.sides_within(uow.connection, host.order_id)
    if not guests:
        return []
    whole, each = _together(uow, proposal(host, content, Stage.ISSUE, who), guests, who)
    asked = BY_GROUND - {REVIEW} if needs_review(whole) else BY_GROUND
    return [
        _of_guest(finding, facts)
        for facts in each
        for finding in judge(facts, Stage.ISSUE)
        if finding.outcome is Outcome.BLOCK and finding.rule in asked
    ]


def said_of_guests(uow: UnitOfWork, joint: Proposal, guests: Sequence[Side], who: Principal) -> list[Finding]:
    """Whatever the rules on grounds find in each guest on the days of `joint`, whose order is locked after its enterprise."""
    if not guests:
        return []
    _, each = _together(uow, joint, guests, who)
    found = ((finding, facts) for facts in each for finding in judge(facts, Stage.ISSUE))
    return [_of_guest(finding, facts) for finding, facts in found if finding.rule in BY_GROUND]


def _together(
    uow: UnitOfWork, joint: Proposal, guests: Sequence[Side], who: Principal
) -> tuple[Facts, list[Facts]]:
    alone = [_within(joint, proposal(*guest, Stage.JOIN, who)) for guest in guests]
    return read_together(uow.connection, joint, alone, policies(), clock.now())


def _within(joint: Proposal, guest: Proposal) -> Proposal:
    """On the days of the joint visit, with what is left of the guest on it: an item that another brings too is theirs."""
    left = tuple(item for item in guest.items if item in joint.items)
    return replace(guest, starts_on=joint.starts_on, ends_on=joint.ends_on, items=left)


def _of_guest(finding: Finding, facts: Facts) -> Finding:
    """Said of the agency that brought it, under a key of its own: of the same agency the joint order may be told less."""
    guest = facts.proposal
    name = facts.agency_name(guest.agency_id)
    return replace(
        finding,
        key=f"{finding.rule}:{guest.order_id}:{finding.key.removeprefix(f'{finding.rule}:')}",
        explanation=Text(
            f"{name} 并入的检查单：{finding.explanation.zh}",
            f"the order that {name} brought: {finding.explanation.en}",
        ),
        remedy=Text(
            f"{finding.remedy.zh}或先将 {name} 的检查单从联合检查单中拆分，再签发其余部分。",
            f"{finding.remedy.en} Or let the order of {name} leave (split), and issue what remains.",
        ),
        orders=tuple(dict.fromkeys([*([guest.order_id] if guest.order_id else []), *finding.orders])),
    )


def _found(uow: UnitOfWork, host: Order, guest: Side, who: Principal) -> list[Finding]:
    """Its visits are counted without the host, whose visit it shares; places of a quota without itself."""
    now = clock.now()
    window = {"starts_on": host.starts_on, "ends_on": host.ends_on}
    alone = replace(proposal(*guest, Stage.JOIN, who), **window)
    shared = replace(alone, order_id=host.order_id)
    facts = read_facts(uow.connection, alone, policies(), now, deciding=True)
    counts = read_facts(uow.connection, shared, policies(), now, deciding=True).counts
    return judge(replace(facts, counts=counts), Stage.ISSUE)
