-- Projections. Each row follows from the events alone, whatever order the topics are read in: a rebuild by
-- replay gives the same rows. So there is no time of writing here, no generated id, no foreign key.

CREATE TABLE agency (
    agency_id uuid PRIMARY KEY,
    version integer NOT NULL,
    name text NOT NULL,
    area_code text NOT NULL,
    active boolean NOT NULL
);

CREATE TABLE enterprise (
    enterprise_id uuid PRIMARY KEY,
    version integer NOT NULL,
    name text NOT NULL,
    uscc text NOT NULL,
    industry text NOT NULL,
    area_code text NOT NULL
);
COMMENT ON COLUMN enterprise.industry IS 'the letter of its GB/T 4754 section';

CREATE TABLE order_fact (
    order_id uuid PRIMARY KEY,
    version integer NOT NULL,
    enterprise_id uuid NOT NULL,
    premises_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    agencies uuid[] NOT NULL,
    trigger text,
    state text NOT NULL,
    starts_on date,
    ends_on date,
    entered_at timestamptz,
    online boolean,
    flags text[] NOT NULL,
    left_at timestamptz,
    concluded_at timestamptz,
    result text,
    day date,
    absorbed_into uuid,
    duplicates integer NOT NULL,
    overrides integer NOT NULL
);
COMMENT ON COLUMN order_fact.day IS 'the city''s day of the visit; NULL until somebody was there';
CREATE INDEX order_fact_of_enterprise ON order_fact (enterprise_id);
CREATE INDEX order_fact_by_day ON order_fact (day DESC, order_id DESC) WHERE day IS NOT NULL;
CREATE INDEX order_fact_of_agency ON order_fact (agency_id, state, order_id);

CREATE TABLE duplicate (
    order_id uuid NOT NULL,
    other_id uuid NOT NULL,
    rule text NOT NULL,
    outcome text NOT NULL,
    agency_id uuid NOT NULL,
    enterprise_id uuid NOT NULL,
    found_at timestamptz NOT NULL,
    found_on date NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'joined', 'overridden')),
    overridden_by uuid,
    PRIMARY KEY (order_id, other_id, rule)
);
CREATE INDEX duplicate_of_other ON duplicate (other_id);
CREATE INDEX duplicate_of_enterprise ON duplicate (enterprise_id);
CREATE INDEX duplicate_by_day ON duplicate (found_on DESC, order_id DESC);

-- A finding that needed a reason and got one; the reason stays with the order.
CREATE TABLE override (
    order_id uuid NOT NULL,
    version integer NOT NULL,
    rule text NOT NULL,
    overridden_by uuid NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (order_id, version)
);

CREATE TABLE refusal (
    refusal_id uuid PRIMARY KEY,
    enterprise_id uuid NOT NULL,
    premises_id uuid,
    order_id uuid,
    agency_id uuid,
    inspector_id uuid,
    rule text NOT NULL,
    reason text NOT NULL,
    refused_at timestamptz NOT NULL,
    day date NOT NULL
);
CREATE INDEX refusal_of_enterprise ON refusal (enterprise_id);
CREATE INDEX refusal_by_day ON refusal (day DESC, refusal_id DESC);

CREATE TABLE rating (
    rating_id uuid PRIMARY KEY,
    area_code text NOT NULL,
    grade smallint NOT NULL CHECK (grade BETWEEN 1 AND 5),
    day date NOT NULL
);
CREATE INDEX rating_by_day ON rating (day, area_code, grade);

CREATE TABLE rating_release (
    release_id uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    grades integer[] NOT NULL CHECK (cardinality(grades) = 5),
    released_on date NOT NULL
);
CREATE INDEX rating_release_of_agency ON rating_release (agency_id, released_on);

CREATE TABLE complaint (
    complaint_id uuid PRIMARY KEY,
    version integer NOT NULL,
    enterprise_id uuid NOT NULL,
    agency_id uuid,
    order_id uuid,
    category text NOT NULL,
    state text NOT NULL,
    due_on date NOT NULL,
    filed_on date NOT NULL
);
CREATE INDEX complaint_by_day ON complaint (filed_on, complaint_id);

-- Rollups: sums of what is above, kept up in the same transaction.

CREATE TABLE daily (
    day date NOT NULL,
    agency_id uuid,
    industry text NOT NULL,
    area_code text NOT NULL,
    inspections integer NOT NULL,
    entered integer NOT NULL,
    late integer NOT NULL,
    flagged integer NOT NULL,
    unscanned integer NOT NULL,
    joint integer NOT NULL,
    concluded integer NOT NULL,
    with_finding integer NOT NULL,
    refused integer NOT NULL,
    duplicates integer NOT NULL,
    joined integer NOT NULL,
    overridden integer NOT NULL,
    UNIQUE NULLS NOT DISTINCT (day, agency_id, industry, area_code)
);
COMMENT ON COLUMN daily.agency_id IS 'the lead agency; NULL for a refusal that names none';
COMMENT ON COLUMN daily.industry IS 'empty while the enterprise is unknown here, as is area_code';

CREATE TABLE order_tally (
    agency_id uuid NOT NULL,
    state text NOT NULL,
    orders integer NOT NULL,
    PRIMARY KEY (agency_id, state)
);

-- How far the projections are. Not rebuilt: it only ever moves on, and numbers the messages of the stream.
CREATE TABLE progress (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    position bigint NOT NULL DEFAULT 0,
    events bigint NOT NULL DEFAULT 0,
    last_event_id uuid,
    last_event_type text,
    changed_at timestamptz
);
INSERT INTO progress DEFAULT VALUES;
