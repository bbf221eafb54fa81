-- 证据: photos and drawn signatures of a visit. Never changed, never deleted. `sha256` is of the bytes as they were sent,
-- `stored_sha256` of `content`, which is without a camera's notes. The same bytes for the same purpose are one evidence.
CREATE TABLE evidence (
    evidence_id   uuid        PRIMARY KEY,
    order_id      uuid        NOT NULL REFERENCES orders,
    kind          text        NOT NULL CHECK (kind IN ('photo', 'signature')),
    media_type    text        NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png')),
    item_id       uuid,
    question_id   text,
    taken_at      timestamptz NOT NULL,
    added_at      timestamptz NOT NULL,
    added_by      uuid        NOT NULL,
    sha256        text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    stored_sha256 text        NOT NULL CHECK (stored_sha256 ~ '^[0-9a-f]{64}$'),
    size          int         NOT NULL,
    content       bytea       NOT NULL,
    CONSTRAINT evidence_of_what CHECK (question_id IS NULL OR item_id IS NOT NULL)
);
-- Pictures are compressed already.
ALTER TABLE evidence ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX evidence_once ON evidence (order_id, sha256, kind, item_id, question_id) NULLS NOT DISTINCT;

-- What had been gathered when the record was signed.
ALTER TABLE record ADD COLUMN evidence text[] NOT NULL DEFAULT '{}';
