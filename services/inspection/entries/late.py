"""补录: the place that an entry takes when time had let go of its order (rule E3)."""

from __future__ import annotations

from dataclasses import replace

from services.chassis.database import UnitOfWork
from services.chassis.errors import Text
from services.chassis.identity import Principal
from services.chassis.policy import policies
from services.inspection.campaigns import store as campaigns
from services.inspection.entries.facts import EntryFacts
from services.inspection.gate import Finding, Outcome, Stage, judge
from services.inspection.gate.reader import read_facts
from services.inspection.orders import store as orders
from services.inspection.orders.findings import insert_findings
from services.inspection.orders.judgement import proposal
from services.inspection.orders.locks import lock_order

OVER_CAP = "over_cap"
"""The flag of an entry that goes over a cap, a quota or a share."""
_PLACES = ("F1:", "F6:", "A7:quota")


def take_place(facts: EntryFacts, uow: UnitOfWork, who: Principal) -> list[Finding]:
    """The visit was made under an order that stood then, so it counts. But the expiry gave its place back (F1, F6, the
    quota of A7), and somebody may have it by now: then the entry goes over, which is kept with the order, flagged and
    told. Nobody takes the place at the same moment: the scan locked the enterprise and the order, and what enterprises
    share is locked here.
    """
    order = lock_order(uow.connection, facts.known.order_id)
    content = orders.content(uow.connection, order)
    if order.campaign_id:
        campaigns.lock(uow.connection, order.campaign_id)
    on_the_day = replace(proposal(order, content, Stage.ENTRY, who), starts_on=facts.day, ends_on=facts.day)
    now = facts.arrival.received_at
    seen = judge(read_facts(uow.connection, on_the_day, policies(), now, deciding=True), Stage.SUBMIT)
    over = [_over(finding) for finding in seen if finding.key.startswith(_PLACES)]
    insert_findings(uow.connection, order, Stage.ENTRY, over, {}, now)
    return over


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
