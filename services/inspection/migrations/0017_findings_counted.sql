-- What stops a record, a conclusion or the closing again within the hour is counted on its row (ADR 35). Looks before the
-- visit have no hour, nor have rows from before: they stay as they are.
ALTER TABLE finding
    ADD COLUMN hour    timestamptz,
    ADD COLUMN times   int NOT NULL DEFAULT 1 CHECK (times > 0),
    ADD COLUMN last_at timestamptz;
CREATE UNIQUE INDEX finding_again ON finding (order_id, stage, hour, key) WHERE hour IS NOT NULL;
