-- A computation that somebody asked for and a worker makes: a joint plan, a simulation. It may be made again from its
-- request at any time, so a killed worker loses nothing.
CREATE TABLE computation (
    computation_id uuid        PRIMARY KEY,
    kind           text        NOT NULL CHECK (kind IN ('joint_plan', 'simulation')),
    area_code      text        NOT NULL,
    request        jsonb       NOT NULL,
    state          text        NOT NULL CHECK (state IN ('waiting', 'running', 'finished', 'failed')),
    progress       float8      NOT NULL,
    result         jsonb,
    problem_zh     text,
    problem_en     text,
    started_by     uuid        NOT NULL,
    created_at     timestamptz NOT NULL,
    finished_at    timestamptz,
    CONSTRAINT computation_over CHECK ((state IN ('finished', 'failed')) = (finished_at IS NOT NULL))
);
CREATE INDEX computation_open ON computation (created_at) WHERE state IN ('waiting', 'running');
CREATE INDEX computation_kind ON computation (kind, computation_id);

-- Visits of a joint plan. `orders` has each order with the version that was planned with; `proposal_id` is what the
-- visit became when it was accepted.
CREATE TABLE joint_plan_visit (
    computation_id uuid  NOT NULL REFERENCES computation,
    number         int   NOT NULL,
    enterprise_id  uuid  NOT NULL,
    premises_id    uuid  NOT NULL,
    day            date  NOT NULL,
    lead_agency_id uuid  NOT NULL,
    headcount      int   NOT NULL,
    orders         jsonb NOT NULL,
    proposal_id    uuid,
    PRIMARY KEY (computation_id, number)
);

-- Orders of a joint plan that were not joined, with why.
CREATE TABLE joint_plan_apart (
    computation_id uuid    NOT NULL REFERENCES computation,
    order_id       uuid    NOT NULL,
    served         boolean NOT NULL,
    why            jsonb   NOT NULL,
    PRIMARY KEY (computation_id, order_id)
);
