"""The audit as a chain of hashes: a row that was changed or taken away afterwards does not fit any more (ADR 67)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.audit.store import COLUMNS, Entry
from services.chassis.database import many

BEGINNING = "0" * 64
"""Stands before the first link."""
BATCH = 1000
_LOOK_BACK = 10_000
"""Positions. Somebody may commit an act after others that took a higher position: it is sealed by the next run."""


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """`rows` were added to the chain, which ends in `head` now."""

    rows: int
    head: str


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """`changed`: the row is not what was sealed, or a link before it is gone. `removed`: there is a link and no row."""

    kind: Literal["changed", "removed"]
    position: int
    nth: int


@dataclass(frozen=True, kw_only=True)
class Unsealed:
    """Acts that no link holds yet, the oldest of them since when."""

    rows: int
    since: datetime | None


def linked(before: str, entry: Entry) -> str:
    """The hash of a link, in hexadecimal: SHA-256 of the hash before it, a line feed, and the row as JSON with sorted
    keys, times in UTC."""
    said = vars(entry) | {"at": entry.at.astimezone(UTC).isoformat()}
    row = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return sha256(f"{before}\n{row}".encode()).hexdigest()


def seal(connection: Connection[DictRow], limit: int = BATCH) -> Sealed:
    """Add the acts that are not in the chain yet, at most `limit`. One at a time: a second caller waits for the first.
    Whoever writes an act does not wait."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('audit chain', 0))")
    head = head_of(connection)
    entries = many(connection, Entry, _UNSEALED, {"limit": limit, "back": _LOOK_BACK})
    links: list[tuple[int, str]] = []
    for entry in entries:
        head = linked(head, entry)
        links.append((entry.position, head))
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO audit_link (position, hash) VALUES (%s, %s)", links)
    return Sealed(rows=len(links), head=head)


_UNSEALED = f"""
SELECT {COLUMNS} FROM audit
WHERE position > (SELECT COALESCE(max(position), 0) - %(back)s FROM audit_link)
  AND NOT EXISTS (SELECT FROM audit_link l WHERE l.position = audit.position)
ORDER BY position LIMIT %(limit)s
"""


def head_of(connection: Connection[DictRow]) -> str:
    row = connection.execute("SELECT hash FROM audit_link ORDER BY nth DESC LIMIT 1").fetchone()
    return row["hash"] if row else BEGINNING


def knows(connection: Connection[DictRow], head: str) -> bool:
    """Whether the chain once ended in `head`: who took links off its end, or wrote it anew, cannot make it so."""
    if head == BEGINNING:
        return True
    return connection.execute("SELECT FROM audit_link WHERE hash = %s", (head,)).fetchone() is not None


def flaws(connection: Connection[Any]) -> Iterator[Flaw]:
    """Where rows and chain do not fit, as the chain runs. Read in parts, so it takes any length."""
    before = BEGINNING
    with connection.cursor(name="audit_chain") as cursor:
        for row in cursor.execute(_CHAIN):
            nth, sealed, hash = row.pop("nth"), row.pop("sealed"), row.pop("hash")
            if row["position"] is None:
                yield Flaw(kind="removed", position=sealed, nth=nth)
            elif linked(before, Entry(**row)) != hash:
                yield Flaw(kind="changed", position=sealed, nth=nth)
            before = hash


_CHAIN = f"""
SELECT l.nth, l.position AS sealed, l.hash, {COLUMNS}
FROM audit_link l LEFT JOIN audit ON audit.position = l.position ORDER BY l.nth
"""


def unsealed(connection: Connection[DictRow]) -> Unsealed:
    row = connection.execute(
        """
        SELECT count(*) AS rows, min(at) AS since FROM audit
        WHERE NOT EXISTS (SELECT FROM audit_link l WHERE l.position = audit.position)
        """
    ).fetchone()
    assert row is not None
    return Unsealed(**row)
