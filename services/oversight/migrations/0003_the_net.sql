-- What came before this says nothing of the head's word, of deadlines, places and caps until `yicha rebuild` has run
-- once; until then the new figures begin at nothing, and the old ones go on as they were.

ALTER TABLE order_fact
    ADD COLUMN state_since          timestamptz,
    ADD COLUMN ratification         text CHECK (ratification IN ('pending', 'ratified', 'disapproved')),
    ADD COLUMN ratify_by            timestamptz,
    ADD COLUMN ratified_at          timestamptz,
    ADD COLUMN conclude_by          timestamptz,
    ADD COLUMN rectification_due_on date,
    ADD COLUMN deadlines            text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN order_fact.ratification IS 'the head''s word on a visit that began before it; NULL for all others';
COMMENT ON COLUMN order_fact.conclude_by IS 'known only once it has passed';
COMMENT ON COLUMN order_fact.deadlines IS 'those that passed, ever';
-- Each for the alerts of one kind, and small: what is in order is in none of them.
CREATE INDEX order_fact_unratified ON order_fact (entered_at DESC) WHERE ratification = 'pending';
CREATE INDEX order_fact_unscanned ON order_fact (concluded_at DESC)
    WHERE concluded_at IS NOT NULL AND entered_at IS NULL;
CREATE INDEX order_fact_suspect ON order_fact (entered_at DESC) WHERE flags <> '{}';
CREATE INDEX order_fact_unconcluded ON order_fact (conclude_by DESC)
    WHERE conclude_by IS NOT NULL AND concluded_at IS NULL;
CREATE INDEX order_fact_rectifying ON order_fact (rectification_due_on DESC) WHERE state = 'rectifying';
CREATE INDEX order_fact_expired ON order_fact (state_since DESC) WHERE state = 'expired';

CREATE TABLE visit_refusal (
    refusal_id uuid PRIMARY KEY,
    enterprise_id uuid NOT NULL,
    premises_id uuid NOT NULL,
    order_id uuid,
    agency_id uuid,
    ground text NOT NULL,
    supported boolean NOT NULL,
    refused_at timestamptz NOT NULL,
    day date NOT NULL
);
COMMENT ON TABLE visit_refusal IS 'by the enterprise (rule E4); `refusal` holds what the gate refused';
CREATE INDEX visit_refusal_of_enterprise ON visit_refusal (enterprise_id);
CREATE INDEX visit_refusal_by_day ON visit_refusal (day DESC, refusal_id DESC);

CREATE TABLE premises (
    premises_id uuid PRIMARY KEY,
    version integer NOT NULL,
    enterprise_id uuid NOT NULL,
    cell text NOT NULL,
    active boolean NOT NULL,
    latitude integer,
    longitude integer
);
COMMENT ON COLUMN premises.version IS 'the enterprise''s';
COMMENT ON COLUMN premises.cell IS 'area code and grid: 320581/海虞-07';
COMMENT ON COLUMN premises.latitude IS 'in millionths of a degree: sums of them are the same in any order';
CREATE INDEX premises_of_enterprise ON premises (enterprise_id);

ALTER TABLE agency ADD COLUMN domain text NOT NULL DEFAULT '';
ALTER TABLE item
    ADD COLUMN domain     text NOT NULL DEFAULT '',
    ADD COLUMN annual_cap integer;

-- What of a cell's premises there is.
CREATE TABLE cell_tally (
    cell text PRIMARY KEY,
    premises integer NOT NULL,
    enterprises integer NOT NULL,
    located integer NOT NULL,
    latitude bigint NOT NULL,
    longitude bigint NOT NULL
);
COMMENT ON COLUMN cell_tally.latitude IS 'the sum over those that are located';

