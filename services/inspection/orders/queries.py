"""What is read of orders. An agency sees what it takes part in; who sees all is told by the account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

import msgspec
from psycopg import Connection

from services.chassis.database import many
from services.chassis.errors import NotFound
from services.chassis.identity import Principal
from services.chassis.policy import Profile
from services.inspection.orders.model import LONGEST_WINDOW_DAYS
from services.inspection.orders.view import AgencyVisits, OrderView, Summary
from services.inspection.search.asked import ways_to_find
from services.inspection.search.store import FOUND, named

C = Connection[Any]


def order_view(connection: C, order_id: UUID, who: Principal) -> OrderView:
    """Raises NotFound also for what lies outside the account's agency."""
    row = connection.execute(
        _VIEW, {"order_id": order_id, "agency_id": who.agency_id, "sees_all": who.sees_all}
    ).fetchone()
    if row is None:
        raise NotFound("order", order_id)
    return msgspec.convert(row, OrderView)


_FINDING: LiteralString = "to_jsonb(f) || jsonb_build_object('last_at', COALESCE(f.last_at, f.judged_at))"
_GUEST: LiteralString = """
             SELECT jsonb_build_object(
                 'order_id', g.order_id, 'agency_id', g.agency_id, 'agency', a.name,
                 'starts_on', g.starts_on, 'ends_on', g.ends_on,
                 'agencies', ARRAY(SELECT oa.agency_id FROM order_agency oa WHERE oa.order_id = g.order_id),
                 'items', ARRAY(SELECT i.name FROM order_item oi JOIN item i USING (item_id)
                                WHERE oi.order_id = g.order_id ORDER BY i.code),
                 'inspectors', ARRAY(SELECT i.name FROM order_inspector oi JOIN inspector i USING (inspector_id)
                                     WHERE oi.order_id = g.order_id ORDER BY i.name))
             FROM orders g LEFT JOIN agency a USING (agency_id)
             WHERE g.absorbed_into = o.order_id ORDER BY g.order_id"""
_VIEW = f"""
SELECT o.order_id, o.version, o.revision, o.state, o.agency_id, o.enterprise_id, o.premises_id, o.trigger, o.clue,
       o.campaign_id, o.draw_id, o.recheck_of, o.assistance_letter, o.on_site_reason, o.considered,
       o.starts_on, o.ends_on, o.drafted_by, o.drafted_at, o.submitted_by, o.submitted_at,
       o.issued_at, o.entered_at, o.recorded_at, o.concluded_at, o.closed_at, o.result, o.rectification_due_on,
       o.absorbed_into, o.policy, o.ratification, o.ratify_by, o.conclude_by, o.overdue,
       (SELECT name FROM campaign c WHERE c.campaign_id = o.campaign_id) AS campaign,
       (SELECT purpose FROM draw d WHERE d.draw_id = o.draw_id) AS draw,
       (SELECT read_at FROM notice_reading n WHERE n.order_id = o.order_id) AS notice_read_at,
       (SELECT to_jsonb(e) FROM enterprise e WHERE e.enterprise_id = o.enterprise_id) AS enterprise,
       (SELECT to_jsonb(p) FROM premises p WHERE p.premises_id = o.premises_id) AS premises,
       ARRAY(SELECT jsonb_build_object('agency_id', oa.agency_id, 'name', a.name, 'leads', oa.leads)
             FROM order_agency oa LEFT JOIN agency a USING (agency_id)
             WHERE oa.order_id = o.order_id ORDER BY oa.leads DESC, a.name) AS agencies,
       ARRAY(SELECT to_jsonb(oi) || jsonb_build_object('code', i.code, 'name', i.name, 'legal_basis', i.legal_basis)
             FROM order_item oi LEFT JOIN item i USING (item_id)
             WHERE oi.order_id = o.order_id ORDER BY i.code) AS items,
       ARRAY(SELECT to_jsonb(oi) || jsonb_build_object('name', i.name, 'kind', i.kind,
                                                       'certificate_number', i.certificate_number)
             FROM order_inspector oi LEFT JOIN inspector i USING (inspector_id)
             WHERE oi.order_id = o.order_id ORDER BY i.name) AS inspectors,
       ARRAY({_GUEST}) AS guests,
       ARRAY(SELECT to_jsonb(a) FROM approval a WHERE a.order_id = o.order_id AND a.revision = o.revision
             ORDER BY a.approved_at) AS approvals,
       ARRAY(SELECT {_FINDING} FROM finding f
             WHERE f.order_id = o.order_id AND f.judgement_id = o.judgement_id
             ORDER BY f.finding_id) AS findings,
       ARRAY(SELECT {_FINDING} FROM finding f
             WHERE f.order_id = o.order_id AND f.stage IN ('record', 'conclude', 'close')
             ORDER BY f.finding_id) AS case_findings,
       ARRAY(SELECT to_jsonb(s) FROM step s WHERE s.order_id = o.order_id ORDER BY s.step_id) AS steps
FROM orders o
WHERE o.order_id = %(order_id)s
  AND (%(sees_all)s OR EXISTS (
      SELECT 1 FROM order_agency a WHERE a.order_id = o.order_id AND a.agency_id = %(agency_id)s))
"""


