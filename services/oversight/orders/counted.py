"""What each number counts, one line a thing: visits, pairs, refusals, complaints. Each line names the order behind it,
where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import LiteralString

VISITS: Mapping[str, LiteralString] = {
    "inspections": "true",
    "entered": "entered_at IS NOT NULL",
    "unscanned": "concluded_at IS NOT NULL AND entered_at IS NULL",
    "late": "online IS FALSE",
    "backfilled_late": "'late' = ANY (flags)",
    "flagged": "flags <> '{}'",
    "joint": "cardinality(agencies) > 1",
    "concluded": "concluded_at IS NOT NULL",
    "with_finding": "result <> 'no_problem'",
    "urgent": "ratification IS NOT NULL",
    "ratified": "ratification = 'ratified'",
    "disapproved": "ratification = 'disapproved'",
    "ratified_late": "ratified_at > ratify_by",
    "unratified": "ratification = 'pending'",
    "ratification_overdue": "'ratification' = ANY (deadlines)",
    "conclusion_overdue": "'conclusion' = ANY (deadlines)",
    "rectification_overdue": "'rectification' = ANY (deadlines)",
}
PAIRS: Mapping[str, LiteralString] = {
    "duplicates": "true",
    "joined": "pair.state = 'joined'",
    "overridden": "pair.state = 'overridden'",
    "dismissed": "pair.state = 'dismissed'",
    "unanswered": "pair.state = 'open'",
}
VISIT_REFUSALS: Mapping[str, LiteralString] = {
    "visit_refused": "true",
    "visit_refused_supported": "supported",
}
COMPLAINTS: Mapping[str, LiteralString] = {
    "complaints": "true",
    "complaints_open": "state NOT IN ('answered', 'followed_up')",
    "complaints_overdue": "state NOT IN ('answered', 'followed_up') AND due_on < %(last)s",
}
REFUSED = "refused"
MEASURES = (*VISITS, *PAIRS, REFUSED, *VISIT_REFUSALS, *COMPLAINTS)

ORDERS: LiteralString = """
    SELECT day, order_id::text AS line_id, order_id, NULL::uuid AS other_order_id, agency_id, enterprise_id,
           premises_id, state AS status, trigger AS kind
    FROM order_fact
"""
_PAIRS: LiteralString = """
    SELECT found_on AS day, concat_ws('.', pair.order_id, other_id, rule) AS line_id, pair.order_id,
           other_id AS other_order_id, pair.agency_id, pair.enterprise_id, finder.premises_id,
           pair.state AS status, rule AS kind
    FROM duplicate AS pair LEFT JOIN order_fact AS finder ON finder.order_id = pair.order_id
"""
_REFUSALS: LiteralString = """
    SELECT day, refusal_id::text AS line_id, order_id, NULL::uuid AS other_order_id, agency_id, enterprise_id,
           premises_id, reason AS status, rule AS kind
    FROM refusal
"""
_VISIT_REFUSALS: LiteralString = """
    SELECT day, refusal_id::text AS line_id, order_id, NULL::uuid AS other_order_id, agency_id, enterprise_id,
           premises_id, CASE WHEN supported THEN 'supported' ELSE 'unsupported' END AS status, ground AS kind
    FROM visit_refusal
"""
_COMPLAINTS: LiteralString = """
    SELECT filed_on AS day, complaint_id::text AS line_id, order_id, NULL::uuid AS other_order_id, agency_id,
           enterprise_id, NULL::uuid AS premises_id, state AS status, category AS kind
    FROM complaint
"""
_BETWEEN: LiteralString = "BETWEEN %(first)s AND %(last)s"


def counted(measure: str) -> LiteralString:
    """The lines of a measure between `first` and `last`; as many as the measure says."""
    if measure in VISITS:
        return f"{ORDERS} WHERE day {_BETWEEN} AND {VISITS[measure]}"
    if measure in PAIRS:
        return f"{_PAIRS} WHERE found_on {_BETWEEN} AND {PAIRS[measure]}"
    if measure in VISIT_REFUSALS:
        return f"{_VISIT_REFUSALS} WHERE day {_BETWEEN} AND {VISIT_REFUSALS[measure]}"
    if measure in COMPLAINTS:
        return f"{_COMPLAINTS} WHERE filed_on {_BETWEEN} AND {COMPLAINTS[measure]}"
    return f"{_REFUSALS} WHERE day {_BETWEEN}"
