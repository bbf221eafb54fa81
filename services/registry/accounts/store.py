from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import DictRow

from services.registry.accounts.model import Account, AccountDraft

_SHOWN: LiteralString = """a.account_id, a.version, a.username, a.name, a.roles, a.agency_id,
    a.inspector_id, a.active, g.area_code, g.name AS agency_name, a.one_time_until IS NOT NULL AS must_change"""
_FROM: LiteralString = "account a LEFT JOIN agency g USING (agency_id)"


def insert(
    connection: Connection[DictRow],
    account_id: UUID,
    draft: AccountDraft,
    password_hash: str,
    one_time_until: datetime | None = None,
) -> None:
    connection.execute(
        """
        INSERT INTO account (account_id, username, password_hash, name, roles, agency_id, inspector_id, active,
                             one_time_until)
        VALUES (%(account_id)s, %(username)s, %(password_hash)s, %(name)s, %(roles)s, %(agency_id)s,
                %(inspector_id)s, %(active)s, %(one_time_until)s)
        """,
        _row(account_id, draft) | {"password_hash": password_hash, "one_time_until": one_time_until},
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


def put_password(
    connection: Connection[DictRow], account_id: UUID, password_hash: str, one_time_until: datetime | None
) -> None:
    connection.execute(
        """
        UPDATE account SET password_hash = %(hash)s, one_time_until = %(until)s, version = version + 1
        WHERE account_id = %(account_id)s
        """,
        {"hash": password_hash, "until": one_time_until, "account_id": account_id},
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
    """The active account of this name with its password's hash; not when that was given and not used in time."""
    row = connection.execute(
        f"""
        SELECT {_SHOWN}, a.password_hash FROM {_FROM}
        WHERE a.username = %s AND a.active AND (a.one_time_until IS NULL OR a.one_time_until > now())
        """,
        (username,),
    ).fetchone()
    return (msgspec.convert(row, Account), row["password_hash"]) if row else None


def password_hash(connection: Connection[DictRow], account_id: UUID) -> str | None:
    row = connection.execute(
        "SELECT password_hash FROM account WHERE account_id = %s AND active", (account_id,)
    ).fetchone()
    return row["password_hash"] if row else None


def page(connection: Connection[DictRow], wanted: Mapping[str, Any]) -> list[Account]:
    rows = connection.execute(
        f"""
        SELECT {_SHOWN} FROM {_FROM}
        WHERE (%(after)s::uuid IS NULL OR a.account_id > %(after)s)
          AND (%(q)s::text IS NULL OR strpos(a.name, %(q)s) > 0 OR strpos(a.username, lower(%(q)s)) > 0
               OR strpos(g.name, %(q)s) > 0)
          AND (%(role)s::text IS NULL OR %(role)s = ANY (a.roles))
          AND (%(active)s::boolean IS NULL OR a.active = %(active)s)
        ORDER BY a.account_id LIMIT %(limit)s
        """,
        wanted,
    )
    return msgspec.convert(rows.fetchall(), list[Account])


def agencies(connection: Connection[DictRow], q: str | None) -> list[DictRow]:
    """Those an account may belong to, by name."""
    return connection.execute(
        """
        SELECT agency_id AS id, name FROM agency
        WHERE active AND (%(q)s::text IS NULL OR strpos(name, %(q)s) > 0) ORDER BY name LIMIT 200
        """,
        {"q": q},
    ).fetchall()


def inspectors(connection: Connection[DictRow], agency_id: UUID | None, q: str | None) -> list[DictRow]:
    """Those without an account yet, by name."""
    return connection.execute(
        """
        SELECT i.inspector_id AS id, i.name || ' ' || i.certificate_number AS name FROM inspector i
        WHERE i.active AND (%(agency_id)s::uuid IS NULL OR i.agency_id = %(agency_id)s)
          AND (%(q)s::text IS NULL OR strpos(i.name, %(q)s) > 0 OR i.certificate_number = %(q)s)
          AND NOT EXISTS (SELECT FROM account a WHERE a.inspector_id = i.inspector_id)
        ORDER BY i.name LIMIT 200
        """,
        {"agency_id": agency_id, "q": q},
    ).fetchall()


def _row(account_id: UUID, draft: AccountDraft) -> dict[str, Any]:
    return asdict(draft) | {"account_id": account_id, "roles": [str(role) for role in draft.roles]}
