"""SQL of visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from psycopg import Connection

from services.chassis.database import many, one
from services.feedback.visits.model import Visit


@dataclass(frozen=True, kw_only=True)
class ConcludedVisit:
    order_id: UUID
    agency_id: UUID
    agency_name: str | None
    entered_at: datetime | None
    concluded_at: datetime


def upsert(connection: Connection[Any], visits: Sequence[Visit]) -> None:
    connection.execute(
        """
        INSERT INTO visit
        SELECT * FROM jsonb_populate_recordset(NULL::visit, %(rows)s::jsonb) ORDER BY order_id
        ON CONFLICT (order_id) DO UPDATE
        SET version = excluded.version, agency_id = excluded.agency_id, state = excluded.state,
            entered_at = coalesce(excluded.entered_at, visit.entered_at),
            concluded_at = coalesce(excluded.concluded_at, visit.concluded_at)
        WHERE visit.version < excluded.version
        """,
        {"rows": orjson.dumps(list(visits)).decode()},
    )


def of_enterprise(connection: Connection[Any], enterprise_id: UUID, order_id: UUID) -> Visit | None:
    """The visit, if it was made to this enterprise."""
    return one(
        connection,
        Visit,
        "SELECT * FROM visit WHERE order_id = %(order_id)s AND enterprise_id = %(enterprise_id)s",
        {"order_id": order_id, "enterprise_id": enterprise_id},
    )


def concluded_since(
    connection: Connection[Any], enterprise_id: UUID, since: datetime
) -> list[ConcludedVisit]:
    return many(
        connection,
        ConcludedVisit,
        """
        SELECT order_id, visit.agency_id, agency.name AS agency_name, entered_at, concluded_at
        FROM visit LEFT JOIN agency USING (agency_id)
        WHERE enterprise_id = %(enterprise_id)s AND state = 'concluded' AND concluded_at >= %(since)s
        ORDER BY concluded_at DESC, order_id LIMIT 500
        """,
        {"enterprise_id": enterprise_id, "since": since},
    )
