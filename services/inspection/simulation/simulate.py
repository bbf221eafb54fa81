"""Judges past orders by the profile of then and by the one given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import Connection

from services.chassis.policy import Policies, Profile
from services.inspection.computations.model import Told
from services.inspection.gate import Finding, Stage, judge
from services.inspection.gate.facts import Facts
from services.inspection.simulation.archive import Archive, Desk, Due, due, read_archive, read_desk
from services.inspection.simulation.model import JOINS, Outcome, Outcomes, PastOrder, Verdict
from services.inspection.simulation.then import Then

_ENTERPRISES_A_BATCH = 300
_GRAVITY: tuple[Outcome, ...] = ("notice", "justify", "block")


@dataclass(frozen=True, kw_only=True)
class Question:
    """`area` is what area codes of premises begin with; "" is everywhere."""

    profile: Profile
    starts_on: date
    ends_on: date
    area: str = ""


def simulate(
    connection: Connection[Any], question: Question, policies: Policies, told: Told = lambda _: None
) -> Outcomes:
    """In one read-only transaction, which is rolled back: nothing is written, and nothing moves meanwhile."""
    connection.rollback()
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    try:
        return _simulated(connection, question, policies, told)
    finally:
        connection.rollback()


def _simulated(connection: Connection[Any], question: Question, policies: Policies, told: Told) -> Outcomes:
    wanted = due(connection, question.area, question.starts_on, question.ends_on, question.profile.timezone)
    desk = read_desk(connection, question.starts_on, question.ends_on)
    outcomes = Outcomes(names={agency.agency_id: agency.name for agency in desk.agencies.values()})
    done = 0
    for batch in _batches(wanted):
        archive = read_archive(connection, list(batch))
        for enterprise_id, order_ids in batch.items():
            for order in archive.orders[enterprise_id]:
                if order.order_id in order_ids:
                    _judge(order, desk, archive, question, policies, outcomes)
        done += sum(len(order_ids) for order_ids in batch.values())
        told(done / len(wanted))
    return outcomes


def _batches(wanted: Sequence[Due]) -> Iterator[dict[UUID, set[UUID]]]:
    """Orders by enterprise, so many enterprises at a time."""
    batch: dict[UUID, set[UUID]] = {}
    for enterprise_id, orders in groupby(wanted, key=lambda order: order.enterprise_id):
        batch[enterprise_id] = {order.order_id for order in orders}
        if len(batch) == _ENTERPRISES_A_BATCH:
            yield batch
            batch = {}
    if batch:
        yield batch


def _judge(
    order: PastOrder, desk: Desk, archive: Archive, question: Question, policies: Policies, outcomes: Outcomes
) -> None:
    lead = desk.agencies.get(order.agency_id)
    area = lead.area_code if lead else ""
    if not any(area.startswith(prefix) for prefix in question.profile.areas):
        outcomes.outside += 1
        return
    assert order.issued_at is not None
    then = Then(order, order.issued_at, desk, archive)
    of_then = then.facts(_profile_of_then(policies, area, order.issued_at))
    outcomes.add(order.agency_id, _verdict(of_then), _verdict(then.facts(question.profile)))


def _profile_of_then(policies: Policies, area: str, moment: datetime) -> Profile:
    """Orders from before the first profile are judged by the first there was."""
    first = min(profile.in_force_from for profile in policies.profiles if "" in profile.areas)
    begin = datetime.combine(first, time(12), ZoneInfo("Asia/Shanghai"))
    return policies.governing(area, max(moment, begin))


def _verdict(facts: Facts) -> Verdict:
    found = judge(facts, Stage.ISSUE)
    outcomes: dict[str, Outcome] = {}
    for finding in found:
        gravest = max(_GRAVITY.index(finding.outcome), _GRAVITY.index(outcomes.get(finding.rule, "notice")))
        outcomes[finding.rule] = _GRAVITY[gravest]
    return Verdict(outcomes=outcomes, joins=_joins(found, facts))


def _joins(found: Sequence[Finding], facts: Facts) -> bool:
    """Whether it is asked to become one visit with another order of the same place."""
    here = {n.order_id for n in facts.neighbours if n.premises_id == facts.proposal.premises_id}
    return any(f.rule in JOINS and f.outcome != "notice" and here.intersection(f.orders) for f in found)
