from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.database import many, one
from services.registry.inspectors.model import Inspector, InspectorDraft

_COLUMNS = """inspector_id, version, agency_id, name, certificate_number, kind, scope,
    valid_from, valid_until, active,
    (SELECT sha256 FROM inspector_photo p WHERE p.inspector_id = inspector.inspector_id) AS photo"""


def insert(connection: Connection[DictRow], inspector_id: UUID, draft: InspectorDraft) -> None:
    connection.execute(
        """
        INSERT INTO inspector (inspector_id, agency_id, name, certificate_number, kind, scope,
                               valid_from, valid_until, active)
        VALUES (%(inspector_id)s, %(agency_id)s, %(name)s, %(certificate_number)s, %(kind)s, %(scope)s,
                %(valid_from)s, %(valid_until)s, %(active)s)
        """,
        _row(inspector_id, draft),
    )


def update(connection: Connection[DictRow], inspector_id: UUID, draft: InspectorDraft) -> None:
    connection.execute(
        """
        UPDATE inspector
        SET version = version + 1, updated_at = now(), agency_id = %(agency_id)s, name = %(name)s,
            certificate_number = %(certificate_number)s, kind = %(kind)s, scope = %(scope)s,
            valid_from = %(valid_from)s, valid_until = %(valid_until)s, active = %(active)s
        WHERE inspector_id = %(inspector_id)s
        """,
        _row(inspector_id, draft),
    )


def get(connection: Connection[DictRow], inspector_id: UUID, agency: UUID | None = None) -> Inspector | None:
    """`agency` bounds what is found to the people of one agency."""
    return one(
        connection,
        Inspector,
        f"""
        SELECT {_COLUMNS} FROM inspector
        WHERE inspector_id = %(inspector_id)s AND (%(agency)s::uuid IS NULL OR agency_id = %(agency)s)
        """,
        {"inspector_id": inspector_id, "agency": agency},
    )


def lock(connection: Connection[DictRow], inspector_id: UUID) -> Inspector | None:
    return one(
        connection,
        Inspector,
        f"SELECT {_COLUMNS} FROM inspector WHERE inspector_id = %s FOR UPDATE",
        (inspector_id,),
    )


def page(
    connection: Connection[DictRow], after: UUID | None, limit: int, agency: UUID | None, q: str | None
) -> list[Inspector]:
    return many(
        connection,
        Inspector,
        f"""
        SELECT {_COLUMNS} FROM inspector
        WHERE (%(after)s::uuid IS NULL OR inspector_id > %(after)s)
          AND (%(agency)s::uuid IS NULL OR agency_id = %(agency)s)
          AND (%(q)s::text IS NULL OR strpos(name, %(q)s) > 0 OR certificate_number = %(q)s)
        ORDER BY inspector_id LIMIT %(limit)s
        """,
        {"after": after, "agency": agency, "q": q, "limit": limit},
    )


def _row(inspector_id: UUID, draft: InspectorDraft) -> dict[str, Any]:
    return asdict(draft) | {"inspector_id": inspector_id, "scope": list(draft.scope)}