-- How often an agency was at an enterprise in a year: in all where `item_id` is NULL, and for each item (rule F1).
CREATE TABLE year_visits (
    year integer NOT NULL,
    enterprise_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    item_id uuid,
    visits integer NOT NULL,
    UNIQUE NULLS NOT DISTINCT (year, enterprise_id, agency_id, item_id)
);
CREATE INDEX year_visits_often ON year_visits (year, visits) WHERE item_id IS NULL AND visits > 1;
CREATE INDEX year_visits_empty ON year_visits (year) WHERE visits = 0;

-- The rollup gets another key. It is made anew: nobody knows what the constraint is called after a rebuild.
ALTER TABLE daily RENAME TO daily_before;
CREATE TABLE daily (
    day date NOT NULL,
    agency_id uuid,
    industry text NOT NULL,
    area_code text NOT NULL,
    cell text NOT NULL,
    inspections integer NOT NULL,
    entered integer NOT NULL,
    late integer NOT NULL,
    backfilled_late integer NOT NULL,
    flagged integer NOT NULL,
    unscanned integer NOT NULL,
    joint integer NOT NULL,
    concluded integer NOT NULL,
    with_finding integer NOT NULL,
    urgent integer NOT NULL,
    ratified integer NOT NULL,
    disapproved integer NOT NULL,
    ratified_late integer NOT NULL,
    ratification_overdue integer NOT NULL,
    conclusion_overdue integer NOT NULL,
    rectification_overdue integer NOT NULL,
    refused integer NOT NULL,
    visit_refused integer NOT NULL,
    visit_refused_supported integer NOT NULL,
    duplicates integer NOT NULL,
    joined integer NOT NULL,
    overridden integer NOT NULL,
    dismissed integer NOT NULL,
    UNIQUE NULLS NOT DISTINCT (day, agency_id, industry, area_code, cell)
);
COMMENT ON COLUMN daily.agency_id IS 'the lead agency; NULL for a refusal that names none';
COMMENT ON COLUMN daily.industry IS 'empty while the enterprise is unknown here, as are area_code and cell';
CREATE INDEX daily_of_cell ON daily (cell, day);
INSERT INTO daily
SELECT day, agency_id, industry, area_code, '', inspections, entered, late, 0, flagged, unscanned, joint, concluded,
       with_finding, 0, 0, 0, 0, 0, 0, 0, refused, 0, 0, duplicates, joined, overridden, 0
FROM daily_before;
DROP TABLE daily_before;
UPDATE daily SET dismissed = said.pairs, overridden = overridden - said.pairs
FROM (SELECT pair.found_on, pair.agency_id, COALESCE(e.industry, '') AS industry, COALESCE(e.area_code, '') AS area_code,
             count(*) AS pairs
      FROM duplicate AS pair LEFT JOIN enterprise AS e ON e.enterprise_id = pair.enterprise_id
      WHERE pair.state = 'dismissed' GROUP BY 1, 2, 3, 4) AS said
WHERE (daily.day, daily.agency_id, daily.industry, daily.area_code)
    = (said.found_on, said.agency_id, said.industry, said.area_code);
UPDATE daily SET backfilled_late = told.visits
FROM (SELECT fact.day, fact.agency_id, COALESCE(e.industry, '') AS industry, COALESCE(e.area_code, '') AS area_code,
             count(*) AS visits
      FROM order_fact AS fact LEFT JOIN enterprise AS e ON e.enterprise_id = fact.enterprise_id
      WHERE fact.day IS NOT NULL AND 'late' = ANY (fact.flags) GROUP BY 1, 2, 3, 4) AS told
WHERE (daily.day, daily.agency_id, daily.industry, daily.area_code)
    = (told.day, told.agency_id, told.industry, told.area_code);

-- What a coordinator set aside. Not projected: it is said here and nowhere else, and no rebuild touches it (ADR 64).
CREATE TABLE alert_aside (
    alert_id text PRIMARY KEY,
    set_aside_by uuid NOT NULL,
    name text NOT NULL,
    reason text NOT NULL,
    at timestamptz NOT NULL
);
