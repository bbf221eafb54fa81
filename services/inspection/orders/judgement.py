"""The gate's look at an order: findings are stored with it, and what was newly seen or answered is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from events.catalogue.inspection import DuplicateFound, FindingOverridden
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid, RuleBlocked
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.chassis.policy import policies
from services.inspection.gate import Finding, Outcome, Stage, judge
from services.inspection.gate.errors import blocked, unjustified
from services.inspection.gate.facts import Facts, Proposal
from services.inspection.gate.reader import read_facts
from services.inspection.orders import findings as store
from services.inspection.orders.announce import announce
from services.inspection.orders.findings import Answer
from services.inspection.orders.model import Content, Order

DUPLICATES = ("J1", "J2")
Reasons = Mapping[str, str]


@dataclass(frozen=True)
class Judgement:
    """`unanswered` are `justify` findings without a reason; `today` is the day on the city's calendar."""

    findings: Sequence[Finding]
    unanswered: Sequence[Finding]
    today: date

    @property
    def blocks(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.outcome is Outcome.BLOCK]

    def refusal(self, order: Order) -> RuleBlocked | None:
        """Why the command may not go on, or None. Names the order's version, which new findings may have moved."""
        if self.blocks:
            return blocked(self.blocks, version=order.version)
        return unjustified(self.unanswered, version=order.version) if self.unanswered else None


def judge_order(
    uow: UnitOfWork,
    order: Order,
    content: Content,
    stage: Stage,
    who: Principal,
    reasons: Reasons,
    beside: Sequence[Finding] = (),
) -> tuple[Order, Judgement]:
    """Judge a locked order of a locked enterprise. `reasons` are taken only if nothing else stops it. One that was
    given for fewer visits than there are by now answers nothing: the finding is open again. `beside` is what stops it
    and was found elsewhere.

    Raises Invalid for a reason that answers no finding.
    """
    now = clock.now()
    facts = read_facts(uow.connection, proposal(order, content, stage, who), policies(), now, deciding=True)
    found = [*beside, *judge(facts, stage)]
    _only_asked_for(reasons, found)
    known = _holding(store.answers_of(uow.connection, order), found)
    given = _given(reasons, found, who)
    judgement = Judgement(found, _unanswered(found, known | given), facts.today)
    answers = given if judgement.refusal(order) is None else {}
    order = replace(order, judgement_id=new_id(), policy=facts.profile.label)
    store.insert_findings(uow.connection, order, stage, found, known | answers, now)
    order = _tell_duplicates(uow, order, found, facts)
    for finding in found:
        if finding.key in answers and _is_news(answers[finding.key], known.get(finding.key)):
            order = _tell_override(uow, order, finding, answers[finding.key])
    return order, judgement


def proposal(order: Order, content: Content, stage: Stage, who: Principal) -> Proposal:
    """The order as the gate sees it. At approval `who` is about to approve."""
    approving = {who.account_id} if stage is Stage.APPROVE else set[UUID]()
    return Proposal(
        order_id=order.order_id,
        agency_id=order.agency_id,
        agencies=content.agencies,
        enterprise_id=order.enterprise_id,
        premises_id=order.premises_id,
        items=tuple((item.item_id, item.agency_id) for item in content.items),
        inspectors=content.inspector_ids,
        trigger=order.trigger,
        starts_on=order.starts_on,
        ends_on=order.ends_on,
        revision=order.revision,
        campaign_id=order.campaign_id,
        draw_id=order.draw_id,
        on_site_reason=order.on_site_reason,
        considered=order.considered,
        assistance_letter=order.assistance_letter,
        unapproved=content.unapproved if stage is Stage.ISSUE else (),
        approvers=frozenset({a.approved_by for a in content.approvals} | approving),
        authors=frozenset({order.drafted_by, order.submitted_by or order.drafted_by}),
        brought=tuple((item.item_id, item.trigger) for item in content.items if item.trigger),
    )


def _only_asked_for(reasons: Reasons, found: Sequence[Finding]) -> None:
    asked = {finding.key for finding in found if finding.outcome is Outcome.JUSTIFY}
    unasked = {
        f"/reasons/{key}": "没有需要说明的这一条 / no finding asks for this"
        for key in reasons
        if key not in asked
    }
    if unasked:
        raise Invalid(unasked)


def _holding(answers: Mapping[str, Answer], found: Sequence[Finding]) -> dict[str, Answer]:
    asked = {finding.key: finding for finding in found}
    return {key: answer for key, answer in answers.items() if key in asked and answer.holds_for(asked[key])}


def _given(reasons: Reasons, found: Sequence[Finding], who: Principal) -> dict[str, Answer]:
    return {
        finding.key: Answer(reason=reasons[finding.key], by=who.account_id, nth=finding.nth)
        for finding in found
        if finding.key in reasons
    }


def _unanswered(found: Sequence[Finding], reasons: Mapping[str, object]) -> list[Finding]:
    return [f for f in found if f.outcome is Outcome.JUSTIFY and f.key not in reasons]


def _tell_duplicates(uow: UnitOfWork, order: Order, found: Sequence[Finding], facts: Facts) -> Order:
    """Once a pair, whoever looks first; orders at another place are no duplicate."""
    here = {n.order_id for n in facts.neighbours if n.premises_id == order.premises_id}
    for rule in DUPLICATES:
        seen = [f for f in found if f.rule == rule and here.issuperset(f.orders)]
        others = [other for finding in seen for other in finding.orders]
        new = store.meet_duplicates(uow.connection, order, rule, others, clock.now()) if others else ()
        if new:
            outcome = str(seen[0].outcome)
            order = announce(uow, order, DuplicateFound, rule=rule, outcome=outcome, others=new)
    return order


def _is_news(answer: Answer, known: Answer | None) -> bool:
    return known is None or (answer.reason, answer.by) != (known.reason, known.by)


def _tell_override(uow: UnitOfWork, order: Order, finding: Finding, answer: Answer) -> Order:
    reason, by = answer.reason, answer.by
    if finding.rule in DUPLICATES:
        store.answer_duplicates(uow.connection, order, finding.orders, reason, by, clock.now())
    said = {"finding_key": finding.key, "reason": reason}
    return announce(uow, order, FindingOverridden, rule=finding.rule, overridden_by=by, **said)
