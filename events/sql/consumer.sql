-- What a consumer group remembers, in the database its effects go to.

-- It took charge of the event: applied it, parked it, or put it among the dead letters. `versioned`: the
-- version of its aggregate says so as well, for good, and this row may be forgotten some day (ADR 60).
CREATE TABLE IF NOT EXISTS inbox (
    consumer   text        NOT NULL,
    event_id   uuid        NOT NULL,
    handled_at timestamptz NOT NULL DEFAULT now(),
    versioned  boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (consumer, event_id)
);
DO $$ BEGIN  -- an inbox from before; its rows stay as they are
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'inbox'::regclass AND attname = 'versioned') THEN
        SET LOCAL lock_timeout = '5s';
        ALTER TABLE inbox ADD COLUMN versioned boolean NOT NULL DEFAULT false;
    END IF;
END $$;
-- Rows come in the order of time: a few bytes a hundred pages find the old ones.
CREATE INDEX IF NOT EXISTS inbox_handled_at ON inbox USING brin (handled_at);

CREATE TABLE IF NOT EXISTS versions_seen (
    consumer  text   NOT NULL,
    aggregate text   NOT NULL,
    version   bigint NOT NULL,
    PRIMARY KEY (consumer, aggregate)
);

-- Came before an earlier version of the same aggregate, and waits for it.
CREATE TABLE IF NOT EXISTS parked (
    consumer  text        NOT NULL,
    aggregate text        NOT NULL,
    version   bigint      NOT NULL,
    topic     text        NOT NULL,
    partition integer     NOT NULL,
    "offset"  bigint      NOT NULL,
    key       bytea,
    headers   jsonb       NOT NULL,
    value     bytea       NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, aggregate, version)
);

CREATE TABLE IF NOT EXISTS dead_letters (
    id              uuid        NOT NULL PRIMARY KEY,
    consumer        text        NOT NULL,
    state           text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'requested', 'resolved')),
    topic           text        NOT NULL,
    partition       integer     NOT NULL,
    "offset"        bigint      NOT NULL,
    key             bytea,
    headers         jsonb       NOT NULL,
    value           bytea       NOT NULL,
    event_id        uuid,
    type            text,
    subject         text,
    correlation_id  text,
    error           text        NOT NULL,
    attempts        integer     NOT NULL,
    replays         integer     NOT NULL DEFAULT 0,
    first_failed_at timestamptz NOT NULL DEFAULT now(),
    last_failed_at  timestamptz NOT NULL DEFAULT now(),
    resolved_at     timestamptz
);
CREATE INDEX IF NOT EXISTS dead_letters_state ON dead_letters (consumer, state, first_failed_at);

-- How many records failed in a row. Kept over restarts, so that a crash loop does not drain the topic.
CREATE TABLE IF NOT EXISTS failures_in_row (
    consumer text    NOT NULL PRIMARY KEY,
    count    integer NOT NULL
);
