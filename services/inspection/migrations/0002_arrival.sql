-- The typed form of an order's code, drawn when somebody first asks for the code.
CREATE TABLE order_code (
    order_id   uuid PRIMARY KEY REFERENCES orders,
    short_code text NOT NULL CONSTRAINT order_code_short UNIQUE
);

-- The moment of arrival 扫码入企: one per order, whoever scans first. `entered_at` is the server's clock, or the
-- phone's when it was filled in afterwards; both clocks stay beside it (rule E2). `accuracy` and `distance` in metres.
CREATE TABLE entry (
    entry_id       uuid        PRIMARY KEY,
    order_id       uuid        NOT NULL REFERENCES orders CONSTRAINT entry_once UNIQUE,
    enterprise_id  uuid        NOT NULL,
    premises_id    uuid        NOT NULL,
    made_by        uuid        NOT NULL,
    entered_at     timestamptz NOT NULL,
    device_time    timestamptz NOT NULL,
    received_at    timestamptz NOT NULL,
    device_id      text        NOT NULL,
    latitude       float8,
    longitude      float8,
    accuracy       float8,
    distance       float8,
    online         boolean     NOT NULL,
    offline_reason text,
    flags          text[]      NOT NULL,
    left_at        timestamptz,
    CONSTRAINT entry_offline_says_why CHECK (online OR offline_reason IS NOT NULL),
    CONSTRAINT entry_left_after CHECK (left_at >= entered_at)
);
CREATE INDEX entry_device ON entry (device_id, entered_at) INCLUDE (made_by);
CREATE INDEX entry_enterprise ON entry (enterprise_id, entered_at);

-- Who was there, exploded, because E2 asks where an inspector was last.
CREATE TABLE entry_inspector (
    entry_id     uuid        NOT NULL REFERENCES entry,
    inspector_id uuid        NOT NULL,
    premises_id  uuid        NOT NULL,
    entered_at   timestamptz NOT NULL,
    PRIMARY KEY (entry_id, inspector_id)
);
CREATE INDEX entry_inspector_last ON entry_inspector (inspector_id, entered_at) INCLUDE (premises_id);

-- 拒绝入企 by the system: always kept, never silent. Never deleted.
CREATE TABLE entry_refusal (
    refusal_id    uuid        PRIMARY KEY,
    order_id      uuid        NOT NULL REFERENCES orders,
    enterprise_id uuid        NOT NULL,
    premises_id   uuid,
    agency_id     uuid        NOT NULL,
    inspector_id  uuid        NOT NULL,
    rule          text        NOT NULL,
    reason        text        NOT NULL,
    findings      jsonb       NOT NULL,
    device_id     text        NOT NULL,
    device_time   timestamptz NOT NULL,
    refused_at    timestamptz NOT NULL,
    latitude      float8,
    longitude     float8,
    accuracy      float8,
    online        boolean     NOT NULL
);
CREATE INDEX entry_refusal_order ON entry_refusal (order_id);
CREATE INDEX entry_refusal_agency ON entry_refusal (agency_id, refusal_id);

-- 现场检查笔录: signed, or refused with a reason before a witness (rule R2). Written once.
CREATE TABLE record (
    order_id       uuid        PRIMARY KEY REFERENCES orders,
    made_by        uuid        NOT NULL,
    name           text        NOT NULL,
    made_at        timestamptz NOT NULL,
    statement      text        NOT NULL,
    signed_by      text,
    refusal_reason text,
    witness        text,
    CONSTRAINT record_signed_or_witnessed CHECK (
        (signed_by IS NULL) = (refusal_reason IS NOT NULL) AND (refusal_reason IS NULL) = (witness IS NULL))
);

CREATE TABLE record_answer (
    order_id    uuid NOT NULL REFERENCES record,
    item_id     uuid NOT NULL,
    question_id text NOT NULL,
    finding     text NOT NULL CHECK (finding IN ('ok', 'problem', 'not_applicable')),
    note        text NOT NULL,
    PRIMARY KEY (order_id, item_id, question_id)
);