def list_orders(
    connection: C, who: Principal, filters: Mapping[str, object], *, asked: str | None, limit: int
) -> list[Summary]:
    """The newest first. `filters` by the names of `_FILTERS`, None for any; `asked` is what was typed of the enterprise.
    One row more than `limit` says that there is a next page."""
    given = {name: value for name, value in filters.items() if value is not None}
    conditions: list[LiteralString] = ["true", *(_FILTERS[name] for name in given)]
    if asked is not None:
        given |= named(ways_to_find(asked, None))
        conditions.append(f"o.enterprise_id IN ({FOUND})")
    return many(
        connection,
        Summary,
        _LIST % (_ALL if who.sees_all else _OF_AGENCY, " AND ".join(conditions)),
        {**given, "mine": who.agency_id, "limit": limit + 1},
    )


_ALL: LiteralString = "orders o WHERE true"
_OF_AGENCY: LiteralString = (
    "order_agency mine JOIN orders o ON o.order_id = mine.order_id WHERE mine.agency_id = %(mine)s"
)
_FILTERS: Mapping[str, LiteralString] = {
    "after": "o.order_id < %(after)s",
    "state": "o.state = %(state)s",
    "ratification": "o.ratification = %(ratification)s",
    "trigger": "o.trigger = %(trigger)s",
    "enterprise_id": "o.enterprise_id = %(enterprise_id)s",
    "campaign_id": "o.campaign_id = %(campaign_id)s",
    "draw_id": "o.draw_id = %(draw_id)s",
    "agency_id": (
        "EXISTS (SELECT FROM order_agency oa WHERE oa.order_id = o.order_id AND oa.agency_id = %(agency_id)s)"
    ),
    "inspector_id": (
        "EXISTS (SELECT FROM order_inspector oi"
        " WHERE oi.order_id = o.order_id AND oi.inspector_id = %(inspector_id)s)"
    ),
    "first": "o.ends_on >= %(first)s",
    "last": "o.starts_on <= %(last)s",
}
_LIST: LiteralString = """
SELECT o.order_id, o.version, o.state, o.agency_id, o.enterprise_id, o.premises_id, o.trigger, o.starts_on, o.ends_on,
       o.ratification, o.ratify_by, o.overdue,
       (SELECT name FROM agency a WHERE a.agency_id = o.agency_id) AS agency,
       (SELECT name FROM enterprise e WHERE e.enterprise_id = o.enterprise_id) AS enterprise,
       (SELECT address FROM premises p WHERE p.premises_id = o.premises_id) AS address,
       ARRAY(SELECT i.name FROM order_item oi JOIN item i USING (item_id)
             WHERE oi.order_id = o.order_id ORDER BY i.code) AS items,
       (SELECT count(*) FROM order_agency oa WHERE oa.order_id = o.order_id) AS agencies
FROM %s AND %s
ORDER BY o.order_id DESC LIMIT %%(limit)s
"""


def visits_this_year(connection: C, enterprise_id: UUID, profile: Profile, today: date) -> list[AgencyVisits]:
    """Per agency and, with no agency, in all: carried out and still to come in this calendar year."""
    return many(
        connection,
        AgencyVisits,
        """
        SELECT oa.agency_id, (SELECT name FROM agency a WHERE a.agency_id = oa.agency_id) AS name,
               count(DISTINCT o.order_id) FILTER (WHERE o.visited) AS visited,
               count(DISTINCT o.order_id) FILTER (WHERE NOT o.visited) AS planned
        FROM orders o JOIN order_agency oa ON oa.order_id = o.order_id
        WHERE o.enterprise_id = %(enterprise_id)s AND o.standing
          AND COALESCE((SELECT bool_or(COALESCE(i.trigger, o.trigger) <> ALL (%(uncounted)s)) FROM order_item i
                        WHERE i.order_id = o.order_id AND i.agency_id = oa.agency_id),
                       o.trigger <> ALL (%(uncounted)s))
          AND o.starts_on BETWEEN %(first)s - %(window)s AND %(last)s
          AND COALESCE((o.entered_at AT TIME ZONE %(timezone)s)::date, o.starts_on)
              BETWEEN %(first)s AND %(last)s
        GROUP BY GROUPING SETS ((oa.agency_id), ()) ORDER BY oa.agency_id NULLS FIRST
        """,
        {
            "enterprise_id": enterprise_id,
            "first": date(today.year, 1, 1),
            "last": date(today.year, 12, 31),
            "window": LONGEST_WINDOW_DAYS,
            "uncounted": sorted(profile.uncounted_triggers),
            "timezone": profile.timezone,
        },
    )
