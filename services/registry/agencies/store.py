from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.database import many, one
from services.registry.agencies.model import Agency, AgencyDraft

_COLUMNS = "agency_id, version, name, level, domain, area_code, entrusted_by, lead_industries, active"


def insert(connection: Connection[DictRow], agency_id: UUID, draft: AgencyDraft) -> None:
    connection.execute(
        """
        INSERT INTO agency (agency_id, name, level, domain, area_code, entrusted_by, lead_industries, active)
        VALUES (%(agency_id)s, %(name)s, %(level)s, %(domain)s, %(area_code)s, %(entrusted_by)s,
                %(lead_industries)s, %(active)s)
        """,
        _row(agency_id, draft),
    )


def update(connection: Connection[DictRow], agency_id: UUID, draft: AgencyDraft) -> None:
    connection.execute(
        """
        UPDATE agency
        SET version = version + 1, updated_at = now(), name = %(name)s, level = %(level)s,
            domain = %(domain)s, area_code = %(area_code)s, entrusted_by = %(entrusted_by)s,
            lead_industries = %(lead_industries)s, active = %(active)s
        WHERE agency_id = %(agency_id)s
        """,
        _row(agency_id, draft),
    )


def get(connection: Connection[DictRow], agency_id: UUID) -> Agency | None:
    return one(connection, Agency, f"SELECT {_COLUMNS} FROM agency WHERE agency_id = %s", (agency_id,))


def lock(connection: Connection[DictRow], agency_id: UUID) -> Agency | None:
    return one(
        connection, Agency, f"SELECT {_COLUMNS} FROM agency WHERE agency_id = %s FOR UPDATE", (agency_id,)
    )


def page(connection: Connection[DictRow], after: UUID | None, limit: int, q: str | None) -> list[Agency]:
    return many(
        connection,
        Agency,
        f"""
        SELECT {_COLUMNS} FROM agency
        WHERE (%(after)s::uuid IS NULL OR agency_id > %(after)s)
          AND (%(q)s::text IS NULL OR strpos(name, %(q)s) > 0)
        ORDER BY agency_id LIMIT %(limit)s
        """,
        {"after": after, "limit": limit, "q": q},
    )


def _row(agency_id: UUID, draft: AgencyDraft) -> dict[str, Any]:
    return asdict(draft) | {"agency_id": agency_id, "lead_industries": list(draft.lead_industries)}
