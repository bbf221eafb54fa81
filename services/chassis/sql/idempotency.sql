CREATE TABLE IF NOT EXISTS idempotency (
    key          text        NOT NULL,
    caller       text        NOT NULL,
    fingerprint  bytea       NOT NULL,
    status       smallint,
    content_type text,
    body         bytea,
    etag         text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (caller, key)
);
CREATE INDEX IF NOT EXISTS idempotency_created_at ON idempotency (created_at);
