"""What is read of proposals. An agency sees those that concern it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection

from services.chassis.errors import NotFound
from services.chassis.identity import Principal
from services.inspection.joint.proposals.model import ProposalState

C = Connection[Any]


@dataclass(frozen=True, kw_only=True)
class ProposedOrder:
    """`moved_on`: it says something else now than when it was proposed, or can no longer be joined."""

    order_id: UUID
    agency_id: UUID
    agency: str | None
    state: str
    starts_on: date
    ends_on: date
    trigger: str
    items: list[str]
    inspectors: int
    moved_on: bool


@dataclass(frozen=True, kw_only=True)
class Concerned:
    """`answer` to the terms that stand; None while the agency has not spoken."""

    agency_id: UUID
    name: str | None
    answer: str | None
    reason: str | None
    answered_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Person:
    inspector_id: UUID
    name: str | None
    agency_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class TermsView:
    round: int
    lead_agency_id: UUID
    lead: str | None
    starts_on: date
    ends_on: date
    headcount: int
    inspectors: list[Person]
    note: str
    reasons: dict[str, str]
    agency_id: UUID | None
    offered_at: datetime


@dataclass(frozen=True, kw_only=True)
class AnswerView:
    round: int
    agency_id: UUID
    answer: str
    reason: str
    answered_at: datetime


@dataclass(frozen=True, kw_only=True)
class ProposalView:
    """`terms` and `answers` of every round, the newest terms first."""

    proposal_id: UUID
    version: int
    round: int
    state: ProposalState
    enterprise_id: UUID
    enterprise: str | None
    premises_id: UUID
    address: str | None
    proposed_by_agency_id: UUID | None
    proposed_at: datetime
    settled_at: datetime | None
    by_coordinator: bool
    reason: str | None
    joint_order_id: UUID | None
    orders: list[ProposedOrder]
    agencies: list[Concerned]
    terms: list[TermsView]
    answers: list[AnswerView]


def proposal_view(connection: C, proposal_id: UUID, who: Principal) -> ProposalView:
    """Raises NotFound also for what does not concern the account's agency."""
    row = connection.execute(
        _VIEW + "WHERE p.proposal_id = %(proposal_id)s AND " + _MINE,
        {"proposal_id": proposal_id} | _asking(who),
    ).fetchone()
    if row is None:
        raise NotFound("proposal", proposal_id)
    return msgspec.convert(row, ProposalView)


def list_proposals(
    connection: C,
    who: Principal,
    *,
    state: str | None,
    enterprise_id: UUID | None,
    order_id: UUID | None,
    waiting: bool,
    after: UUID | None,
    limit: int,
) -> list[ProposalView]:
    """The newest first. One row more than `limit` says that there is a next page."""
    rows = connection.execute(
        _VIEW + "WHERE " + _MINE + _FILTERS,
        _asking(who)
        | {
            "state": state,
            "enterprise_id": enterprise_id,
            "order_id": order_id,
            "waiting": waiting,
            "after": after,
            "limit": limit + 1,
        },
    ).fetchall()
    return [msgspec.convert(row, ProposalView) for row in rows]


def _asking(who: Principal) -> dict[str, Any]:
    return {"agency_id": who.agency_id, "sees_all": who.sees_all}


_MINE = """
(%(sees_all)s OR EXISTS (
    SELECT FROM join_proposal_agency mine
    WHERE mine.proposal_id = p.proposal_id AND mine.agency_id = %(agency_id)s))
"""
_FILTERS = """
AND (%(state)s::text IS NULL OR p.state = %(state)s)
AND (%(enterprise_id)s::uuid IS NULL OR p.enterprise_id = %(enterprise_id)s)
AND (%(order_id)s::uuid IS NULL OR EXISTS (
    SELECT FROM join_proposal_order o WHERE o.proposal_id = p.proposal_id AND o.order_id = %(order_id)s))
AND (NOT %(waiting)s OR (p.state = 'open' AND EXISTS (
    SELECT FROM join_proposal_agency a
    WHERE a.proposal_id = p.proposal_id AND (%(sees_all)s OR a.agency_id = %(agency_id)s) AND NOT EXISTS (
        SELECT FROM join_answer given
        WHERE given.proposal_id = p.proposal_id AND given.round = p.round AND given.agency_id = a.agency_id))))
AND (%(after)s::uuid IS NULL OR p.proposal_id < %(after)s)
ORDER BY p.proposal_id DESC LIMIT %(limit)s
"""
_VIEW = """
SELECT p.proposal_id, p.version, p.round, p.state, p.enterprise_id, p.premises_id, p.proposed_by_agency_id,
       p.proposed_at, p.settled_at, p.by_coordinator, p.reason, p.joint_order_id,
       (SELECT name FROM enterprise e WHERE e.enterprise_id = p.enterprise_id) AS enterprise,
       (SELECT address FROM premises e WHERE e.premises_id = p.premises_id) AS address,
       ARRAY(SELECT jsonb_build_object(
                 'order_id', o.order_id, 'agency_id', o.agency_id, 'agency', a.name, 'state', o.state,
                 'starts_on', o.starts_on, 'ends_on', o.ends_on, 'trigger', o.trigger,
                 'items', ARRAY(SELECT i.name FROM order_item oi JOIN item i USING (item_id)
                                WHERE oi.order_id = o.order_id ORDER BY i.code),
                 'inspectors', (SELECT count(*) FROM order_inspector oi WHERE oi.order_id = o.order_id),
                 'moved_on', o.revision <> named.revision OR NOT (o.open OR o.state = 'drafted'))
             FROM join_proposal_order named JOIN orders o USING (order_id) LEFT JOIN agency a USING (agency_id)
             WHERE named.proposal_id = p.proposal_id ORDER BY named.place) AS orders,
       ARRAY(SELECT jsonb_build_object(
                 'agency_id', c.agency_id, 'name', a.name, 'answer', given.answer, 'reason', given.reason,
                 'answered_at', given.answered_at)
             FROM join_proposal_agency c LEFT JOIN agency a USING (agency_id)
             LEFT JOIN join_answer given ON given.proposal_id = c.proposal_id AND given.agency_id = c.agency_id
                  AND given.round = p.round
             WHERE c.proposal_id = p.proposal_id ORDER BY a.name, c.agency_id) AS agencies,
       ARRAY(SELECT jsonb_build_object(
                 'round', t.round, 'lead_agency_id', t.lead_agency_id, 'lead', a.name, 'starts_on', t.starts_on,
                 'ends_on', t.ends_on, 'headcount', cardinality(t.inspectors), 'note', t.note,
                 'reasons', t.reasons, 'agency_id', t.agency_id, 'offered_at', t.offered_at,
                 'inspectors', ARRAY(
                     SELECT jsonb_build_object('inspector_id', coming.id, 'name', i.name, 'agency_id', i.agency_id)
                     FROM unnest(t.inspectors) WITH ORDINALITY AS coming (id, place)
                     LEFT JOIN inspector i ON i.inspector_id = coming.id ORDER BY coming.place))
             FROM join_terms t LEFT JOIN agency a ON a.agency_id = t.lead_agency_id
             WHERE t.proposal_id = p.proposal_id ORDER BY t.round DESC) AS terms,
       ARRAY(SELECT jsonb_build_object(
                 'round', g.round, 'agency_id', g.agency_id, 'answer', g.answer, 'reason', g.reason,
                 'answered_at', g.answered_at)
             FROM join_answer g WHERE g.proposal_id = p.proposal_id
             ORDER BY g.round, g.answered_at) AS answers
FROM join_proposal p
"""
