"""What makes two orders a pair, said once, in SQL.

An order stands on the day of its visit, or on its window until there was one. Two orders at one premises are a pair when
no more than `days` lie between them and both are of the last `days` or still to come. An absorbed order is a pair with
what it lives in and with nothing else. Each later order is met by the earlier ones through the index on premises and
first day; LONGEST_WINDOW bounds how far back one must look, as the inspection service bounds windows.
"""

from typing import LiteralString

LONGEST_WINDOW: LiteralString = "92"
NEAR_DAYS = 30  # how far apart the pairs may lie that a rollup counts; what the gate's J2 asks for
_GONE: LiteralString = "('cancelled', 'expired')"

_LATER: LiteralString = """
    SELECT order_id, enterprise_id, premises_id, agency_id, agencies, state, trigger, items, inspectors, day,
           absorbed_into, starts_on, ends_on, COALESCE(day, starts_on) AS from_day, COALESCE(day, ends_on) AS to_day
"""
_EARLIER: LiteralString = """
    SELECT other.order_id AS e_order_id, other.agency_id AS e_agency_id, other.agencies AS e_agencies,
           other.state AS e_state, other.trigger AS e_trigger, other.items AS e_items,
           other.inspectors AS e_inspectors, other.day AS e_day, other.absorbed_into AS e_absorbed_into,
           other.starts_on AS e_starts_on, other.ends_on AS e_ends_on,
           COALESCE(other.day, other.starts_on) AS e_from_day, COALESCE(other.day, other.ends_on) AS e_to_day,
           (other.absorbed_into IS NOT DISTINCT FROM later.order_id
            OR later.absorbed_into IS NOT DISTINCT FROM other.order_id
            OR (other.absorbed_into IS NOT NULL AND other.absorbed_into = later.absorbed_into)) AS as_one
"""
_NEAR: LiteralString = f"""
SELECT later.*, earlier.*, shown.*
FROM (
    {_LATER}
    FROM order_fact
    WHERE state NOT IN {_GONE} AND COALESCE(day, starts_on) >= %(today)s::date - %(days)s::int - {LONGEST_WINDOW}
      AND COALESCE(day, ends_on) >= %(today)s::date - %(days)s::int) AS later
CROSS JOIN LATERAL (
    {_EARLIER}
    FROM order_fact AS other
    WHERE other.premises_id = later.premises_id AND other.state NOT IN {_GONE}
      AND COALESCE(other.day, other.starts_on)
          BETWEEN later.from_day - %(days)s::int - {LONGEST_WINDOW} AND later.from_day
      AND (COALESCE(other.day, other.starts_on), other.order_id) < (later.from_day, later.order_id)
      AND COALESCE(other.day, other.ends_on) >= GREATEST(later.from_day, %(today)s::date) - %(days)s::int
    ) AS earlier
"""
# Of one pair: for a page, of which few are looked at.
_OF_THIS_PAIR: LiteralString = """
CROSS JOIN LATERAL (
    SELECT said.kind, said.reason, said.said_by FROM (
        SELECT kind, reason, said_by, at, order_id, version FROM verdict
        WHERE (order_id = later.order_id AND other_id = earlier.e_order_id)
           OR (order_id = earlier.e_order_id AND other_id = later.order_id)
        UNION ALL
        SELECT 'overridden', reason, overridden_by, at, order_id, version FROM override
        WHERE (order_id = later.order_id AND other_id = earlier.e_order_id)
           OR (order_id = earlier.e_order_id AND other_id = later.order_id)
        UNION ALL  -- reasons from before findings had keys are known of found pairs alone
        SELECT state, reason, overridden_by, found_at, order_id, 0 FROM duplicate
        WHERE state = 'overridden' AND (
            (order_id = later.order_id AND other_id = earlier.e_order_id)
            OR (order_id = earlier.e_order_id AND other_id = later.order_id))
        UNION ALL
        SELECT NULL, NULL, NULL, NULL, NULL, NULL) AS said
    ORDER BY at DESC NULLS LAST, order_id DESC, version DESC LIMIT 1) AS newest
"""
# Of all pairs at once: people have spoken of few. `about` narrows it to those of some orders.
_ABOUT: LiteralString = "(order_id = ANY (%(orders)s) OR other_id = ANY (%(orders)s))"


def _spoken_of(about: LiteralString) -> LiteralString:
    return f"""
LEFT JOIN (
    SELECT DISTINCT ON (one, other) one, other, kind, reason, said_by FROM (
        SELECT LEAST(order_id, other_id) AS one, GREATEST(order_id, other_id) AS other, kind, reason, said_by, at,
               order_id, version FROM verdict WHERE {about}
        UNION ALL
        SELECT LEAST(order_id, other_id), GREATEST(order_id, other_id), 'overridden', reason, overridden_by, at,
               order_id, version FROM override WHERE other_id IS NOT NULL AND {about}
        UNION ALL
        SELECT LEAST(order_id, other_id), GREATEST(order_id, other_id), state, reason, overridden_by, found_at,
               order_id, 0 FROM duplicate WHERE state = 'overridden' AND {about}) AS said
    ORDER BY one, other, at DESC, order_id DESC, version DESC) AS newest
    ON newest.one = LEAST(later.order_id, earlier.e_order_id)
   AND newest.other = GREATEST(later.order_id, earlier.e_order_id)
"""


