"""补录: the place that an entry takes when time had let go of its order (rule E3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.chassis.database import UnitOfWork
from services.chassis.errors import Text
from services.chassis.identity import Principal
from services.chassis.policy import policies
from services.inspection.campaigns import store as campaigns
from services.inspection.entries.facts import EntryFacts
from services.inspection.gate import Finding, Outcome, Stage, judge
from services.inspection.gate.reader import read_facts
from services.inspection.joint import store as joint
from services.inspection.joint.grounds import said_of_guests
from services.inspection.orders import store as orders
from services.inspection.orders.findings import insert_findings
from services.inspection.orders.judgement import proposal
from services.inspection.orders.locks import lock_order

OVER_CAP = "over_cap"
"""The flag of an entry that goes over a cap, a quota or a share."""
_OF_THE_YEAR = frozenset({"F1", "F6"})


def take_place(facts: EntryFacts, uow: UnitOfWork, who: Principal) -> list[Finding]:
    """The visit was made under an order that stood then, so it counts. But the expiry gave its place back (F1, F6, the
    quota of A7), and somebody may have it by now: then the entry goes over, which is kept with the order, flagged and
    told. So may each order that came along, by its own trigger and campaign. Nobody takes the place at the same moment:
    the scan locked the enterprise and the order, and what enterprises share is locked here.
    """
    order = lock_order(uow.connection, facts.known.order_id)
    guests = joint.sides_within(uow.connection, order.order_id)
    for campaign_id in sorted(
        {o.campaign_id for o in (order, *(guest for guest, _ in guests)) if o.campaign_id}
    ):
        campaigns.lock(uow.connection, campaign_id)
    content = orders.content(uow.connection, order)
    on_the_day = replace(proposal(order, content, Stage.ENTRY, who), starts_on=facts.day, ends_on=facts.day)
    now = facts.arrival.received_at
    seen = judge(read_facts(uow.connection, on_the_day, policies(), now, deciding=True), Stage.SUBMIT)
    brought = said_of_guests(uow, on_the_day, guests, who)
    over = [_over(finding) for finding in (*seen, *_unsaid(brought, seen)) if _is_of_a_place(finding)]
    insert_findings(uow.connection, order, Stage.ENTRY, over, {}, now)
    return over


def _is_of_a_place(finding: Finding) -> bool:
    return finding.rule in _OF_THE_YEAR or (finding.rule == "A7" and finding.key.endswith(":quota"))


def _unsaid(brought: Sequence[Finding], seen: Sequence[Finding]) -> list[Finding]:
    """Without what the joint order was told in the same words."""
    return [f for f in brought if not any(f.explanation.zh.endswith(told.explanation.zh) for told in seen)]


def _over(finding: Finding) -> Finding:
    return replace(
        finding,
        outcome=Outcome.NOTICE,
        key=f"{finding.rule}:{OVER_CAP}:{finding.key.removeprefix(f'{finding.rule}:')}",
        remedy=Text(
            "检查已经发生，计入次数；请向监督人员说明情况，本年度不再安排。",
            "The visit was made and counts: explain it to the supervisor, and plan no more this year.",
        ),
    )
