-- Events leave a service through this table, written in the command's own transaction.
-- Columns keep Debezium's names, so that log-based shipping stays possible. Published rows stay: they are
-- the ledger that replays read, a partition a month, detached by retention.
CREATE SEQUENCE IF NOT EXISTS outbox_position;

CREATE TABLE IF NOT EXISTS outbox (
    position       bigint      NOT NULL DEFAULT nextval('outbox_position'),
    created_at     timestamptz NOT NULL DEFAULT now(),
    id             uuid        NOT NULL,
    aggregatetype  text        NOT NULL,  -- the topic
    aggregateid    text        NOT NULL,  -- the subject
    type           text        NOT NULL,
    payload        json        NOT NULL,
    source         text        NOT NULL,
    time           timestamptz NOT NULL,
    partition_key  text        NOT NULL,
    version        bigint,
    correlation_id text        NOT NULL,
    headers        jsonb       NOT NULL DEFAULT '{}',
    error          text,                  -- why the road refuses it: its key waits, others go on
    published_at   timestamptz,
    PRIMARY KEY (position, created_at)
) PARTITION BY RANGE (created_at);

-- A sequence is taken before the commit, so "position > last" would skip late committers.
-- The relay asks for what is not published yet; this index holds only that.
CREATE INDEX IF NOT EXISTS outbox_unpublished ON outbox (position) WHERE published_at IS NULL;

CREATE TABLE IF NOT EXISTS outbox_rest PARTITION OF outbox DEFAULT;

-- Called by the migration and once a day by the relay. Opening a month locks the table for a moment: it gives
-- up after two seconds and there are months in hand to try again.
CREATE OR REPLACE FUNCTION open_outbox_months(ahead integer DEFAULT 3) RETURNS void
LANGUAGE plpgsql SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    month timestamptz;
    name  text;
BEGIN
    FOR n IN 0..ahead LOOP
        month := date_trunc('month', now()) + make_interval(months => n);
        name := 'outbox_' || to_char(month, 'YYYY_MM');
        IF to_regclass(name) IS NULL THEN
            -- Publishing leaves dead entries at the front of the partial index: vacuum them early.
            EXECUTE format('CREATE TABLE %I PARTITION OF outbox FOR VALUES FROM (%L) TO (%L)'
                           ' WITH (autovacuum_vacuum_scale_factor = 0.01)',
                           name, month, month + interval '1 month');
        END IF;
    END LOOP;
END
$$;

SELECT open_outbox_months();
