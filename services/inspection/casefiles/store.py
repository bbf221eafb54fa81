"""SQL of case files: what no other feature reads of one order, in two statements whatever its size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection

from services.inspection.casefiles.model import Happened

C = Connection[Any]
_AT_ONCE = 4
"""Pictures on their way from the database at the same moment."""


def happened(connection: C, order_id: UUID) -> Happened:
    row = connection.execute(_HAPPENED, {"order_id": order_id}).fetchone()
    assert row is not None
    return msgspec.convert(row, Happened)


def pictures(connection: C, order_id: UUID) -> Iterator[tuple[UUID, bytes]]:
    """As they were added. They come a few at a time: all of an order may be 150 MB."""
    with connection.cursor(name="pictures") as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(
            "SELECT evidence_id, content FROM evidence WHERE order_id = %s ORDER BY evidence_id", (order_id,)
        )
        for row in cursor:
            yield row["evidence_id"], bytes(row["content"])


_HAPPENED = """
SELECT COALESCE(
         (SELECT jsonb_build_object('kind', 'campaign', 'name', c.name, 'number', c.filing_number)
          FROM campaign c WHERE c.campaign_id = o.campaign_id),
         (SELECT jsonb_build_object('kind', 'draw', 'name', d.purpose, 'number', d.number::text)
          FROM draw d WHERE d.draw_id = o.draw_id)) AS ground,
       (SELECT jsonb_build_object(
            'entry_id', e.entry_id, 'entered_at', e.entered_at, 'received_at', e.received_at, 'online', e.online,
            'offline_reason', e.offline_reason, 'searched_reason', e.searched_reason, 'distance', e.distance,
            'flags', e.flags, 'left_at', e.left_at,
            'inspectors', ARRAY(SELECT jsonb_build_object('inspector_id', p.inspector_id, 'name', i.name,
                                       'certificate_number', i.certificate_number, 'kind', i.kind, 'agency', a.name)
                                FROM entry_inspector p LEFT JOIN inspector i USING (inspector_id)
                                LEFT JOIN agency a USING (agency_id)
                                WHERE p.entry_id = e.entry_id ORDER BY i.kind DESC, i.name))
        FROM entry e WHERE e.order_id = o.order_id) AS visit,
       ARRAY(SELECT jsonb_build_object('refusal_id', r.refusal_id, 'rule', r.rule, 'reason', r.reason,
                                       'refused_at', r.refused_at, 'times', r.times, 'inspector', i.name,
                                       'findings', r.findings)
             FROM entry_refusal r LEFT JOIN inspector i USING (inspector_id)
             WHERE r.order_id = o.order_id ORDER BY r.refusal_id) AS turned_away,
       ARRAY(SELECT jsonb_build_object('refusal_id', v.refusal_id, 'ground', v.ground, 'words', v.words,
                                       'supported', v.supported, 'refused_at', v.refused_at)
             FROM visit_refusal v WHERE v.order_id = o.order_id ORDER BY v.refusal_id) AS refused,
       ARRAY(SELECT jsonb_build_object('sheet_id', s.sheet_id, 'kind', s.kind, 'made_at', s.made_at, 'token', s.token)
             FROM (SELECT receipt_id AS sheet_id, kind, made_at, token FROM receipt WHERE order_id = o.order_id
                   UNION ALL
                   SELECT p.supplement_id, 'supplement', p.made_at, p.token
                   FROM receipt_supplement p JOIN receipt r USING (receipt_id) WHERE r.order_id = o.order_id) AS s
             ORDER BY s.made_at, s.sheet_id) AS sheets
FROM orders o WHERE o.order_id = %(order_id)s
"""
