-- The yearly plan of an agency (rule R5), one row a revision: what was published is never changed, a later revision
-- takes its place. At most one revision is being written and one is in force. `edition` counts saves of the draft.
CREATE TABLE plan (
    plan_id      uuid        PRIMARY KEY,
    agency_id    uuid        NOT NULL,
    year         int         NOT NULL,
    revision     int         NOT NULL,
    state        text        NOT NULL CHECK (state IN ('drafted', 'published', 'superseded')),
    edition      int         NOT NULL,
    note         text        NOT NULL,
    drafted_by   uuid        NOT NULL,
    drafted_at   timestamptz NOT NULL,
    published_by uuid,
    published_at timestamptz,
    published_on date,
    CONSTRAINT plan_revision UNIQUE (agency_id, year, revision),
    CONSTRAINT plan_published CHECK ((state = 'drafted') = (published_on IS NULL))
);
CREATE UNIQUE INDEX plan_draft ON plan (agency_id, year) WHERE state = 'drafted';
CREATE UNIQUE INDEX plan_in_force ON plan (agency_id, year) WHERE state = 'published';

CREATE TABLE plan_item (
    plan_id uuid NOT NULL REFERENCES plan,
    item_id uuid NOT NULL,
    visits  int  NOT NULL CHECK (visits > 0),
    PRIMARY KEY (plan_id, item_id)
);

-- 专项检查 (rule A7). Two campaigns under one filing number would be twice its quota.
CREATE TABLE campaign (
    campaign_id            uuid    PRIMARY KEY,
    version                int     NOT NULL,
    agency_id              uuid    NOT NULL,
    name                   text    NOT NULL,
    filing_number          text    NOT NULL,
    approving_government   text    NOT NULL,
    approved_on            date    NOT NULL,
    published_on           date,
    starts_on              date    NOT NULL,
    ends_on                date    NOT NULL,
    quota                  int     NOT NULL CHECK (quota > 0),
    objects                int     NOT NULL CHECK (objects > 0),
    full_coverage_approved boolean NOT NULL,
    active                 boolean NOT NULL,
    CONSTRAINT campaign_filing UNIQUE (approving_government, filing_number),
    CONSTRAINT campaign_window CHECK (ends_on >= starts_on)
);
CREATE INDEX campaign_agency ON campaign (agency_id, campaign_id);

-- Every version of a campaign, as it was, and why it became so. Never deleted.
CREATE TABLE campaign_version (
    campaign_id uuid        NOT NULL REFERENCES campaign,
    version     int         NOT NULL,
    content     jsonb       NOT NULL,
    reason      text,
    changed_by  uuid        NOT NULL,
    changed_at  timestamptz NOT NULL,
    PRIMARY KEY (campaign_id, version)
);

-- What draws down the quota: orders that stand, and those that live on inside a joint order.
CREATE INDEX orders_campaign ON orders (campaign_id) WHERE campaign_id IS NOT NULL;
CREATE VIEW campaign_order AS
SELECT o.campaign_id, o.order_id
FROM orders o LEFT JOIN orders host ON host.order_id = o.absorbed_into
WHERE o.campaign_id IS NOT NULL
  AND (o.standing OR o.state = 'absorbed' AND host.state NOT IN ('cancelled', 'expired'));

-- 备案审查: the coordinator's word on one revision (rule A8). Never deleted.
CREATE TABLE review (
    order_id    uuid        NOT NULL REFERENCES orders,
    revision    int         NOT NULL,
    passed      boolean     NOT NULL,
    reason      text        NOT NULL,
    reviewed_by uuid        NOT NULL,
    name        text        NOT NULL,
    reviewed_at timestamptz NOT NULL,
    PRIMARY KEY (order_id, revision)
);

-- 双随机. Lists and seed are fixed when it is committed; `seed` is filled in when it is revealed or abandoned and
-- rests in `draw_seed` until then. `number` counts an agency's draws without a gap and `previous` is the commitment
-- of the one before, so that none can vanish. Never deleted.
CREATE TABLE draw (
    draw_id       uuid        PRIMARY KEY,
    version       int         NOT NULL,
    agency_id     uuid        NOT NULL,
    number        int         NOT NULL,
    previous      text,
    state         text        NOT NULL CHECK (state IN ('committed', 'revealed', 'abandoned')),
    purpose       text        NOT NULL,
    domain        text        NOT NULL,
    starts_on     date        NOT NULL,
    ends_on       date        NOT NULL,
    per_object    int         NOT NULL,
    scope         jsonb       NOT NULL,
    strata        jsonb       NOT NULL,
    public_source text,
    public_on     date,
    commitment    text        NOT NULL,
    seed          text,
    public_value  text,
    reason        text,
    committed_by  uuid        NOT NULL,
    committed_at  timestamptz NOT NULL,
    ended_by      uuid,
    ended_at      timestamptz,
    CONSTRAINT draw_number UNIQUE (agency_id, number),
    CONSTRAINT draw_open CHECK ((state = 'committed') = (seed IS NULL))
);

CREATE TABLE draw_seed (
    draw_id uuid PRIMARY KEY REFERENCES draw,
    seed    text NOT NULL
);

-- Grade and section of industry as they were at the commitment.
CREATE TABLE draw_object (
    draw_id       uuid NOT NULL REFERENCES draw,
    premises_id   uuid NOT NULL,
    enterprise_id uuid NOT NULL,
    grade         text,
    industry      text NOT NULL,
    PRIMARY KEY (draw_id, premises_id)
);

CREATE TABLE draw_inspector (
    draw_id      uuid NOT NULL REFERENCES draw,
    inspector_id uuid NOT NULL,
    certificate  text NOT NULL,
    PRIMARY KEY (draw_id, inspector_id)
);

CREATE TABLE draw_recusal (
    draw_id       uuid NOT NULL REFERENCES draw,
    inspector_id  uuid NOT NULL,
    enterprise_id uuid NOT NULL,
    reason        text NOT NULL,
    PRIMARY KEY (draw_id, inspector_id, enterprise_id)
);

CREATE TABLE draw_result (
    draw_id     uuid   NOT NULL REFERENCES draw,
    premises_id uuid   NOT NULL,
    rank        int    NOT NULL,
    inspectors  uuid[] NOT NULL,
    PRIMARY KEY (draw_id, premises_id),
    CONSTRAINT draw_result_rank UNIQUE (draw_id, rank)
);
CREATE INDEX orders_draw ON orders (draw_id, premises_id) WHERE draw_id IS NOT NULL;
