-- What a worker said of its loops the last time: a row a loop and process, renewed while it lives.
CREATE TABLE IF NOT EXISTS worker_loop (
    worker  text        NOT NULL,  -- host:pid
    name    text        NOT NULL,
    alive   boolean     NOT NULL,
    waiting bigint,                -- records before a consumer; NULL where nothing waits, or nobody knows
    told_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (worker, name)
);
