from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many
from services.inspection.plates.model import Gate


def gates(connection: Connection[Any], premises_ids: Sequence[UUID]) -> list[Gate]:
    """Those that are known, in the order asked for."""
    return many(
        connection,
        Gate,
        """
        SELECT p.premises_id, e.name AS enterprise, p.name, p.address, p.area_code, p.short_code,
               p.active AND e.active AS active
        FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS asked (premises_id, place)
        JOIN premises p USING (premises_id) JOIN enterprise e USING (enterprise_id)
        ORDER BY asked.place
        """,
        {"ids": list(premises_ids)},
    )
