CREATE TABLE account (
    account_id    uuid        PRIMARY KEY,
    version       int         NOT NULL DEFAULT 1,
    username      text        NOT NULL CONSTRAINT account_username_once UNIQUE,
    password_hash text        NOT NULL,
    name          text        NOT NULL,
    roles         text[]      NOT NULL,
    agency_id     uuid        CONSTRAINT account_agency_known REFERENCES agency,
    inspector_id  uuid        CONSTRAINT account_inspector_known REFERENCES inspector
                              CONSTRAINT account_inspector_once UNIQUE,
    active        boolean     NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL DEFAULT now()
);

-- Asked for an unknown code a row is made as well (enterprise_id NULL): nobody can tell the difference.
CREATE TABLE access_code (
    request_id    uuid        PRIMARY KEY,
    uscc          text        NOT NULL,
    enterprise_id uuid        REFERENCES enterprise,
    code_hash     bytea       NOT NULL,
    tries         smallint    NOT NULL DEFAULT 0,
    requested_at  timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    used_at       timestamptz
);
CREATE INDEX access_code_uscc ON access_code (uscc, requested_at);
CREATE INDEX access_code_requested_at ON access_code (requested_at);
