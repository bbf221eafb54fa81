-- What the clock asks of an order: `conclude_by` is when the result must be told (rule R3), beside `ratify_by` (A6)
-- and `rectification_due_on` (R4). `overdue` names the deadlines that passed and were told, so that each is told once;
-- all of it stands on the row that the clock locks, because a row that changed while we looked is judged anew there.
-- `refusals` counts how often the enterprise refused under this order: an entry reads it under its own lock.
ALTER TABLE orders
    ADD COLUMN conclude_by timestamptz,
    ADD COLUMN overdue     text[] NOT NULL DEFAULT '{}',
    ADD COLUMN refusals    int    NOT NULL DEFAULT 0;
CREATE INDEX orders_ratify_by ON orders (ratify_by) WHERE ratification = 'pending';
CREATE INDEX orders_conclude_by ON orders (conclude_by) WHERE state IN ('entered', 'recorded');
CREATE INDEX orders_rectify_by ON orders (rectification_due_on) WHERE state = 'rectifying';
CREATE INDEX orders_recheck_of ON orders (recheck_of) WHERE recheck_of IS NOT NULL;

-- 拒绝 by the enterprise (rule E4): kept for good. With an order, one a ground; where nobody showed a code, one a day
-- and premises, without a word that somebody wrote. `findings` are what the system knew of it at that moment.
CREATE TABLE visit_refusal (
    refusal_id    uuid        PRIMARY KEY,
    order_id      uuid        REFERENCES orders,
    enterprise_id uuid        NOT NULL,
    premises_id   uuid        NOT NULL,
    agency_id     uuid,
    ground        text        NOT NULL CHECK (ground IN (
        'no_code', 'no_credential', 'item_off_list', 'too_few_inspectors')),
    words         text,
    supported     boolean     NOT NULL,
    findings      jsonb       NOT NULL,
    refused_on    date        NOT NULL,
    refused_at    timestamptz NOT NULL,
    CONSTRAINT visit_refusal_of_whom CHECK ((order_id IS NULL) = (agency_id IS NULL)),
    CONSTRAINT visit_refusal_without_code CHECK (order_id IS NOT NULL OR (ground = 'no_code' AND words IS NULL))
);
CREATE UNIQUE INDEX visit_refusal_once ON visit_refusal (order_id, ground) WHERE order_id IS NOT NULL;
CREATE UNIQUE INDEX visit_refusal_daily ON visit_refusal (premises_id, refused_on) WHERE order_id IS NULL;
CREATE INDEX visit_refusal_agency ON visit_refusal (agency_id, refusal_id);

-- A signed sheet for both sides; `about` is the refusal or the entry it speaks of. The text of `token` is all it says.
CREATE TABLE receipt (
    receipt_id uuid        PRIMARY KEY,
    kind       text        NOT NULL CHECK (kind IN ('visit', 'refusal')),
    about      uuid        NOT NULL CONSTRAINT receipt_once UNIQUE,
    order_id   uuid        REFERENCES orders,
    made_at    timestamptz NOT NULL,
    token      text        NOT NULL
);
CREATE INDEX receipt_order ON receipt (order_id);

-- 整改: what the enterprise says it has put right, and what the agency said to it (rule R4).
CREATE TABLE rectification_proof (
    proof_id uuid        PRIMARY KEY,
    order_id uuid        NOT NULL REFERENCES orders,
    words    text        NOT NULL,
    photos   text[]      NOT NULL,
    sent_by  uuid        NOT NULL,
    sent_at  timestamptz NOT NULL
);
CREATE INDEX rectification_proof_order ON rectification_proof (order_id);

CREATE TABLE recheck (
    recheck_id uuid        PRIMARY KEY,
    order_id   uuid        NOT NULL REFERENCES orders,
    mode       text        NOT NULL CHECK (mode IN ('remote', 'on_site')),
    passed     boolean     NOT NULL,
    note       text        NOT NULL,
    due_on     date,
    made_under uuid        REFERENCES orders,
    by         uuid        NOT NULL,
    name       text        NOT NULL,
    at         timestamptz NOT NULL,
    CONSTRAINT recheck_new_deadline CHECK (passed = (due_on IS NULL)),
    CONSTRAINT recheck_by_order CHECK ((mode = 'on_site') = (made_under IS NOT NULL))
);
CREATE INDEX recheck_order ON recheck (order_id);
