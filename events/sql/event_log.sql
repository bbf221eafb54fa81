-- The embedded log, for one machine without Kafka. An offset is taken under the partition's row lock, which
-- is released after the commit is visible: offsets have no gaps, follow commit order and hide no late committer.
CREATE TABLE IF NOT EXISTS partitions (
    topic       text    NOT NULL,
    number      integer NOT NULL,
    next_offset bigint  NOT NULL DEFAULT 0,
    PRIMARY KEY (topic, number)
) WITH (fillfactor = 50);

CREATE TABLE IF NOT EXISTS records (
    topic       text        NOT NULL,
    partition   integer     NOT NULL,
    "offset"    bigint      NOT NULL,
    key         bytea,
    headers     jsonb       NOT NULL,
    value       bytea       NOT NULL,
    appended_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, partition, "offset")
);

CREATE TABLE IF NOT EXISTS group_offsets (
    consumer    text    NOT NULL,
    topic       text    NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint  NOT NULL,
    PRIMARY KEY (consumer, topic, partition)
) WITH (fillfactor = 50);
