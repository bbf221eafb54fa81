"""SQL of evidence. Nothing here changes or deletes a row: evidence stays."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many, one
from services.inspection.evidence.model import About, Evidence

C = Connection[Any]
_COLUMNS = """
    e.evidence_id, e.order_id, e.kind, e.media_type, e.item_id, e.question_id, e.taken_at, e.added_at, e.added_by,
    e.sha256, e.stored_sha256, e.size,
    COALESCE((SELECT e.sha256 <> ALL (r.evidence) FROM record r WHERE r.order_id = e.order_id), false) AS after_record,
    (SELECT s.supplement_id FROM receipt_supplement s WHERE s.evidence_id = e.evidence_id) AS supplement_id
"""


def insert(connection: C, evidence: Evidence, content: bytes) -> None:
    connection.execute(
        """
        INSERT INTO evidence (evidence_id, order_id, kind, media_type, item_id, question_id, taken_at, added_at,
                              added_by, sha256, stored_sha256, size, content)
        VALUES (%(evidence_id)s, %(order_id)s, %(kind)s, %(media_type)s, %(item_id)s, %(question_id)s, %(taken_at)s,
                %(added_at)s, %(added_by)s, %(sha256)s, %(stored_sha256)s, %(size)s, %(content)s)
        """,
        vars(evidence) | {"content": content},
    )


def same(connection: C, order_id: UUID, sha256: str, about: About) -> Evidence | None:
    """These bytes, sent before for the same purpose."""
    return one(
        connection,
        Evidence,
        f"""
        SELECT {_COLUMNS} FROM evidence e
        WHERE e.order_id = %(order_id)s AND sha256 = %(sha256)s AND kind = %(kind)s
          AND item_id IS NOT DISTINCT FROM %(item_id)s AND question_id IS NOT DISTINCT FROM %(question_id)s
        """,
        vars(about) | {"order_id": order_id, "sha256": sha256},
    )


def of_order(connection: C, order_id: UUID) -> list[Evidence]:
    """As it was added."""
    return many(
        connection,
        Evidence,
        f"SELECT {_COLUMNS} FROM evidence e WHERE e.order_id = %s ORDER BY evidence_id",
        (order_id,),
    )


def visible(
    connection: C, evidence_id: UUID, *, agency_id: UUID | None, sees_all: bool
) -> tuple[Evidence, bytes] | None:
    """With its content, if the agency takes part in its order or the caller sees all."""
    row = connection.execute(
        f"""
        SELECT {_COLUMNS}, e.content FROM evidence e
        WHERE e.evidence_id = %(evidence_id)s AND (%(sees_all)s OR EXISTS (
            SELECT FROM order_agency a WHERE a.order_id = e.order_id AND a.agency_id = %(agency_id)s))
        """,
        {"evidence_id": evidence_id, "agency_id": agency_id, "sees_all": sees_all},
    ).fetchone()
    if row is None:
        return None
    content = bytes(row.pop("content"))
    return Evidence(**row), content


def takes_part(connection: C, order_id: UUID, inspector_id: UUID) -> bool:
    """Whether the inspector is named in the order, or entered under it."""
    row = connection.execute(
        """
        SELECT FROM order_inspector WHERE order_id = %(order_id)s AND inspector_id = %(inspector_id)s
        UNION ALL
        SELECT FROM entry e JOIN entry_inspector i USING (entry_id)
        WHERE e.order_id = %(order_id)s AND i.inspector_id = %(inspector_id)s
        """,
        {"order_id": order_id, "inspector_id": inspector_id},
    ).fetchone()
    return row is not None
