-- The photo of a credential, as it is shown: small, upright, without what a camera adds.
CREATE TABLE inspector_photo (
    inspector_id uuid        PRIMARY KEY REFERENCES inspector,
    content      bytea       NOT NULL CHECK (length(content) <= 262144),
    sha256       text        NOT NULL,
    put_at       timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE inspector_photo ALTER COLUMN content SET STORAGE EXTERNAL;  -- a JPEG does not get smaller
