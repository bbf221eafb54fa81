-- `position` is where the next row starts (bytes in a CSV, rows in a sheet): committed with the rows before
-- it, so that an import killed at any moment goes on where it was.
CREATE TABLE import (
    import_id   uuid        PRIMARY KEY,
    kind        text        NOT NULL,
    filename    text        NOT NULL,
    dry_run     boolean     NOT NULL,
    mapping     jsonb       NOT NULL DEFAULT '{}',
    columns     jsonb       NOT NULL DEFAULT '{}',
    ignored     text[]      NOT NULL DEFAULT '{}',
    state       text        NOT NULL DEFAULT 'waiting'
                            CHECK (state IN ('waiting', 'running', 'finished', 'failed')),
    size        bigint      NOT NULL,
    position    bigint      NOT NULL DEFAULT 0,
    line        bigint      NOT NULL DEFAULT 0,
    extent      bigint      NOT NULL DEFAULT 0,
    local       boolean     NOT NULL DEFAULT false,  -- run by a command beside the file: no worker takes it up
    area        text        NOT NULL DEFAULT '',     -- what area codes must begin with
    rows        bigint      NOT NULL DEFAULT 0,
    created     bigint      NOT NULL DEFAULT 0,
    updated     bigint      NOT NULL DEFAULT 0,
    unchanged   bigint      NOT NULL DEFAULT 0,
    rejected    bigint      NOT NULL DEFAULT 0,
    duplicates  bigint      NOT NULL DEFAULT 0,
    problem_zh  text,
    problem_en  text,
    started_by  uuid,
    created_at  timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);
CREATE INDEX import_open ON import (import_id) WHERE state IN ('waiting', 'running') AND NOT local;

-- The file itself, in parts, until the import is done: any worker on any machine can do it.
CREATE TABLE import_part (
    import_id uuid  NOT NULL REFERENCES import,
    number    int   NOT NULL,
    content   bytea NOT NULL,
    PRIMARY KEY (import_id, number)
);
ALTER TABLE import_part ALTER COLUMN content SET STORAGE EXTERNAL;

-- Which codes this import has taken, and from which line: the second is a duplicate. Gone when it is done.
CREATE TABLE import_key (
    import_id uuid   NOT NULL REFERENCES import,
    key       text   NOT NULL,
    line      bigint NOT NULL,
    digest    bytea  NOT NULL,
    PRIMARY KEY (import_id, key)
);

CREATE TABLE import_error (
    import_id  uuid   NOT NULL REFERENCES import,
    line       bigint NOT NULL,
    place      int    NOT NULL,
    title      text   NOT NULL,
    value      text   NOT NULL,
    reason     text   NOT NULL,
    other_line bigint,
    PRIMARY KEY (import_id, line, place)
);
