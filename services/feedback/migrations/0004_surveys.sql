-- Whom a survey asks. NULL until the registry tells of the enterprise again: processes of the version before write no
-- such columns.
ALTER TABLE enterprise ADD COLUMN industry text;
ALTER TABLE enterprise ADD COLUMN active boolean;
CREATE INDEX enterprise_by_area ON enterprise (area_code text_pattern_ops);

CREATE TABLE survey (
    survey_id uuid PRIMARY KEY,
    version integer NOT NULL,
    state text NOT NULL CHECK (state IN ('drafted', 'published', 'closed')),
    area_code text NOT NULL,
    industry text,
    opens_on date NOT NULL,
    closes_on date NOT NULL CHECK (closes_on >= opens_on),
    content jsonb NOT NULL,
    audience integer,
    published_at timestamptz,
    closed_at timestamptz
);
CREATE INDEX survey_published ON survey (closes_on) WHERE state = 'published';

-- What was answered. A sheet counts that somebody answered, a ballot is one answer to one question: no column joins
-- the ballots of a sheet, nor any of them to the right that was spent (`spent_right`), and `mix` rewrites both.

CREATE TABLE survey_sheet (
    sheet_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    survey_id uuid NOT NULL REFERENCES survey
);
CREATE INDEX survey_sheet_of_survey ON survey_sheet (survey_id);

CREATE TABLE survey_ballot (
    ballot_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    survey_id uuid NOT NULL REFERENCES survey,
    question_id text NOT NULL,
    chosen text[] NOT NULL,
    text text CHECK (length(text) <= 500)
);
CREATE INDEX survey_ballot_of_survey ON survey_ballot (survey_id, question_id);
