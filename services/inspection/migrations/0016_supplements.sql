-- Evidence that came after the receipt of its visit was signed, signed by itself. Never changed, never deleted.
CREATE TABLE receipt_supplement (
    supplement_id uuid        PRIMARY KEY,
    receipt_id    uuid        NOT NULL REFERENCES receipt,
    evidence_id   uuid        NOT NULL CONSTRAINT receipt_supplement_once UNIQUE REFERENCES evidence,
    made_at       timestamptz NOT NULL,
    token         text        NOT NULL
);
CREATE INDEX receipt_supplement_of ON receipt_supplement (receipt_id, supplement_id);
