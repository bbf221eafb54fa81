from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.database import one
from services.registry.access.model import TRIES, Outgoing


def addressee(connection: Connection[DictRow], uscc: str) -> UUID | None:
    """The enterprise that has a contact to send to."""
    row = connection.execute(
        "SELECT enterprise_id FROM enterprise WHERE uscc = %s AND active AND contact_cipher IS NOT NULL",
        (uscc,),
    ).fetchone()
    return row["enterprise_id"] if row else None


def lock_code(connection: Connection[DictRow], uscc: str) -> None:
    """Requests for one code queue up, so that a quota cannot be raced past."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"access {uscc}",))


def requested_since(connection: Connection[DictRow], uscc: str, since: datetime) -> int:
    row = connection.execute(
        "SELECT count(*) AS requests FROM access_code WHERE uscc = %s AND requested_at > %s", (uscc, since)
    ).fetchone()
    assert row is not None
    return row["requests"]


def insert(connection: Connection[DictRow], code: dict[str, Any]) -> None:
    connection.execute(
        """
        INSERT INTO access_code (request_id, uscc, enterprise_id, code_hash, code_cipher, requested_at, expires_at)
        VALUES (%(request_id)s, %(uscc)s, %(enterprise_id)s, %(code_hash)s, %(code_cipher)s, %(requested_at)s,
                %(expires_at)s)
        """,
        code,
    )


def outgoing(connection: Connection[DictRow], request_id: UUID) -> Outgoing | None:
    return one(
        connection,
        Outgoing,
        """
        SELECT c.code_cipher, c.expires_at, e.uscc, e.contact_cipher
        FROM access_code c LEFT JOIN enterprise e ON e.enterprise_id = c.enterprise_id AND e.active
        WHERE c.request_id = %s AND c.code_cipher IS NOT NULL AND c.used_at IS NULL
        """,
        (request_id,),
    )


def forget_code(connection: Connection[DictRow], request_id: UUID) -> None:
    """Its hash stays, to try it against."""
    connection.execute("UPDATE access_code SET code_cipher = NULL WHERE request_id = %s", (request_id,))


def try_code(connection: Connection[DictRow], request_id: UUID, now: datetime) -> DictRow | None:
    """Spends one try; None when there is nothing left to try."""
    return connection.execute(
        """
        UPDATE access_code SET tries = tries + 1
        WHERE request_id = %(request_id)s AND used_at IS NULL AND tries < %(tries)s AND expires_at > %(now)s
        RETURNING code_hash, enterprise_id, tries
        """,
        {"request_id": request_id, "tries": TRIES, "now": now},
    ).fetchone()


def spend(connection: Connection[DictRow], request_id: UUID, now: datetime) -> None:
    connection.execute("UPDATE access_code SET used_at = %s WHERE request_id = %s", (now, request_id))


def enterprise(connection: Connection[DictRow], enterprise_id: UUID) -> DictRow | None:
    return connection.execute(
        "SELECT enterprise_id, name, area_code FROM enterprise WHERE enterprise_id = %s AND active",
        (enterprise_id,),
    ).fetchone()


def forget_old(connection: Connection[DictRow]) -> None:
    connection.execute("DELETE FROM access_code WHERE requested_at < now() - interval '2 days'")
