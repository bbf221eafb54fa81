-- Replica of registry state, fed by events alone; `version` is the last one applied. No foreign key leads
-- from an order into it: a replica may be rebuilt, an order stands.

CREATE TABLE agency (
    agency_id       uuid    PRIMARY KEY,
    version         int     NOT NULL,
    name            text    NOT NULL,
    level           text    NOT NULL,
    domain          text    NOT NULL,
    area_code       text    NOT NULL,
    entrusted_by    uuid,
    lead_industries text[]  NOT NULL,
    active          boolean NOT NULL
);

CREATE TABLE enterprise (
    enterprise_id uuid    PRIMARY KEY,
    version       int     NOT NULL,
    uscc          text    NOT NULL,
    name          text    NOT NULL,
    industry      text    NOT NULL,
    area_code     text    NOT NULL,
    grade         text,
    active        boolean NOT NULL
);

CREATE TABLE premises (
    premises_id   uuid    PRIMARY KEY,
    enterprise_id uuid    NOT NULL,
    name          text    NOT NULL,
    address       text    NOT NULL,
    area_code     text    NOT NULL,
    grid          text    NOT NULL,
    short_code    text    NOT NULL,
    active        boolean NOT NULL,
    latitude      float8,
    longitude     float8
);
CREATE INDEX premises_enterprise ON premises (enterprise_id);
CREATE INDEX premises_short_code ON premises (short_code);

CREATE TABLE inspector (
    inspector_id       uuid    PRIMARY KEY,
    version            int     NOT NULL,
    agency_id          uuid    NOT NULL,
    name               text    NOT NULL,
    certificate_number text    NOT NULL,
    kind               text    NOT NULL,
    scope              text[]  NOT NULL,
    valid_from         date    NOT NULL,
    valid_until        date    NOT NULL,
    active             boolean NOT NULL
);

CREATE TABLE item (
    item_id           uuid    PRIMARY KEY,
    version           int     NOT NULL,
    code              text    NOT NULL,
    name              text    NOT NULL,
    domain            text    NOT NULL,
    levels            text[]  NOT NULL,
    legal_basis       text    NOT NULL,
    published         boolean NOT NULL,
    in_force_from     date    NOT NULL,
    in_force_until    date,
    annual_cap        int,
    min_interval_days int,
    checklist_version int     NOT NULL
);

-- Every checklist seen, because an order keeps the version it was issued with (rule R1).
CREATE TABLE checklist (
    item_id           uuid  NOT NULL,
    checklist_version int   NOT NULL,
    questions         jsonb NOT NULL,
    PRIMARY KEY (item_id, checklist_version)
);

-- An order 检查单. `agency_id` leads; `order_agency` has all that the visit serves. `version` is that of the
-- last event. `revision` counts changes of content: reasons and approvals hold for one revision. `judgement_id`
-- names the findings of the gate's latest look, `policy` the profile version it judged by.
--   open      may still be joined with another (J1, J2)
--   standing  takes a place under the yearly cap (F1): planned or carried out
--   visited   has been carried out
CREATE TABLE orders (
    order_id             uuid        PRIMARY KEY,
    version              int         NOT NULL,
    revision             int         NOT NULL DEFAULT 1,
    state                text        NOT NULL CHECK (state IN (
        'drafted', 'submitted', 'approved', 'issued', 'entered', 'recorded', 'concluded', 'closed',
        'rectifying', 'referred', 'cancelled', 'expired', 'absorbed')),
    agency_id            uuid        NOT NULL,
    enterprise_id        uuid        NOT NULL,
    premises_id          uuid        NOT NULL,
    trigger              text        NOT NULL CHECK (trigger IN (
        'routine', 'random', 'campaign', 'complaint', 'assigned', 'requested', 'monitoring', 'urgent', 'recheck')),
    clue                 text,
    on_site_reason       text        NOT NULL,
    starts_on            date        NOT NULL,
    ends_on              date        NOT NULL,
    drafted_by           uuid        NOT NULL,
    drafted_at           timestamptz NOT NULL,
    submitted_by         uuid,
    submitted_at         timestamptz,
    issued_at            timestamptz,
    entered_at           timestamptz,
    recorded_at          timestamptz,
    concluded_at         timestamptz,
    closed_at            timestamptz,
    result               text        CHECK (result IN ('no_problem', 'reminder', 'order_rectification', 'refer')),
    rectification_due_on date,
    absorbed_into        uuid        REFERENCES orders,
    judgement_id         uuid,
    policy               text,
    open     boolean GENERATED ALWAYS AS (state IN ('submitted', 'approved', 'issued')) STORED,
    standing boolean GENERATED ALWAYS AS (state NOT IN ('drafted', 'cancelled', 'expired', 'absorbed')) STORED,
    visited  boolean GENERATED ALWAYS AS (state IN (
        'entered', 'recorded', 'concluded', 'closed', 'rectifying', 'referred')) STORED,
    CONSTRAINT orders_absorbed CHECK ((state = 'absorbed') = (absorbed_into IS NOT NULL)),
    -- The longest window bounds how far back a look for overlaps must start.
    CONSTRAINT orders_window CHECK (ends_on BETWEEN starts_on AND starts_on + 92)
);
CREATE INDEX orders_open ON orders (enterprise_id, starts_on) WHERE open;
CREATE INDEX orders_enterprise ON orders (enterprise_id, starts_on);
CREATE INDEX orders_state ON orders (state, order_id);
CREATE INDEX orders_ending ON orders (ends_on) WHERE open;

