-- How many pairs of orders lie close together, so that their rates are read and not counted (ADR 64).
CREATE TABLE near_tally (
    agency_id uuid NOT NULL,
    last_day date NOT NULL,
    area_code text NOT NULL,
    gap integer NOT NULL,
    verdict text NOT NULL,
    hidden boolean NOT NULL,
    pairs integer NOT NULL,
    PRIMARY KEY (agency_id, last_day, area_code, gap, verdict, hidden)
);
COMMENT ON COLUMN near_tally.last_day IS 'until when both of the pair stood';
COMMENT ON COLUMN near_tally.gap IS 'days between the two, 30 at most';
COMMENT ON COLUMN near_tally.hidden IS 'the other is a draft that this agency does not see';
CREATE INDEX near_tally_by_day ON near_tally (last_day);
CREATE INDEX near_tally_empty ON near_tally (agency_id) WHERE pairs = 0;

-- Those that somebody may still ask for, counted once: from here on they are kept up. Older ones come with the next
-- `yicha rebuild`: a year of a city whose busiest place has thousands of visits takes minutes.
INSERT INTO near_tally
SELECT agency_id, last_day, area_code, gap, verdict, hidden, count(*)
FROM (
WITH pair AS (
SELECT later.*, earlier.*, shown.*
FROM (
    SELECT order_id, enterprise_id, premises_id, agency_id, agencies, state, trigger, items, inspectors, day,
           absorbed_into, starts_on, ends_on, COALESCE(day, starts_on) AS from_day, COALESCE(day, ends_on) AS to_day
    FROM order_fact
    WHERE state NOT IN ('cancelled', 'expired') AND COALESCE(day, starts_on) >= (CURRENT_DATE - 1) - 30 - 92
      AND COALESCE(day, ends_on) >= (CURRENT_DATE - 1) - 30) AS later
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
    WHERE other.premises_id = later.premises_id AND other.state NOT IN ('cancelled', 'expired')
      AND COALESCE(other.day, other.starts_on)
          BETWEEN later.from_day - 30 - 92 AND later.from_day
      AND (COALESCE(other.day, other.starts_on), other.order_id) < (later.from_day, later.order_id)
      AND COALESCE(other.day, other.ends_on) >= GREATEST(later.from_day, (CURRENT_DATE - 1)) - 30
    ) AS earlier
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
), counted AS (
    SELECT side.agency_id, COALESCE(e.area_code, '') AS area_code, LEAST(to_day, e_to_day) AS last_day,
           GREATEST(from_day - e_to_day, 0) AS gap, verdict, side.hidden
    FROM pair LEFT JOIN enterprise AS e USING (enterprise_id)
    CROSS JOIN LATERAL (
        SELECT pair.agency_id, e_state = 'drafted' AND pair.agency_id <> ALL (e_agencies) AS hidden
        UNION ALL
        SELECT e_agency_id, state = 'drafted' AND e_agency_id <> ALL (agencies)
        WHERE e_agency_id <> pair.agency_id) AS side
) TABLE counted) AS counted
GROUP BY agency_id, last_day, area_code, gap, verdict, hidden;
