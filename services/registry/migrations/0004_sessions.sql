-- A browser that stays logged in. Its secret changes with every use; `former_hash` is the one before, which a second
-- tab may still send for a moment. Whoever sends an older one has stolen it, or been robbed: the session ends.
CREATE TABLE login_session (
    session_id  uuid        PRIMARY KEY,
    account_id  uuid        NOT NULL REFERENCES account,
    secret_hash bytea       NOT NULL,
    former_hash bytea,
    changed_at  timestamptz NOT NULL,
    began_at    timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL
);
CREATE INDEX login_session_account ON login_session (account_id);
CREATE INDEX login_session_expires_at ON login_session (expires_at);
