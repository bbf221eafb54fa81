from __future__ import annotations

from dataclasses import asdict
from typing import Any, LiteralString
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import DictRow

from services.registry.accounts.model import Account, AccountDraft

_SHOWN: LiteralString = """a.account_id, a.version, a.username, a.name, a.roles, a.agency_id,
    a.inspector_id, a.active, g.area_code"""
_FROM: LiteralString = "account a LEFT JOIN agency g USING (agency_id)"


def insert(
    connection: Connection[DictRow], account_id: UUID, draft: AccountDraft, password_hash: str
) -> None:
    connection.execute(
        """
        INSERT INTO account (account_id, username, password_hash, name, roles, agency_id, inspector_id, active)
        VALUES (%(account_id)s, %(username)s, %(password_hash)s, %(name)s, %(roles)s, %(agency_id)s,
                %(inspector_id)s, %(active)s)
        """,
        _row(account_id, draft) | {"password_hash": password_hash},
    )


def update(connection: Connection[DictRow], account_id: UUID, draft: AccountDraft) -> None:
    connection.execute(
        """
        UPDATE account
        SET version = version + 1, username = %(username)s, name = %(name)s, roles = %(roles)s,
            agency_id = %(agency_id)s, inspector_id = %(inspector_id)s, active = %(active)s
        WHERE account_id = %(account_id)s
        """,
        _row(account_id, draft),
    )


def put_password(connection: Connection[DictRow], account_id: UUID, password_hash: str) -> None:
    connection.execute(
        "UPDATE account SET password_hash = %s, version = version + 1 WHERE account_id = %s",
        (password_hash, account_id),
    )


def renew_hash(connection: Connection[DictRow], account_id: UUID, known: str, fresh: str) -> None:
    """The same password hashed anew; a password changed meanwhile stays."""
    connection.execute(
        "UPDATE account SET password_hash = %s WHERE account_id = %s AND password_hash = %s",
        (fresh, account_id, known),
    )


def get(connection: Connection[DictRow], account_id: UUID) -> Account | None:
    row = connection.execute(
        f"SELECT {_SHOWN} FROM {_FROM} WHERE a.account_id = %s", (account_id,)
    ).fetchone()
    return msgspec.convert(row, Account) if row else None


def lock(connection: Connection[DictRow], account_id: UUID) -> Account | None:
    connection.execute("SELECT FROM account WHERE account_id = %s FOR UPDATE", (account_id,))
    return get(connection, account_id)


def by_username(connection: Connection[DictRow], username: str) -> tuple[Account, str] | None:
    """The active account of this name with its password's hash."""
    row = connection.execute(
        f"SELECT {_SHOWN}, a.password_hash FROM {_FROM} WHERE a.username = %s AND a.active", (username,)
    ).fetchone()
    return (msgspec.convert(row, Account), row["password_hash"]) if row else None


def password_hash(connection: Connection[DictRow], account_id: UUID) -> str | None:
    row = connection.execute(
        "SELECT password_hash FROM account WHERE account_id = %s AND active", (account_id,)
    ).fetchone()
    return row["password_hash"] if row else None


def page(connection: Connection[DictRow], after: UUID | None, limit: int) -> list[Account]:
    rows = connection.execute(
        f"""
        SELECT {_SHOWN} FROM {_FROM} WHERE (%(after)s::uuid IS NULL OR a.account_id > %(after)s)
        ORDER BY a.account_id LIMIT %(limit)s
        """,
        {"after": after, "limit": limit},
    )
    return msgspec.convert(rows.fetchall(), list[Account])


def _row(account_id: UUID, draft: AccountDraft) -> dict[str, Any]:
    return asdict(draft) | {"account_id": account_id, "roles": [str(role) for role in draft.roles]}
