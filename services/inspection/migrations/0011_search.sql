-- What an enterprise can be found by at a worn plate (services/inspection/search). Beside the replica's row and not in it:
-- the gate reads that row and none of this. What was replicated before is filled in by a job, known by version 0.
CREATE TABLE enterprise_search (
    enterprise_id uuid   PRIMARY KEY REFERENCES enterprise ON DELETE CASCADE,
    version       int    NOT NULL,
    folded        text   NOT NULL,
    terms         text[] NOT NULL
);
INSERT INTO enterprise_search SELECT enterprise_id, 0, '', '{}' FROM enterprise;
CREATE INDEX enterprise_search_terms ON enterprise_search USING gin (terms);
CREATE INDEX enterprise_search_missing ON enterprise_search (enterprise_id) WHERE version = 0;
