-- Events leave a service through this table, written in the command's own transaction.
-- Columns keep Debezium's names, so that log-based shipping stays possible. Published rows stay: they are
-- the ledger that replays read, a partition a month, kept for good unless retention is configured (ADR 60).
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

-- A month's table is filled and indexed by itself and then attached: writers of other months notice nothing.
-- What fell into the rest, because nobody had opened its month in time, moves along.
CREATE OR REPLACE FUNCTION open_outbox_month(month timestamptz) RETURNS void
LANGUAGE plpgsql SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    name CONSTANT text := 'outbox_' || to_char(month, 'YYYY_MM');
    following CONSTANT timestamptz := month + interval '1 month';
BEGIN
    IF to_regclass(name) IS NOT NULL THEN
        RETURN;
    END IF;
    -- Publishing leaves dead entries at the front of the partial index: vacuum them early.
    EXECUTE format('CREATE TABLE %I (LIKE outbox INCLUDING ALL) WITH (autovacuum_vacuum_scale_factor = 0.01)', name);
    LOCK TABLE outbox_rest IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('WITH moved AS (DELETE FROM outbox_rest WHERE created_at >= %L AND created_at < %L RETURNING *)'
                   ' INSERT INTO %I SELECT * FROM moved', month, following, name);
    EXECUTE format('ALTER TABLE outbox ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, month, following);
END
$$;

-- Called by the migration and once a day by the relay and by the upkeep. It gives up after two seconds of
-- waiting for a lock, and there are months in hand to try again.
CREATE OR REPLACE FUNCTION open_outbox_months(ahead integer DEFAULT 3) RETURNS void
LANGUAGE plpgsql SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    month timestamptz;
BEGIN
    FOR month IN
        SELECT date_trunc('month', created_at) FROM outbox_rest
        UNION SELECT date_trunc('month', now()) + make_interval(months => n) FROM generate_series(0, ahead) AS n
        ORDER BY 1
    LOOP
        PERFORM open_outbox_month(month);
    END LOOP;
END
$$;

-- Drops the months before the last `keep` whole ones, and answers which. A month with a row that was not sent
-- stays, however old: the outbox is the only place that has it. Nobody writes into an old month any more.
CREATE OR REPLACE FUNCTION drop_outbox_months(keep integer) RETURNS text[]
LANGUAGE plpgsql SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
    name text;
    unsent boolean;
    dropped text[] := '{}';
BEGIN
    IF keep < 1 THEN
        RAISE EXCEPTION 'keep at least one month, not %', keep;
    END IF;
    FOR name IN
        SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
        WHERE inhparent = 'outbox'::regclass AND relname ~ '^outbox_[0-9]{4}_[0-9]{2}$'
          AND to_date(substr(relname, 8), 'YYYY_MM') < date_trunc('month', now()) - make_interval(months => keep)
        ORDER BY relname
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE published_at IS NULL)', name) INTO unsent;
        IF NOT unsent THEN
            EXECUTE format('DROP TABLE %I', name);
            dropped := dropped || name;
        END IF;
    END LOOP;
    RETURN dropped;
END
$$;

SELECT open_outbox_months();
