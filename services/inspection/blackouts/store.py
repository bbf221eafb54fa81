"""SQL of blackouts."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many, one
from services.inspection.blackouts.model import Blackout

C = Connection[Any]


def standing(connection: C, enterprise_id: UUID, since: date) -> list[Blackout]:
    """Those not taken back that end on `since` or later, in their order."""
    return many(
        connection,
        Blackout,
        """
        SELECT blackout_id, version, enterprise_id, starts_on, ends_on, note, active FROM blackout
        WHERE enterprise_id = %s AND active AND ends_on >= %s ORDER BY starts_on
        """,
        (enterprise_id, since),
    )


def lock(connection: C, blackout_id: UUID, enterprise_id: UUID) -> Blackout | None:
    """One of this enterprise, ours until the end of the transaction."""
    return one(
        connection,
        Blackout,
        """
        SELECT blackout_id, version, enterprise_id, starts_on, ends_on, note, active FROM blackout
        WHERE blackout_id = %s AND enterprise_id = %s FOR NO KEY UPDATE
        """,
        (blackout_id, enterprise_id),
    )


def insert(connection: C, blackout: Blackout) -> None:
    connection.execute(
        """
        INSERT INTO blackout (blackout_id, version, enterprise_id, starts_on, ends_on, note, active)
        VALUES (%(blackout_id)s, %(version)s, %(enterprise_id)s, %(starts_on)s, %(ends_on)s, %(note)s, %(active)s)
        """,
        vars(blackout),
    )


def take_back(connection: C, blackout: Blackout) -> None:
    connection.execute(
        "UPDATE blackout SET version = %(version)s, active = false WHERE blackout_id = %(blackout_id)s",
        vars(blackout),
    )


def area_of(connection: C, enterprise_id: UUID) -> str | None:
    """None for an enterprise the replica does not know (yet)."""
    row = connection.execute(
        "SELECT area_code FROM enterprise WHERE enterprise_id = %s", (enterprise_id,)
    ).fetchone()
    return row["area_code"] if row else None
