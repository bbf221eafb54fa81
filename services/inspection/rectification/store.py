"""SQL of rectifications."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many
from services.inspection.rectification.model import Proof, Recheck, Rectifying

C = Connection[Any]


def insert_proof(connection: C, proof: Proof) -> None:
    connection.execute(
        """
        INSERT INTO rectification_proof (proof_id, order_id, words, photos, sent_by, sent_at)
        VALUES (%(proof_id)s, %(order_id)s, %(words)s, %(photos)s, %(sent_by)s, %(sent_at)s)
        """,
        asdict(proof) | {"photos": list(proof.photos)},
    )


def insert_recheck(connection: C, recheck: Recheck) -> None:
    connection.execute(
        """
        INSERT INTO recheck (recheck_id, order_id, mode, passed, note, due_on, made_under, by, name, at)
        VALUES (%(recheck_id)s, %(order_id)s, %(mode)s, %(passed)s, %(note)s, %(due_on)s, %(made_under)s, %(by)s,
                %(name)s, %(at)s)
        """,
        asdict(recheck),
    )


def proofs(connection: C, order_id: UUID) -> list[Proof]:
    return many(
        connection,
        Proof,
        """
        SELECT proof_id, order_id, words, photos, sent_by, sent_at FROM rectification_proof
        WHERE order_id = %s ORDER BY proof_id
        """,
        (order_id,),
    )


def rechecks(connection: C, order_id: UUID) -> list[Recheck]:
    return many(
        connection,
        Recheck,
        """
        SELECT recheck_id, order_id, mode, passed, note, due_on, made_under, by, name, at FROM recheck
        WHERE order_id = %s ORDER BY recheck_id
        """,
        (order_id,),
    )


_RECTIFYING: LiteralString = """
SELECT o.order_id, o.version, o.agency_id, a.name AS agency, o.enterprise_id, o.premises_id,
       (SELECT p.address FROM premises p WHERE p.premises_id = o.premises_id) AS address,
       o.rectification_due_on AS due_on, o.concluded_at, 'rectification' = ANY (o.overdue) AS overdue,
       (SELECT count(*) FROM rectification_proof r WHERE r.order_id = o.order_id) AS proofs
FROM orders o LEFT JOIN agency a USING (agency_id)
WHERE o.state = 'rectifying' AND o.enterprise_id = %(enterprise_id)s
ORDER BY o.rectification_due_on, o.order_id LIMIT 200
"""


def of_enterprise(connection: C, enterprise_id: UUID) -> list[Rectifying]:
    return many(connection, Rectifying, _RECTIFYING, {"enterprise_id": enterprise_id})
