-- What a trigger rests on: `clue` is the reference of the complaint, lead, assignment or request; a campaign, a draw or
-- the order whose rectification is rechecked are named by id. `assistance_letter` lets an agency leave its area (rule
-- A4), `considered` are the ways it could have been done without a visit (rule A9). `ratification` is the head's word
-- on an urgent order, due by `ratify_by` (rule A6).
ALTER TABLE orders
    ADD COLUMN campaign_id       uuid,
    ADD COLUMN draw_id           uuid,
    ADD COLUMN recheck_of        uuid REFERENCES orders,
    ADD COLUMN assistance_letter text,
    ADD COLUMN considered        text[] NOT NULL DEFAULT '{}',
    ADD COLUMN ratification      text CHECK (ratification IN ('pending', 'ratified', 'disapproved')),
    ADD COLUMN ratify_by         timestamptz;

-- Days of peak production on which the enterprise asks not to be visited (rule F8).
CREATE TABLE blackout (
    blackout_id   uuid    PRIMARY KEY,
    version       int     NOT NULL,
    enterprise_id uuid    NOT NULL,
    starts_on     date    NOT NULL,
    ends_on       date    NOT NULL,
    note          text    NOT NULL,
    active        boolean NOT NULL,
    CONSTRAINT blackout_days CHECK (ends_on BETWEEN starts_on AND starts_on + 92)
);
CREATE INDEX blackout_of ON blackout (enterprise_id, starts_on) WHERE active;
