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
