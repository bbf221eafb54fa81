-- 联合提议: one visit instead of several orders, for the agencies on them to agree to. `round` is that of the terms
-- that stand; `version` that of the last event. `orders` are remembered in the revision they were proposed in.
CREATE TABLE join_proposal (
    proposal_id           uuid        PRIMARY KEY,
    version               int         NOT NULL,
    round                 int         NOT NULL,
    state                 text        NOT NULL CHECK (state IN ('open', 'joined', 'declined', 'withdrawn', 'lapsed')),
    enterprise_id         uuid        NOT NULL,
    premises_id           uuid        NOT NULL,
    proposed_by           uuid        NOT NULL,
    proposed_by_agency_id uuid,
    proposed_at           timestamptz NOT NULL,
    settled_by            uuid,
    settled_at            timestamptz,
    by_coordinator        boolean     NOT NULL DEFAULT false,
    reason                text,
    joint_order_id        uuid        REFERENCES orders,
    CONSTRAINT join_proposal_settled CHECK ((state = 'open') = (settled_at IS NULL)),
    CONSTRAINT join_proposal_joined CHECK ((state = 'joined') = (joint_order_id IS NOT NULL))
);
CREATE INDEX join_proposal_of_enterprise ON join_proposal (enterprise_id, proposal_id);
CREATE INDEX join_proposal_open ON join_proposal (proposal_id) WHERE state = 'open';

CREATE TABLE join_proposal_order (
    proposal_id uuid NOT NULL REFERENCES join_proposal,
    order_id    uuid NOT NULL REFERENCES orders,
    place       int  NOT NULL,
    revision    int  NOT NULL,
    PRIMARY KEY (proposal_id, order_id)
);
CREATE INDEX join_proposal_order_of ON join_proposal_order (order_id);

CREATE TABLE join_proposal_agency (
    proposal_id uuid NOT NULL REFERENCES join_proposal,
    agency_id   uuid NOT NULL,
    PRIMARY KEY (proposal_id, agency_id)
);
CREATE INDEX join_proposal_agency_of ON join_proposal_agency (agency_id, proposal_id);

-- What was offered, round by round. `reasons` answer what the gate asks of so many people (rule J4). Never deleted.
CREATE TABLE join_terms (
    proposal_id    uuid        NOT NULL REFERENCES join_proposal,
    round          int         NOT NULL,
    lead_agency_id uuid        NOT NULL,
    starts_on      date        NOT NULL,
    ends_on        date        NOT NULL,
    inspectors     uuid[]      NOT NULL,
    note           text        NOT NULL,
    reasons        jsonb       NOT NULL,
    offered_by     uuid        NOT NULL,
    agency_id      uuid,
    offered_at     timestamptz NOT NULL,
    PRIMARY KEY (proposal_id, round),
    CONSTRAINT join_terms_window CHECK (ends_on BETWEEN starts_on AND starts_on + 92)
);

CREATE TABLE join_answer (
    proposal_id uuid        NOT NULL REFERENCES join_proposal,
    round       int         NOT NULL,
    agency_id   uuid        NOT NULL,
    answer      text        NOT NULL CHECK (answer IN ('accepted', 'countered', 'declined')),
    reason      text        NOT NULL,
    answered_by uuid        NOT NULL,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (proposal_id, round, agency_id)
);

-- What a joint order was by itself, before it took in its first guest: what remains when all have left again.
-- Guests keep their own rows while they are absorbed.
CREATE TABLE joint_host (
    order_id  uuid  PRIMARY KEY REFERENCES orders,
    agency_id uuid  NOT NULL,
    content   jsonb NOT NULL
);
CREATE INDEX orders_guests ON orders (absorbed_into) WHERE absorbed_into IS NOT NULL;

-- What was said of a pair stands beside what it was said of: revision, window and items of both orders.
ALTER TABLE duplicate ADD COLUMN said_of jsonb;
