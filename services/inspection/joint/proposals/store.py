"""SQL of proposals. None of these commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from services.chassis.database import many, one
from services.chassis.errors import NotFound
from services.inspection.joint.proposals.model import JoinProposal, Terms

C = Connection[Any]


def insert(connection: C, proposal: JoinProposal) -> None:
    connection.execute(
        """
        WITH proposal AS (
            INSERT INTO join_proposal (proposal_id, version, round, state, enterprise_id, premises_id, proposed_by,
                                       proposed_by_agency_id, proposed_at)
            VALUES (%(proposal_id)s, %(version)s, %(round)s, %(state)s, %(enterprise_id)s, %(premises_id)s,
                    %(proposed_by)s, %(proposed_by_agency_id)s, %(proposed_at)s)),
        agencies AS (
            INSERT INTO join_proposal_agency (proposal_id, agency_id)
            SELECT %(proposal_id)s, agency_id FROM unnest(%(agencies)s::uuid[]) AS agency_id)
        INSERT INTO join_proposal_order (proposal_id, order_id, place, revision)
        SELECT %(proposal_id)s, order_id, place, revision
        FROM unnest(%(orders)s::uuid[], %(revisions)s::int[]) WITH ORDINALITY AS given (order_id, revision, place)
        """,
        asdict(proposal)
        | {
            "agencies": list(proposal.agencies),
            "orders": list(proposal.orders),
            "revisions": list(proposal.orders.values()),
        },
    )


def save(connection: C, proposal: JoinProposal) -> None:
    connection.execute(
        """
        UPDATE join_proposal SET
            version = %(version)s, round = %(round)s, state = %(state)s, settled_by = %(settled_by)s,
            settled_at = %(settled_at)s, by_coordinator = %(by_coordinator)s, reason = %(reason)s,
            joint_order_id = %(joint_order_id)s
        WHERE proposal_id = %(proposal_id)s
        """,
        asdict(proposal),
    )


def insert_terms(connection: C, proposal_id: UUID, terms: Terms) -> None:
    connection.execute(
        """
        INSERT INTO join_terms (proposal_id, round, lead_agency_id, starts_on, ends_on, inspectors, note, reasons,
                                offered_by, agency_id, offered_at)
        VALUES (%(proposal_id)s, %(round)s, %(lead_agency_id)s, %(starts_on)s, %(ends_on)s, %(inspectors)s,
                %(note)s, %(reasons)s, %(offered_by)s, %(agency_id)s, %(offered_at)s)
        """,
        asdict(terms)
        | {
            "proposal_id": proposal_id,
            "inspectors": list(terms.inspectors),
            "reasons": Jsonb(dict(terms.reasons)),
        },
    )


def put_answer(
    connection: C,
    proposal: JoinProposal,
    agency_id: UUID,
    answer: str,
    reason: str,
    by: UUID,
    at: datetime,
) -> None:
    """An agency may think again as long as the proposal is open."""
    connection.execute(
        """
        INSERT INTO join_answer (proposal_id, round, agency_id, answer, reason, answered_by, answered_at)
        VALUES (%(proposal_id)s, %(round)s, %(agency_id)s, %(answer)s, %(reason)s, %(by)s, %(at)s)
        ON CONFLICT (proposal_id, round, agency_id) DO UPDATE
        SET answer = excluded.answer, reason = excluded.reason, answered_by = excluded.answered_by,
            answered_at = excluded.answered_at
        """,
        {
            "proposal_id": proposal.proposal_id,
            "round": proposal.round,
            "agency_id": agency_id,
            "answer": answer,
            "reason": reason,
            "by": by,
            "at": at,
        },
    )


def enterprise_of(connection: C, proposal_id: UUID) -> UUID:
    """It never changes. Raises NotFound."""
    row = connection.execute(
        "SELECT enterprise_id FROM join_proposal WHERE proposal_id = %s", (proposal_id,)
    ).fetchone()
    if row is None:
        raise NotFound("proposal", proposal_id)
    return row["enterprise_id"]


_PROPOSAL = """
SELECT p.*,
       (SELECT json_object_agg(order_id, revision ORDER BY place) FROM join_proposal_order o
        WHERE o.proposal_id = p.proposal_id) AS orders,
       ARRAY(SELECT agency_id FROM join_proposal_agency a
             WHERE a.proposal_id = p.proposal_id ORDER BY agency_id) AS agencies,
       ARRAY(SELECT agency_id FROM join_answer a
             WHERE a.proposal_id = p.proposal_id AND a.round = p.round AND a.answer = 'accepted') AS accepted
FROM join_proposal p
"""


def lock(connection: C, proposal_id: UUID) -> JoinProposal:
    """Ours until the end of the transaction; read again afterwards, since answers lie in rows of their own.
    Raises NotFound."""
    connection.execute("SELECT FROM join_proposal WHERE proposal_id = %s FOR NO KEY UPDATE", (proposal_id,))
    proposal = one(connection, JoinProposal, _PROPOSAL + "WHERE p.proposal_id = %s", (proposal_id,))
    if proposal is None:
        raise NotFound("proposal", proposal_id)
    return proposal


def terms(connection: C, proposal: JoinProposal) -> Terms:
    found = one(
        connection,
        Terms,
        """
        SELECT round, lead_agency_id, starts_on, ends_on, inspectors, note, reasons, offered_by, agency_id, offered_at
        FROM join_terms WHERE proposal_id = %s AND round = %s
        """,
        (proposal.proposal_id, proposal.round),
    )
    assert found is not None
    return found


def open_with(connection: C, orders: Sequence[UUID]) -> list[JoinProposal]:
    """Open proposals that name one of these orders, of a locked enterprise."""
    return many(
        connection,
        JoinProposal,
        _PROPOSAL
        + """
        WHERE p.state = 'open' AND p.proposal_id IN (
            SELECT proposal_id FROM join_proposal_order WHERE order_id = ANY (%(orders)s))
        ORDER BY p.proposal_id FOR NO KEY UPDATE OF p
        """,
        {"orders": list(orders)},
    )


def lock_lapsed(connection: C, today: date, limit: int) -> list[JoinProposal]:
    """Open proposals of which an order says something else by now, can no longer be joined, or whose window is
    over; those that someone is answering are left for the next run."""
    return many(
        connection,
        JoinProposal,
        _PROPOSAL
        + """
        WHERE p.state = 'open' AND (
            EXISTS (
                SELECT FROM join_proposal_order named JOIN orders o USING (order_id)
                WHERE named.proposal_id = p.proposal_id AND (
                    o.revision <> named.revision OR NOT (o.open OR o.state = 'drafted')))
            OR EXISTS (
                SELECT FROM join_terms t
                WHERE t.proposal_id = p.proposal_id AND t.round = p.round AND t.ends_on < %(today)s))
        ORDER BY p.proposal_id LIMIT %(limit)s FOR NO KEY UPDATE OF p SKIP LOCKED
        """,
        {"today": today, "limit": limit},
    )
