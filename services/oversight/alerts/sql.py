"""What each kind of alert is, as rows: id, since when, until when it was due, whose, where, by which order, and figures.

An id names what it was raised for, a deadline or a number of visits with it: when that changes it is another alert, so
what somebody set aside comes back. Those that wait for somebody stay until that is done; those that only happened are
shown for `days`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import LiteralString

from services.oversight.alerts.plates import SEARCHED
from services.oversight.figures.caps import OVER_CAP

_OF_ORDER: LiteralString = "agency_id, enterprise_id, order_id"
_RECENT: LiteralString = ">= %(since)s"
SUSPECT: LiteralString = "'{distance,clock_skew,shared_device,two_places,after_refusal}'::text[]"
# Neither plate nor place: nothing says that anybody was there.
_SUSPICIOUS: LiteralString = (
    f"(flags && {SUSPECT} OR flags @> '{{searched,no_position}}'::text[] OR coalesce(often, false))"
)
_ENTRIES: LiteralString = f"order_fact LEFT JOIN ({SEARCHED}) AS plate USING (order_id)"

KINDS: Mapping[str, LiteralString] = {
    "ratification_overdue": f"""
        SELECT 'ratification_overdue.' || order_id AS alert_id, ratify_by AS since, ratify_by AS due_at, {_OF_ORDER},
               jsonb_build_object('entered_at', entered_at, 'ratify_by', ratify_by) AS figures
        FROM order_fact WHERE ratification = 'pending' AND ratify_by < %(now)s
    """,
    "ratification_pending": f"""
        SELECT 'ratification_pending.' || order_id AS alert_id, entered_at AS since, ratify_by AS due_at, {_OF_ORDER},
               jsonb_build_object('entered_at', entered_at, 'ratify_by', ratify_by) AS figures
        FROM order_fact WHERE ratification = 'pending' AND ratify_by >= %(now)s
    """,
    "conclusion_overdue": f"""
        SELECT 'conclusion_overdue.' || order_id AS alert_id, conclude_by AS since, conclude_by AS due_at, {_OF_ORDER},
               jsonb_build_object('entered_at', entered_at, 'conclude_by', conclude_by) AS figures
        FROM order_fact WHERE conclude_by IS NOT NULL AND concluded_at IS NULL
    """,
    "rectification_overdue": f"""
        SELECT concat_ws('.', 'rectification_overdue', order_id, rectification_due_on) AS alert_id,
               (rectification_due_on + 1)::timestamp AT TIME ZONE %(zone)s AS since,
               (rectification_due_on + 1)::timestamp AT TIME ZONE %(zone)s AS due_at, {_OF_ORDER},
               jsonb_build_object('due_on', rectification_due_on,
                                  'days', %(today)s::date - rectification_due_on) AS figures
        FROM order_fact WHERE state = 'rectifying' AND rectification_due_on < %(today)s
    """,
    "complaint_overdue": """
        SELECT concat_ws('.', 'complaint_overdue', complaint_id, due_on) AS alert_id,
               (due_on + 1)::timestamp AT TIME ZONE %(zone)s AS since,
               (due_on + 1)::timestamp AT TIME ZONE %(zone)s AS due_at, agency_id, enterprise_id, order_id,
               jsonb_build_object('category', category, 'state', state, 'due_on', due_on,
                                  'days', %(today)s::date - due_on) AS figures
        FROM complaint
        WHERE state NOT IN ('answered', 'followed_up') AND due_on < %(today)s AND %(sees_all)s
    """,
    "visit_refused": f"""
        SELECT 'visit_refused.' || refusal_id AS alert_id, refused_at AS since, NULL::timestamptz AS due_at,
               {_OF_ORDER}, jsonb_build_object('ground', ground, 'supported', supported) AS figures
        FROM visit_refusal
    """,
    "visit_without_code": f"""
        SELECT 'visit_without_code.' || order_id AS alert_id, concluded_at AS since, NULL::timestamptz AS due_at,
               {_OF_ORDER}, jsonb_build_object('concluded_at', concluded_at, 'result', result) AS figures
        FROM order_fact WHERE concluded_at {_RECENT} AND concluded_at IS NOT NULL AND entered_at IS NULL
    """,
    "over_cap": f"""
        SELECT concat_ws('.', 'over_cap', pair.enterprise_id, pair.agency_id, pair.year, pair.visits) AS alert_id,
               last.at AS since, NULL::timestamptz AS due_at, pair.agency_id, pair.enterprise_id, last.order_id,
               jsonb_build_object('visits', pair.visits, 'cap', pair.cap, 'year', pair.year) AS figures
        FROM ({OVER_CAP}) AS pair
        CROSS JOIN LATERAL (
            SELECT order_id, coalesce(entered_at, concluded_at) AS at FROM order_fact AS fact
            WHERE fact.enterprise_id = pair.enterprise_id
              AND fact.day BETWEEN make_date(pair.year, 1, 1) AND make_date(pair.year, 12, 31)
              AND pair.agency_id = ANY (COALESCE(fact.counted_for, CASE
                  WHEN fact.trigger IS DISTINCT FROM 'recheck' THEN fact.agencies END))
            ORDER BY fact.day DESC, order_id DESC LIMIT 1) AS last
    """,
    "entry_refused": f"""
        SELECT 'entry_refused.' || refusal_id AS alert_id, refused_at AS since, NULL::timestamptz AS due_at,
               {_OF_ORDER}, jsonb_build_object('rule', rule, 'reason', reason) AS figures
        FROM refusal WHERE refused_at {_RECENT}
    """,
    "entry_suspect": f"""
        SELECT 'entry_suspect.' || order_id AS alert_id, entered_at AS since, NULL::timestamptz AS due_at, {_OF_ORDER},
               jsonb_build_object('flags', CASE WHEN often THEN flags || '{{searched_often}}'::text[] ELSE flags END) AS figures
        FROM {_ENTRIES} WHERE flags <> '{{}}' AND entered_at {_RECENT} AND {_SUSPICIOUS}
    """,
    "plate_unread": f"""
        SELECT 'plate_unread.' || order_id AS alert_id, entered_at AS since, NULL::timestamptz AS due_at, {_OF_ORDER},
               jsonb_build_object('at_door', at_door, 'by_one', by_one) AS figures
        FROM {_ENTRIES} WHERE 'searched' = ANY (flags) AND entered_at {_RECENT} AND NOT {_SUSPICIOUS}
    """,
    "backfilled_late": f"""
        SELECT 'backfilled_late.' || order_id AS alert_id, entered_at AS since, NULL::timestamptz AS due_at, {_OF_ORDER},
               jsonb_build_object('entered_at', entered_at) AS figures
        FROM order_fact WHERE flags <> '{{}}' AND entered_at {_RECENT} AND 'late' = ANY (flags)
    """,
    "order_expired": f"""
        SELECT 'order_expired.' || order_id AS alert_id, state_since AS since, NULL::timestamptz AS due_at, {_OF_ORDER},
               jsonb_build_object('starts_on', starts_on, 'ends_on', ends_on) AS figures
        FROM order_fact WHERE state = 'expired' AND state_since {_RECENT}
    """,
}
COLUMNS: LiteralString = "alert_id, since, due_at, agency_id, enterprise_id, order_id, figures"


def raised(kind: str) -> LiteralString:
    """The alerts of one kind that the asking account may see, set aside or not as `aside` says."""
    return f"""
        SELECT raised.* FROM (SELECT {COLUMNS} FROM ({KINDS[kind]}) AS of_kind) AS raised
        WHERE (%(agency_id)s::uuid IS NULL OR raised.agency_id = %(agency_id)s)
          AND (%(enterprise_id)s::uuid IS NULL OR raised.enterprise_id = %(enterprise_id)s)
          AND %(aside)s = EXISTS (SELECT FROM alert_aside WHERE alert_aside.alert_id = raised.alert_id)
    """
