"""SQL of records."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many
from services.inspection.records.model import Answer, Question, Record, Signature

C = Connection[Any]


def checklist(connection: C, order_id: UUID) -> list[Question]:
    """In the order of items and of questions within them."""
    return many(
        connection,
        Question,
        """
        SELECT o.item_id, q.question ->> 'question_id' AS question_id, q.question ->> 'text' AS text,
               COALESCE(q.question ->> 'basis', '') AS basis
        FROM order_item o
        JOIN checklist c ON c.item_id = o.item_id AND c.checklist_version = o.checklist_version
        CROSS JOIN LATERAL jsonb_array_elements(c.questions) WITH ORDINALITY AS q (question, nth)
        WHERE o.order_id = %s ORDER BY o.item_id, q.nth
        """,
        (order_id,),
    )


def was_there(connection: C, order_id: UUID, inspector_id: UUID) -> bool:
    """Whether this inspector (not an assistant: they never sign) entered under the order."""
    row = connection.execute(
        """
        SELECT FROM entry e
        JOIN entry_inspector p ON p.entry_id = e.entry_id
        LEFT JOIN inspector i ON i.inspector_id = p.inspector_id
        WHERE e.order_id = %s AND p.inspector_id = %s AND i.kind IS DISTINCT FROM 'assistant'
        """,
        (order_id, inspector_id),
    ).fetchone()
    return row is not None


def has_left(connection: C, order_id: UUID) -> bool:
    row = connection.execute(
        "SELECT FROM entry WHERE order_id = %s AND left_at IS NOT NULL", (order_id,)
    ).fetchone()
    return row is not None


def insert(connection: C, record: Record) -> None:
    """The record with all its answers; one round trip."""
    signature, answers = record.signature, record.answers
    connection.execute(
        """
        WITH made AS (
            INSERT INTO record (order_id, made_by, name, made_at, statement, signed_by, refusal_reason, witness,
                                evidence)
            VALUES (%(order_id)s, %(made_by)s, %(name)s, %(made_at)s, %(statement)s, %(signed_by)s,
                    %(refusal_reason)s, %(witness)s, %(evidence)s))
        INSERT INTO record_answer (order_id, item_id, question_id, finding, note)
        SELECT %(order_id)s, given.* FROM unnest(
            %(items)s::uuid[], %(questions)s::text[], %(findings)s::text[], %(notes)s::text[]) AS given
        """,
        {
            "order_id": record.order_id,
            "made_by": record.made_by,
            "name": record.name,
            "made_at": record.made_at,
            "statement": record.statement,
            "signed_by": signature.signed_by,
            "refusal_reason": signature.refusal_reason,
            "witness": signature.witness,
            "evidence": list(record.evidence),
            "items": [answer.item_id for answer in answers],
            "questions": [answer.question_id for answer in answers],
            "findings": [answer.finding for answer in answers],
            "notes": [answer.note for answer in answers],
        },
    )


def gathered(connection: C, order_id: UUID) -> tuple[str, ...]:
    """Hashes of the order's evidence, as it was added."""
    rows = connection.execute(
        "SELECT sha256 FROM evidence WHERE order_id = %s ORDER BY evidence_id", (order_id,)
    ).fetchall()
    return tuple(dict.fromkeys(row["sha256"] for row in rows))


def record(connection: C, order_id: UUID) -> Record | None:
    row = connection.execute(
        """
        SELECT order_id, made_by, name, made_at, statement, signed_by, refusal_reason, witness, evidence
        FROM record WHERE order_id = %s
        """,
        (order_id,),
    ).fetchone()
    if row is None:
        return None
    answers = many(
        connection,
        Answer,
        "SELECT item_id, question_id, finding, note FROM record_answer WHERE order_id = %s ORDER BY item_id, question_id",
        (order_id,),
    )
    signature = Signature(**{name: row.pop(name) for name in ("signed_by", "refusal_reason", "witness")})
    return Record(**row, signature=signature, answers=tuple(answers))


def sees(connection: C, order_id: UUID, *, agency_id: UUID | None, sees_all: bool) -> bool:
    row = connection.execute(
        """
        SELECT FROM orders o WHERE o.order_id = %(order_id)s AND (%(sees_all)s OR EXISTS (
            SELECT FROM order_agency a WHERE a.order_id = o.order_id AND a.agency_id = %(agency_id)s))
        """,
        {"order_id": order_id, "agency_id": agency_id, "sees_all": sees_all},
    ).fetchone()
    return row is not None
