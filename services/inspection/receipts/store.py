"""SQL of receipts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection

from services.chassis.database import many, one
from services.inspection.receipts.model import OwnReceipt, Receipt, Scene

C = Connection[Any]


def insert(connection: C, receipt: Receipt) -> None:
    connection.execute(
        """
        INSERT INTO receipt (receipt_id, kind, about, order_id, made_at, token)
        VALUES (%(receipt_id)s, %(kind)s, %(about)s, %(order_id)s, %(made_at)s, %(token)s)
        """,
        vars(receipt),
    )


def receipt(connection: C, receipt_id: UUID) -> Receipt | None:
    return one(
        connection,
        Receipt,
        "SELECT receipt_id, kind, about, order_id, made_at, token FROM receipt WHERE receipt_id = %s",
        (receipt_id,),
    )


def of_enterprise(connection: C, enterprise_id: UUID, *, limit: int, after: UUID | None) -> list[OwnReceipt]:
    return many(
        connection,
        OwnReceipt,
        """
        WITH happened AS (
            SELECT entry_id AS about, entered_at AS happened_at FROM entry WHERE enterprise_id = %(enterprise_id)s
            UNION ALL
            SELECT refusal_id, refused_at FROM visit_refusal WHERE enterprise_id = %(enterprise_id)s)
        SELECT receipt_id, kind, order_id, o.agency_id, a.name AS agency_name, happened_at
        FROM happened JOIN receipt USING (about)
        LEFT JOIN orders o USING (order_id) LEFT JOIN agency a ON a.agency_id = o.agency_id
        WHERE %(after)s::uuid IS NULL OR receipt_id < %(after)s
        ORDER BY receipt_id DESC LIMIT %(limit)s
        """,
        {"enterprise_id": enterprise_id, "after": after, "limit": limit},
    )


def scene(connection: C, *, premises_id: UUID, order_id: UUID | None, entry_id: UUID | None) -> Scene:
    """As the replica knows it; those who were there with an entry, those named in the order without one."""
    row = connection.execute(
        _SCENE, {"premises_id": premises_id, "order_id": order_id, "entry_id": entry_id}
    ).fetchone()
    assert row is not None
    return msgspec.convert(row, Scene)


_SCENE = """
SELECT COALESCE((SELECT jsonb_build_object('name', e.name, 'uscc', e.uscc)
                 FROM premises p JOIN enterprise e USING (enterprise_id)
                 WHERE p.premises_id = %(premises_id)s), '{}') AS enterprise,
       COALESCE((SELECT jsonb_build_object('name', p.name, 'address', p.address) FROM premises p
                 WHERE p.premises_id = %(premises_id)s), '{}') AS premises,
       (SELECT jsonb_build_object(
            'order_id', o.order_id, 'trigger', o.trigger, 'starts_on', o.starts_on, 'ends_on', o.ends_on,
            'notice_read_at', (SELECT read_at FROM notice_reading n WHERE n.order_id = o.order_id),
            'agencies', ARRAY(SELECT a.name FROM order_agency oa JOIN agency a USING (agency_id)
                              WHERE oa.order_id = o.order_id ORDER BY oa.leads DESC, a.name),
            'items', ARRAY(SELECT jsonb_build_object('code', i.code, 'name', i.name, 'legal_basis', i.legal_basis)
                           FROM order_item oi JOIN item i USING (item_id)
                           WHERE oi.order_id = o.order_id ORDER BY i.code))
        FROM orders o WHERE o.order_id = %(order_id)s) AS order,
       ARRAY(SELECT jsonb_build_object('name', i.name, 'certificate_number', i.certificate_number, 'kind', i.kind,
                                       'agency', a.name)
             FROM (SELECT inspector_id FROM entry_inspector WHERE entry_id = %(entry_id)s
                   UNION SELECT inspector_id FROM order_inspector
                   WHERE order_id = %(order_id)s AND %(entry_id)s::uuid IS NULL) AS there
             JOIN inspector i USING (inspector_id) LEFT JOIN agency a USING (agency_id)
             ORDER BY i.kind DESC, i.name) AS inspectors,
       (SELECT jsonb_build_object('answers', count(*), 'problems', count(*) FILTER (WHERE finding = 'problem'))
        FROM record_answer WHERE order_id = %(order_id)s HAVING count(*) > 0) AS record,
       ARRAY(SELECT sha256 FROM evidence WHERE order_id = %(order_id)s ORDER BY evidence_id) AS evidence
"""
