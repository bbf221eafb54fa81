"""SQL of finding enterprises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString

import msgspec
from psycopg import Connection
from psycopg.types.json import Jsonb

from services.inspection.search.asked import Way
from services.inspection.search.model import Found, Unindexed

C = Connection[Any]
MOST_OF_A_WAY = 200
"""Two letters fit thousands in a city: who asks is told that there are more, and types on."""


def find(connection: C, ways: Sequence[Way], *, asked: str, area: str, limit: int) -> list[Found]:
    """Active enterprises with their open premises whose area code begins with `area`. Names that begin with `asked` come
    first, then the shortest."""
    rows = connection.execute(
        FIND,
        {**named(ways), "most": MOST_OF_A_WAY, "asked": asked, "area": area, "limit": limit},
    ).fetchall()
    return [msgspec.convert(row, Found) for row in rows]


def named(ways: Sequence[Way]) -> dict[str, list[str]]:
    """As the statements below name them."""
    return {
        "terms": ["|".join(way.terms) for way in ways],
        "names": [way.name for way in ways],
        "usccs": [way.uscc for way in ways],
    }


FIND = """
WITH found AS (
    SELECT DISTINCT s.enterprise_id, s.folded
    FROM unnest(%(terms)s::text[], %(names)s::text[], %(usccs)s::text[]) AS way (terms, name, uscc)
    CROSS JOIN LATERAL (
        SELECT s.enterprise_id, s.folded FROM enterprise_search s
        JOIN enterprise e ON e.enterprise_id = s.enterprise_id AND starts_with(e.uscc, way.uscc)
        WHERE s.terms @> string_to_array(way.terms, '|') AND position(way.name IN s.folded) > 0
        LIMIT %(most)s) AS s)
SELECT e.enterprise_id, e.name, e.uscc, here.premises
FROM found JOIN enterprise e USING (enterprise_id)
CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('premises_id', p.premises_id, 'name', p.name, 'address', p.address)
                     ORDER BY p.name, p.premises_id) AS premises
    FROM premises p
    WHERE p.enterprise_id = e.enterprise_id AND p.active AND starts_with(p.area_code, %(area)s)) AS here
WHERE e.active AND here.premises IS NOT NULL
ORDER BY NOT starts_with(found.folded, %(asked)s), char_length(e.name), e.name, e.enterprise_id
LIMIT %(limit)s
"""
FOUND: LiteralString = """
SELECT s.enterprise_id
FROM unnest(%(terms)s::text[], %(names)s::text[], %(usccs)s::text[]) AS way (terms, name, uscc)
JOIN enterprise_search s ON s.terms @> string_to_array(way.terms, '|') AND position(way.name IN s.folded) > 0
JOIN enterprise e ON e.enterprise_id = s.enterprise_id AND starts_with(e.uscc, way.uscc)
"""
"""All of them, closed ones too: for what is kept of enterprises."""


def lock_unindexed(connection: C, limit: int) -> list[Unindexed]:
    """Replicated before there was a search. Those that an event is just writing are left to it."""
    rows = connection.execute(
        """
        SELECT e.enterprise_id, e.version, e.name, e.uscc,
               ARRAY(SELECT p.area_code FROM premises p
                     WHERE p.enterprise_id = e.enterprise_id AND p.active AND e.active) AS areas
        FROM enterprise_search s JOIN enterprise e USING (enterprise_id)
        WHERE s.version = 0 LIMIT %s FOR UPDATE OF s SKIP LOCKED
        """,
        (limit,),
    ).fetchall()
    return [msgspec.convert(row, Unindexed) for row in rows]


def index(connection: C, rows: Sequence[dict[str, Any]]) -> None:
    """Only what an event has not written meanwhile."""
    connection.execute(
        """
        UPDATE enterprise_search s SET (version, folded, terms) = (r.version, r.folded, r.terms)
        FROM jsonb_to_recordset(%s) AS r (enterprise_id uuid, version int, folded text, terms text[])
        WHERE s.enterprise_id = r.enterprise_id AND s.version = 0
        """,
        (Jsonb(rows),),
    )
