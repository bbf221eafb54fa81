"""What makes two orders a pair, said once, in SQL.

An order stands on the day of its visit, or on its window until there was one. Two orders at one premises are a pair when
no more than `days` lie between them and both are of the last `days` or still to come. An absorbed order is a pair with
what it lives in and with nothing else. Each later order is met by the earlier ones through the index on premises and
first day; LONGEST_WINDOW bounds how far back one must look, as the inspection service bounds windows.
"""

from typing import LiteralString

LONGEST_WINDOW: LiteralString = "92"
_GONE: LiteralString = "('cancelled', 'expired')"

_NEAR: LiteralString = f"""
SELECT later.*, earlier.*, shown.*
FROM (
    SELECT order_id, enterprise_id, premises_id, agency_id, agencies, state, trigger, items, inspectors, day,
           absorbed_into, starts_on, ends_on, COALESCE(day, starts_on) AS from_day, COALESCE(day, ends_on) AS to_day
    FROM order_fact
    WHERE state NOT IN {_GONE} AND COALESCE(day, starts_on) >= %(today)s::date - %(days)s::int - {LONGEST_WINDOW}
      AND COALESCE(day, ends_on) >= %(today)s::date - %(days)s::int) AS later
CROSS JOIN LATERAL (
    SELECT other.order_id AS e_order_id, other.agency_id AS e_agency_id, other.agencies AS e_agencies,
           other.state AS e_state, other.trigger AS e_trigger, other.items AS e_items,
           other.inspectors AS e_inspectors, other.day AS e_day, other.absorbed_into AS e_absorbed_into,
           other.starts_on AS e_starts_on, other.ends_on AS e_ends_on,
           COALESCE(other.day, other.starts_on) AS e_from_day, COALESCE(other.day, other.ends_on) AS e_to_day,
           (other.absorbed_into IS NOT DISTINCT FROM later.order_id
            OR later.absorbed_into IS NOT DISTINCT FROM other.order_id
            OR (other.absorbed_into IS NOT NULL AND other.absorbed_into = later.absorbed_into)) AS as_one
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
# Of all pairs at once: people have spoken of few.
_OF_ANY_PAIR: LiteralString = """
LEFT JOIN (
    SELECT DISTINCT ON (one, other) one, other, kind, reason, said_by FROM (
        SELECT LEAST(order_id, other_id) AS one, GREATEST(order_id, other_id) AS other, kind, reason, said_by, at,
               order_id, version FROM verdict
        UNION ALL
        SELECT LEAST(order_id, other_id), GREATEST(order_id, other_id), 'overridden', reason, overridden_by, at,
               order_id, version FROM override WHERE other_id IS NOT NULL
        UNION ALL
        SELECT LEAST(order_id, other_id), GREATEST(order_id, other_id), state, reason, overridden_by, found_at,
               order_id, 0 FROM duplicate WHERE state = 'overridden') AS said
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
ALL_PAIRS: LiteralString = _NEAR + _OF_ANY_PAIR + _SEEN