-- One row an item, with what the rules ask by, so that a look stays on one index however long the history is.
-- State is not repeated here: it would be one more thing to keep true, and a year of one agency at one
-- enterprise is a handful of rows. `checklist_version` is locked at issue.
CREATE TABLE order_item (
    order_id          uuid NOT NULL REFERENCES orders,
    item_id           uuid NOT NULL,
    agency_id         uuid NOT NULL,
    enterprise_id     uuid NOT NULL,
    premises_id       uuid NOT NULL,
    domain            text NOT NULL,
    starts_on         date NOT NULL,
    ends_on           date NOT NULL,
    checklist_version int,
    PRIMARY KEY (order_id, item_id)
);
CREATE INDEX order_item_year ON order_item (enterprise_id, agency_id, domain, starts_on) INCLUDE (order_id);
CREATE INDEX order_item_interval ON order_item (enterprise_id, item_id, starts_on) INCLUDE (order_id, premises_id);

CREATE TABLE order_inspector (
    order_id     uuid NOT NULL REFERENCES orders,
    inspector_id uuid NOT NULL,
    agency_id    uuid NOT NULL,
    PRIMARY KEY (order_id, inspector_id)
);
CREATE INDEX order_inspector_of ON order_inspector (inspector_id, order_id);

CREATE TABLE order_agency (
    order_id  uuid    NOT NULL REFERENCES orders,
    agency_id uuid    NOT NULL,
    leads     boolean NOT NULL,
    PRIMARY KEY (order_id, agency_id)
);
CREATE INDEX order_agency_of ON order_agency (agency_id, order_id);

-- The word of an agency's head (rule A5), for one revision and one window. Never deleted.
CREATE TABLE approval (
    approval_id  uuid        PRIMARY KEY,
    order_id     uuid        NOT NULL REFERENCES orders,
    agency_id    uuid        NOT NULL,
    revision     int         NOT NULL,
    starts_on    date        NOT NULL,
    ends_on      date        NOT NULL,
    approved_by  uuid        NOT NULL,
    name         text        NOT NULL,
    approved_at  timestamptz NOT NULL,
    carried_from uuid        REFERENCES orders,
    CONSTRAINT approval_once UNIQUE (order_id, agency_id, revision)
);

-- What the gate said, and what a person answered. Never deleted.
CREATE TABLE finding (
    finding_id   uuid        PRIMARY KEY,
    judgement_id uuid        NOT NULL,
    order_id     uuid        NOT NULL REFERENCES orders,
    revision     int         NOT NULL,
    stage        text        NOT NULL,
    rule         text        NOT NULL,
    key          text        NOT NULL,
    outcome      text        NOT NULL CHECK (outcome IN ('notice', 'justify', 'block')),
    explanation  jsonb       NOT NULL,
    remedy       jsonb       NOT NULL,
    citations    jsonb       NOT NULL,
    figures      jsonb       NOT NULL,
    orders       uuid[]      NOT NULL,
    items        uuid[]      NOT NULL,
    judged_at    timestamptz NOT NULL,
    reason       text,
    reason_by    uuid,
    CONSTRAINT finding_once UNIQUE (judgement_id, key)
);
CREATE INDEX finding_order ON finding (order_id, revision);

-- Two orders seen as the same work. `reason` says why they go on apart; forgotten when either changes.
CREATE TABLE duplicate (
    one         uuid        NOT NULL REFERENCES orders,
    other       uuid        NOT NULL REFERENCES orders,
    rule        text        NOT NULL,
    found_at    timestamptz NOT NULL,
    reason      text,
    answered_by uuid,
    answered_at timestamptz,
    PRIMARY KEY (one, other),
    CONSTRAINT duplicate_ordered CHECK (one < other)
);
CREATE INDEX duplicate_other ON duplicate (other);

-- Who did what to an order, and the reason where one is asked for. `by` is empty for the clock.
CREATE TABLE step (
    step_id  uuid        PRIMARY KEY,
    order_id uuid        NOT NULL REFERENCES orders,
    version  int         NOT NULL,
    action   text        NOT NULL,
    by       uuid,
    name     text,
    reason   text,
    at       timestamptz NOT NULL
);
CREATE INDEX step_order ON step (order_id);
