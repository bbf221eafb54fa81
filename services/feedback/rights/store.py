"""SQL of spent rights. No row says whose a right was, what it was for, or at what time it was spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from services.chassis.database import many


@dataclass(frozen=True, kw_only=True)
class _Nonce:
    nonce: bytes


def spent(connection: Connection[Any], nonces: Sequence[bytes]) -> frozenset[bytes]:
    """Those of the rights that were used already."""
    rows = many(
        connection,
        _Nonce,
        "SELECT nonce FROM spent_right WHERE nonce = ANY(%(nonces)s)",
        {"nonces": list(nonces)},
    )
    return frozenset(bytes(row.nonce) for row in rows)


def spend(connection: Connection[Any], nonce: bytes) -> bool:
    """False when it was spent before. A concurrent second one waits here for the first to end."""
    inserted = connection.execute(
        "INSERT INTO spent_right (nonce) VALUES (%(nonce)s) ON CONFLICT DO NOTHING", {"nonce": nonce}
    )
    return inserted.rowcount == 1


def mix_rights(connection: Connection[Any]) -> None:
    """Rewrite them apart from what was said with them: sorted by an HMAC, their order says nothing."""
    connection.execute(
        """
        WITH taken AS (DELETE FROM spent_right WHERE NOT mixed RETURNING nonce)
        INSERT INTO spent_right (nonce, mixed) SELECT nonce, true FROM taken ORDER BY nonce
        """
    )
