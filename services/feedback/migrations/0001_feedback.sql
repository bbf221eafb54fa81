-- Replicas, fed by events.

CREATE TABLE agency (
    agency_id uuid PRIMARY KEY,
    version integer NOT NULL,
    name text NOT NULL,
    area_code text NOT NULL
);

CREATE TABLE enterprise (
    enterprise_id uuid PRIMARY KEY,
    version integer NOT NULL,
    area_code text NOT NULL
);

CREATE TABLE visit (
    order_id uuid PRIMARY KEY,
    version integer NOT NULL,
    enterprise_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('issued', 'entered', 'concluded', 'cancelled', 'expired')),
    entered_at timestamptz,
    concluded_at timestamptz
);
CREATE INDEX visit_of_enterprise ON visit (enterprise_id, concluded_at);

-- Ratings (rule V1). A right is an HMAC of the order under a secret outside the database; a ballot says what
-- was thought of an agency on a day. Nothing joins the two: they share no column, and `mix` rewrites both in
-- random order, so that neither their place on disk nor the transaction that wrote them pairs them either.

CREATE TABLE spent_right (
    nonce bytea PRIMARY KEY CHECK (length(nonce) = 32),
    mixed boolean NOT NULL DEFAULT false
);
CREATE INDEX spent_right_unmixed ON spent_right (mixed) WHERE NOT mixed;

CREATE TABLE ballot (
    ballot_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    agency_id uuid NOT NULL,
    grade smallint NOT NULL CHECK (grade BETWEEN 1 AND 5),
    tags text[] NOT NULL,
    comment text,
    day date NOT NULL
);
CREATE INDEX ballot_of_agency ON ballot (agency_id, day);

CREATE TABLE release (
    release_id uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    released_on date NOT NULL,
    grades integer[] NOT NULL CHECK (cardinality(grades) = 5)
);
CREATE INDEX release_of_agency ON release (agency_id, released_on);

CREATE TABLE released_ballot (
    ballot_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    release_id uuid NOT NULL REFERENCES release,
    grade smallint NOT NULL,
    tags text[] NOT NULL,
    comment text
);
CREATE INDEX released_ballot_of_release ON released_ballot (release_id);

-- Complaints (rule V2). The texts stay in these two tables.

CREATE TABLE complaint (
    complaint_id uuid PRIMARY KEY,
    version integer NOT NULL,
    tracking_number text NOT NULL UNIQUE,
    enterprise_id uuid NOT NULL,
    agency_id uuid,
    order_id uuid,
    category text NOT NULL,
    text text NOT NULL CHECK (length(text) <= 4000),
    state text NOT NULL
        CHECK (state IN ('filed', 'assigned', 'handling', 'answered', 'followed_up', 'reopened')),
    filed_at timestamptz NOT NULL,
    due_on date NOT NULL,
    answer text CHECK (length(answer) <= 4000),
    reopened integer NOT NULL DEFAULT 0
);
CREATE INDEX complaint_open_by_due_date ON complaint (due_on, complaint_id)
    WHERE state NOT IN ('answered', 'followed_up');

CREATE TABLE complaint_step (
    complaint_id uuid NOT NULL REFERENCES complaint,
    version integer NOT NULL,
    state text NOT NULL,
    at timestamptz NOT NULL,
    account_id uuid,
    note text CHECK (length(note) <= 4000),
    PRIMARY KEY (complaint_id, version)
);
COMMENT ON COLUMN complaint_step.account_id IS 'the official who took the step; NULL when the enterprise did';
