from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import DictRow

from services.registry.enterprises.model import Enterprise
from services.registry.enterprises.store import SHOWN


@dataclass(frozen=True, kw_only=True)
class Search:
    """`area` bounds what the asker may see, `area_code` narrows it further; both are prefixes.
    `q` is part of the name, two characters or more."""

    area: str
    limit: int
    after: UUID | None = None
    area_code: str | None = None
    uscc: str | None = None
    q: str | None = None


def search(connection: Connection[DictRow], wanted: Search) -> list[Enterprise]:
    """Only conditions that were asked for reach the planner, so that each form keeps its index."""
    asked: dict[LiteralString, object] = {
        "e.enterprise_id > %(after)s": wanted.after,
        "e.area_code LIKE %(area)s || '%%'": wanted.area,
        "e.area_code LIKE %(area_code)s || '%%'": wanted.area_code,
        "e.uscc = %(uscc)s": wanted.uscc,
        "bigrams(e.name) @> bigrams(%(q)s) AND strpos(e.name, %(q)s) > 0": wanted.q,
    }
    conditions: LiteralString = " AND ".join(sql for sql, value in asked.items() if value) or "true"
    rows = connection.execute(
        f"SELECT {SHOWN} FROM enterprise e WHERE {conditions} ORDER BY e.enterprise_id LIMIT %(limit)s",
        {name: getattr(wanted, name) for name in ("after", "area", "area_code", "uscc", "q", "limit")},
    )
    return msgspec.convert(rows.fetchall(), list[Enterprise])


def contact_cipher(connection: Connection[DictRow], enterprise_id: UUID, area: str) -> DictRow | None:
    return connection.execute(
        """
        SELECT uscc, contact_cipher FROM enterprise
        WHERE enterprise_id = %(enterprise_id)s AND starts_with(area_code, %(area)s)
        """,
        {"enterprise_id": enterprise_id, "area": area},
    ).fetchone()