_SEEN: LiteralString = """
CROSS JOIN LATERAL (
    SELECT newest.reason AS verdict_reason, newest.said_by,
           CASE WHEN earlier.as_one THEN 'joined'
                WHEN newest.kind IN ('dismissed', 'overridden') THEN newest.kind
                WHEN later.day IS NOT NULL AND earlier.e_day IS NOT NULL THEN 'ignored'
                ELSE 'open' END AS verdict,
           earlier.e_to_day >= later.from_day AS overlapping,
           CASE WHEN earlier.as_one THEN later.agency_id = earlier.e_agency_id
                ELSE later.agencies && earlier.e_agencies END AS one_agency,
           later.items && earlier.e_items AS same_item) AS shown
WHERE ((later.absorbed_into IS NULL AND earlier.e_absorbed_into IS NULL) OR earlier.as_one)
  AND (%(agency_id)s::uuid IS NULL OR %(agency_id)s = ANY (later.agencies) OR %(agency_id)s = ANY (earlier.e_agencies))
  AND (%(sees_all)s OR later.state <> 'drafted' OR %(asking)s = ANY (later.agencies))
  AND (%(sees_all)s OR earlier.e_state <> 'drafted' OR %(asking)s = ANY (earlier.e_agencies))
  AND (%(area)s::text IS NULL OR EXISTS (
      SELECT FROM enterprise e WHERE e.enterprise_id = later.enterprise_id AND starts_with(e.area_code, %(area)s)))
"""
PAIRS: LiteralString = _NEAR + _OF_THIS_PAIR + _SEEN
ALL_PAIRS: LiteralString = _NEAR + _spoken_of("true") + _SEEN
# Pairs no more than `days` apart of which one is among `orders`, whatever the day.
TOUCHED: LiteralString = (
    f"""
SELECT later.*, earlier.*, shown.*
FROM (
    SELECT one.order_id AS later_id, other.order_id AS earlier_id
    FROM order_fact AS one JOIN order_fact AS other USING (premises_id)
    WHERE one.order_id = ANY (%(orders)s)
      AND COALESCE(other.day, other.starts_on) BETWEEN COALESCE(one.day, one.starts_on) - %(days)s::int - {LONGEST_WINDOW}
                                                   AND COALESCE(one.day, one.starts_on)
      AND (COALESCE(other.day, other.starts_on), other.order_id) < (COALESCE(one.day, one.starts_on), one.order_id)
      AND COALESCE(other.day, other.ends_on) >= COALESCE(one.day, one.starts_on) - %(days)s::int
    UNION
    SELECT other.order_id, one.order_id
    FROM order_fact AS one JOIN order_fact AS other USING (premises_id)
    WHERE one.order_id = ANY (%(orders)s)
      AND COALESCE(other.day, other.starts_on) BETWEEN COALESCE(one.day, one.starts_on)
                                                   AND COALESCE(one.day, one.ends_on) + %(days)s::int
      AND (COALESCE(other.day, other.starts_on), other.order_id) > (COALESCE(one.day, one.starts_on), one.order_id)
    ) AS met
JOIN ({_LATER} FROM order_fact WHERE state NOT IN {_GONE}) AS later ON later.order_id = met.later_id
CROSS JOIN LATERAL (
    {_EARLIER}
    FROM order_fact AS other WHERE other.order_id = met.earlier_id AND other.state NOT IN {_GONE}) AS earlier
"""
    + _spoken_of(_ABOUT)
    + _SEEN
)
# Of a `pair`, one row for each of its leading agencies. `last_day` is until when both stood, `hidden` says that the
# other is a draft which that agency does not see.
COUNTED: LiteralString = """
    SELECT side.agency_id, COALESCE(e.area_code, '') AS area_code, LEAST(to_day, e_to_day) AS last_day,
           GREATEST(from_day - e_to_day, 0) AS gap, verdict, side.hidden
    FROM pair LEFT JOIN enterprise AS e USING (enterprise_id)
    CROSS JOIN LATERAL (
        SELECT pair.agency_id, e_state = 'drafted' AND pair.agency_id <> ALL (e_agencies) AS hidden
        UNION ALL
        SELECT e_agency_id, state = 'drafted' AND e_agency_id <> ALL (agencies)
        WHERE e_agency_id <> pair.agency_id) AS side
"""
