-- Rows from before this carry no items and no people until `yicha rebuild` has run once.
ALTER TABLE order_fact
    ADD COLUMN items      uuid[]  NOT NULL DEFAULT '{}',
    ADD COLUMN inspectors integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN order_fact.inspectors IS 'how many';
-- The desk reads orders from the newest back, and beside each those before it at the same place.
CREATE INDEX order_fact_from ON order_fact ((COALESCE(day, starts_on)) DESC, order_id DESC);
CREATE INDEX order_fact_of_premises ON order_fact (premises_id, (COALESCE(day, starts_on)));

CREATE TABLE item (
    item_id uuid PRIMARY KEY,
    version integer NOT NULL,
    code text NOT NULL,
    name text NOT NULL
);

-- What a human said of two orders, and that it holds no longer; which event said so is `order_id` and `version`.
CREATE TABLE verdict (
    order_id uuid NOT NULL,
    version integer NOT NULL,
    other_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('dismissed', 'reopened')),
    said_by uuid,
    reason text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (order_id, version)
);
CREATE INDEX verdict_of_other ON verdict (other_id);

ALTER TABLE override
    ADD COLUMN other_id uuid,
    ADD COLUMN reason   text NOT NULL DEFAULT '';
COMMENT ON COLUMN override.other_id IS 'the order that the finding was about';
CREATE INDEX override_of_other ON override (other_id) WHERE other_id IS NOT NULL;

ALTER TABLE duplicate ADD COLUMN reason text;
ALTER TABLE duplicate DROP CONSTRAINT duplicate_state_check;
ALTER TABLE duplicate ADD CONSTRAINT duplicate_state_check
    CHECK (state IN ('open', 'joined', 'overridden', 'dismissed'));
