"""What the desk lists of rectifications. An agency sees those of orders it takes part in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, LiteralString

import msgspec
from psycopg import Connection

from services.chassis.identity import Principal
from services.inspection.rectification.model import Due, Stage
from services.inspection.search.asked import ways_to_find
from services.inspection.search.store import FOUND, named

C = Connection[Any]


def listed(
    connection: C,
    who: Principal,
    stage: Stage,
    filters: Mapping[str, object],
    *,
    asked: str | None,
    today: date,
    limit: int,
) -> list[Due]:
    """The nearest deadline first; of what is over, the latest. `filters` by the names of `_FILTERS`, None for any; `asked`
    is what was typed of the enterprise. One row more than `limit` says that there is a next page."""
    given = {name: value for name, value in filters.items() if value is not None}
    conditions: list[LiteralString] = [_STAGES[stage], *(_FILTERS[name] for name in given if name != "after")]
    after, order = (_BEFORE, "DESC") if stage == "closed" else (_AFTER, "ASC")
    if "after" in given:
        conditions.append(after)
    if asked is not None:
        given |= named(ways_to_find(asked, None))
        conditions.append(f"o.enterprise_id IN ({FOUND})")
    if not who.sees_all:
        conditions.append(_MINE)
    rows = connection.execute(
        _LIST % (" AND ".join(conditions), order, order),
        {**given, "mine": who.agency_id, "today": today, "limit": limit + 1},
    ).fetchall()
    return [msgspec.convert(row, Due) for row in rows]


_STAGES: Mapping[Stage, LiteralString] = {
    "rectifying": "o.state = 'rectifying'",
    "proved": """o.state = 'rectifying' AND EXISTS (
        SELECT FROM rectification_proof p WHERE p.order_id = o.order_id AND NOT EXISTS (
            SELECT FROM recheck r WHERE r.order_id = o.order_id AND r.at > p.sent_at))""",
    "closed": "o.state = 'closed'",
}
_MINE: LiteralString = (
    "EXISTS (SELECT FROM order_agency m WHERE m.order_id = o.order_id AND m.agency_id = %(mine)s)"
)
_FILTERS: Mapping[str, LiteralString] = {
    "overdue": "(o.rectification_due_on < %(today)s) = %(overdue)s",
    "agency_id": (
        "EXISTS (SELECT FROM order_agency oa WHERE oa.order_id = o.order_id AND oa.agency_id = %(agency_id)s)"
    ),
}
_LAST: LiteralString = (
    "(SELECT l.rectification_due_on, l.order_id FROM orders l WHERE l.order_id = %(after)s)"
)
_AFTER: LiteralString = f"(o.rectification_due_on, o.order_id) > {_LAST}"
_BEFORE: LiteralString = f"(o.rectification_due_on, o.order_id) < {_LAST}"
_LIST: LiteralString = """
SELECT o.order_id, o.version, o.state, o.agency_id,
       (SELECT a.name FROM agency a WHERE a.agency_id = o.agency_id) AS agency,
       o.enterprise_id, (SELECT e.name FROM enterprise e WHERE e.enterprise_id = o.enterprise_id) AS enterprise,
       o.premises_id, (SELECT p.address FROM premises p WHERE p.premises_id = o.premises_id) AS address,
       ARRAY(SELECT i.name FROM order_item oi JOIN item i USING (item_id)
             WHERE oi.order_id = o.order_id ORDER BY i.code) AS items,
       o.rectification_due_on AS due_on, o.concluded_at, o.closed_at,
       ARRAY(SELECT to_jsonb(p) FROM rectification_proof p WHERE p.order_id = o.order_id
             ORDER BY p.proof_id) AS proofs,
       ARRAY(SELECT to_jsonb(r) FROM recheck r WHERE r.order_id = o.order_id ORDER BY r.recheck_id) AS rechecks
FROM orders o
WHERE o.rectification_due_on IS NOT NULL AND %s
ORDER BY o.rectification_due_on %s, o.order_id %s LIMIT %%(limit)s
"""
