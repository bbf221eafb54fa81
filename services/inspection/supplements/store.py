"""SQL of supplements to receipts. Nothing here changes or deletes a row."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many, one
from services.inspection.supplements.model import SignedReceipt, Supplement

C = Connection[Any]


def signed_receipt(connection: C, order_id: UUID) -> SignedReceipt | None:
    """Of the visit under this order; None while they are inside. The order is locked."""
    return one(
        connection,
        SignedReceipt,
        """
        SELECT receipt_id, token,
               EXISTS (SELECT FROM record d WHERE d.order_id = r.order_id) AS signed_record
        FROM receipt r WHERE order_id = %s AND kind = 'visit'
        """,
        (order_id,),
    )


def insert(connection: C, supplement: Supplement) -> None:
    connection.execute(
        """
        INSERT INTO receipt_supplement (supplement_id, receipt_id, evidence_id, made_at, token)
        VALUES (%(supplement_id)s, %(receipt_id)s, %(evidence_id)s, %(made_at)s, %(token)s)
        """,
        vars(supplement),
    )


def of_receipt(connection: C, receipt_id: UUID) -> list[Supplement]:
    """As they were signed."""
    return many(
        connection,
        Supplement,
        """
        SELECT supplement_id, receipt_id, evidence_id, made_at, token FROM receipt_supplement
        WHERE receipt_id = %s ORDER BY supplement_id
        """,
        (receipt_id,),
    )
