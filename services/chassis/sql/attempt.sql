-- How often someone knocked at an entrance lately (attempts.py). Unlogged: a crash of the server forgives everybody.
CREATE UNLOGGED TABLE IF NOT EXISTS attempt (
    entrance bytea       PRIMARY KEY,  -- a digest of the entrance and of who knocked, or at whom
    attempts integer     NOT NULL,
    until    timestamptz NOT NULL      -- from then on it is counted anew
);
