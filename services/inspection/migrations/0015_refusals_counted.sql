-- The same refusal again within an hour is counted on its row (ADR 35). `said` is what stood in the way, rule by rule; rows
-- from before say nothing there and stay as they are.
ALTER TABLE entry_refusal
    ADD COLUMN said    text        NOT NULL DEFAULT '',
    ADD COLUMN hour    timestamptz,
    ADD COLUMN times   int         NOT NULL DEFAULT 1 CHECK (times > 0),
    ADD COLUMN last_at timestamptz;
CREATE UNIQUE INDEX entry_refusal_again ON entry_refusal (order_id, inspector_id, premises_id, said, hour)
    NULLS NOT DISTINCT WHERE hour IS NOT NULL;
