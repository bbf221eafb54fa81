-- Run by `provision` as the role `yicha_audit`, in a schema of that role: the service may write and read, and
-- neither change, nor delete, nor date back, nor drop. Only whoever may become `yicha_audit` could (ADR 61).
CREATE TABLE IF NOT EXISTS audit (
    position       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at             timestamptz NOT NULL DEFAULT now(),
    tag            text        NOT NULL,
    subject        text        NOT NULL,
    account_id     uuid,
    correlation_id text        NOT NULL,
    origin         text        NOT NULL,
    details        jsonb       NOT NULL DEFAULT '{}'
);
CREATE INDEX IF NOT EXISTS audit_tag ON audit (tag, position);
CREATE INDEX IF NOT EXISTS audit_account ON audit (account_id, position);
CREATE INDEX IF NOT EXISTS audit_subject ON audit (subject text_pattern_ops, position);

-- The chain that seals it (ADR 67): each link holds the hash of the one before and of one row. A worker adds links
-- afterwards, so who writes an act waits for nobody. `nth` has gaps where a transaction was rolled back.
CREATE TABLE IF NOT EXISTS audit_link (
    nth       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    position  bigint      NOT NULL CONSTRAINT audit_link_once UNIQUE,
    hash      text        NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    sealed_at timestamptz NOT NULL DEFAULT now()
);
