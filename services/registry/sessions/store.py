from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.database import one
from services.registry.sessions.model import LoginSession

C = Connection[DictRow]


def insert(connection: C, session: LoginSession) -> None:
    connection.execute(
        """
        INSERT INTO login_session (session_id, account_id, secret_hash, former_hash, changed_at, began_at, expires_at)
        VALUES (%(session_id)s, %(account_id)s, %(secret_hash)s, %(former_hash)s, %(changed_at)s, %(began_at)s,
                %(expires_at)s)
        """,
        asdict(session),
    )


def lock(connection: C, session_id: UUID, now: datetime) -> LoginSession | None:
    return one(
        connection,
        LoginSession,
        """
        SELECT session_id, account_id, secret_hash, former_hash, changed_at, began_at, expires_at
        FROM login_session WHERE session_id = %(session_id)s AND expires_at > %(now)s FOR UPDATE
        """,
        {"session_id": session_id, "now": now},
    )


def change(connection: C, session: LoginSession) -> None:
    connection.execute(
        """
        UPDATE login_session
        SET secret_hash = %(secret_hash)s, former_hash = %(former_hash)s, changed_at = %(changed_at)s,
            expires_at = %(expires_at)s
        WHERE session_id = %(session_id)s
        """,
        asdict(session),
    )


def end(connection: C, session_id: UUID) -> None:
    connection.execute("DELETE FROM login_session WHERE session_id = %s", (session_id,))


def end_all(connection: C, account_id: UUID) -> None:
    connection.execute("DELETE FROM login_session WHERE account_id = %s", (account_id,))


def forget_old(connection: C) -> None:
    connection.execute("DELETE FROM login_session WHERE expires_at < now()")
