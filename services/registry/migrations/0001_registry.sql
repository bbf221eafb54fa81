-- Agencies 检查主体, inspectors 执法人员, items 检查事项, enterprises 企业 with their premises.
-- Every row that is published carries `version`; the *_state views say how it travels as an event.

CREATE TABLE agency (
    agency_id       uuid        PRIMARY KEY,
    version         int         NOT NULL DEFAULT 1,
    name            text        NOT NULL CONSTRAINT agency_name_once UNIQUE,
    level           text        NOT NULL CHECK (level IN ('city', 'county', 'town')),
    domain          text        NOT NULL,
    area_code       text        NOT NULL,
    entrusted_by    uuid        CONSTRAINT agency_entrusted_by_known REFERENCES agency,
    lead_industries text[]      NOT NULL DEFAULT '{}',
    active          boolean     NOT NULL DEFAULT true,
    updated_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE inspector (
    inspector_id       uuid        PRIMARY KEY,
    version            int         NOT NULL DEFAULT 1,
    agency_id          uuid        NOT NULL CONSTRAINT inspector_agency_known REFERENCES agency,
    name               text        NOT NULL,
    certificate_number text        NOT NULL CONSTRAINT inspector_certificate_once UNIQUE,
    kind               text        NOT NULL DEFAULT 'inspector' CHECK (kind IN ('inspector', 'assistant')),
    scope              text[]      NOT NULL DEFAULT '{}',
    valid_from         date        NOT NULL,
    valid_until        date        NOT NULL,
    active             boolean     NOT NULL DEFAULT true,
    updated_at         timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT inspector_validity CHECK (valid_from <= valid_until)
);
CREATE INDEX inspector_agency ON inspector (agency_id, inspector_id);

CREATE TABLE item (
    item_id           uuid        PRIMARY KEY,
    version           int         NOT NULL DEFAULT 1,
    code              text        NOT NULL CONSTRAINT item_code_once UNIQUE,
    name              text        NOT NULL,
    domain            text        NOT NULL,
    levels            text[]      NOT NULL,
    legal_basis       text        NOT NULL,
    published         boolean     NOT NULL DEFAULT true,
    in_force_from     date        NOT NULL,
    in_force_until    date,
    annual_cap        int         CHECK (annual_cap >= 0),
    min_interval_days int         CHECK (min_interval_days >= 0),
    checklist_version int         NOT NULL DEFAULT 1,
    questions         jsonb       NOT NULL DEFAULT '[]',
    updated_at        timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT item_in_force CHECK (in_force_from <= in_force_until)
);

-- Every checklist that ever was in force: an order keeps the version it was issued with (rule R1).
CREATE TABLE checklist (
    item_id           uuid        NOT NULL REFERENCES item,
    checklist_version int         NOT NULL,
    questions         jsonb       NOT NULL,
    since             timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (item_id, checklist_version)
);

-- Overlapping pairs of characters: finds part of a Chinese name through an index without any extension.
CREATE FUNCTION bigrams(text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    pairs text[] := '{}';
BEGIN
    FOR i IN 1 .. length($1) - 1 LOOP
        pairs := pairs || substr($1, i, 2);
    END LOOP;
    RETURN pairs;
END $$;

-- `contact_*`: the registered contact's number, encrypted; a keyed digest to see a change; the masked form
-- that reads show. `address`, `grid`, `latitude`, `longitude` are of the registered domicile 住所.
CREATE TABLE enterprise (
    enterprise_id        uuid        PRIMARY KEY,
    version              int         NOT NULL DEFAULT 1,
    uscc                 text        NOT NULL CONSTRAINT enterprise_uscc_once UNIQUE CHECK (length(uscc) = 18),
    name                 text        NOT NULL,
    industry             text        NOT NULL DEFAULT '',
    area_code            text        NOT NULL,
    active               boolean     NOT NULL DEFAULT true,
    grade                text        CHECK (grade IN ('A', 'B', 'C', 'D')),
    registered_on        date,
    kind                 text        NOT NULL DEFAULT '',
    legal_representative text        NOT NULL DEFAULT '',
    registered_capital   text        NOT NULL DEFAULT '',
    business_scope       text        NOT NULL DEFAULT '',
    province             text        NOT NULL DEFAULT '',
    region               text        NOT NULL DEFAULT '',
    address              text        NOT NULL DEFAULT '',
    grid                 text        NOT NULL DEFAULT '',
    latitude             float8,
    longitude            float8,
    contact_cipher       bytea,
    contact_digest       bytea,
    contact_masked       text,
    updated_at           timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX enterprise_area ON enterprise (area_code text_pattern_ops, enterprise_id);
CREATE INDEX enterprise_name ON enterprise USING gin (bigrams(name));

-- What is printed under the QR of a gate plate and may be typed: the form of services/chassis/codes/short.py,
-- made here so that a bulk load makes it too. A sequence spread over its whole range by a multiplication
-- (coprime, so each number is hit once): unique by construction, and not in order.
CREATE SEQUENCE premises_number;
CREATE FUNCTION short_code(number bigint) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
    alphabet CONSTANT text := '23456789ABCDEFGHJKMNPQRTUVWXY';
    rest CONSTANT bigint := number % 500246412961 * 12345679 % 500246412961;
    d CONSTANT int[] := ARRAY[
        rest % 29, rest / 29 % 29, rest / 841 % 29, rest / 24389 % 29, rest / 707281 % 29,
        rest / 20511149 % 29, rest / 594823321 % 29, rest / 17249876309 % 29];
BEGIN
    RETURN substr(alphabet, d[1] + 1, 1) || substr(alphabet, d[2] + 1, 1) || substr(alphabet, d[3] + 1, 1)
        || substr(alphabet, d[4] + 1, 1) || substr(alphabet, d[5] + 1, 1) || substr(alphabet, d[6] + 1, 1)
        || substr(alphabet, d[7] + 1, 1) || substr(alphabet, d[8] + 1, 1)
        || substr(alphabet, (2 * d[1] + 3 * d[2] + 4 * d[3] + 5 * d[4] + 6 * d[5] + 7 * d[6] + 8 * d[7]
                             + 9 * d[8]) % 29 + 1, 1);
END $$;

CREATE TABLE premises (
    premises_id   uuid    PRIMARY KEY,
    enterprise_id uuid    NOT NULL REFERENCES enterprise,
    registered    boolean NOT NULL DEFAULT false,
    name          text    NOT NULL,
    address       text    NOT NULL,
    area_code     text    NOT NULL,
    grid          text    NOT NULL DEFAULT '',
    short_code    text    NOT NULL DEFAULT short_code(nextval('premises_number')) UNIQUE,
    active        boolean NOT NULL DEFAULT true,
    latitude      float8,
    longitude     float8
);
CREATE INDEX premises_enterprise ON premises (enterprise_id);
CREATE UNIQUE INDEX premises_registered_once ON premises (enterprise_id) WHERE registered;

-- The last result of each item at each enterprise, told by the inspections.
CREATE TABLE item_result (
    enterprise_id uuid        NOT NULL,
    item_id       uuid        NOT NULL,
    result        text        NOT NULL,
    concluded_at  timestamptz NOT NULL,
    PRIMARY KEY (enterprise_id, item_id)
);

CREATE VIEW agency_state AS
SELECT agency_id AS id, version, json_build_object(
    'agency_id', agency_id, 'version', version, 'name', name, 'level', level, 'domain', domain,
    'area_code', area_code, 'active', active, 'entrusted_by', entrusted_by,
    'lead_industries', to_json(lead_industries)) AS payload
FROM agency;

CREATE VIEW inspector_state AS
SELECT inspector_id AS id, version, json_build_object(
    'inspector_id', inspector_id, 'version', version, 'agency_id', agency_id, 'name', name,
    'certificate_number', certificate_number, 'kind', kind, 'scope', to_json(scope),
    'valid_from', valid_from, 'valid_until', valid_until, 'active', active) AS payload
FROM inspector;

CREATE VIEW item_state AS
SELECT item_id AS id, version, json_build_object(
    'item_id', item_id, 'version', version, 'code', code, 'name', name, 'domain', domain,
    'levels', to_json(levels), 'legal_basis', legal_basis, 'published', published,
    'in_force_from', in_force_from, 'in_force_until', in_force_until,
    'annual_cap', annual_cap, 'min_interval_days', min_interval_days,
    'checklist_version', checklist_version, 'checklist', questions) AS payload
FROM item;

-- Neither the legal representative nor the contact leaves the registry.
CREATE VIEW enterprise_state AS
SELECT e.enterprise_id AS id, e.version, json_build_object(
    'enterprise_id', e.enterprise_id, 'version', e.version, 'uscc', e.uscc, 'name', e.name,
    'industry', e.industry, 'area_code', e.area_code, 'active', e.active, 'grade', e.grade,
    'premises', COALESCE((
        SELECT json_agg(json_build_object(
            'premises_id', p.premises_id, 'name', p.name, 'address', p.address, 'area_code', p.area_code,
            'grid', p.grid, 'short_code', p.short_code, 'active', p.active,
            'latitude', p.latitude, 'longitude', p.longitude) ORDER BY p.premises_id)
        FROM premises p WHERE p.enterprise_id = e.enterprise_id), '[]')) AS payload
FROM enterprise e;
