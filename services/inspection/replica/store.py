"""SQL of the replica. Rows come as JSON in the shape of the events; members that are no column are left out."""

from __future__ import annotations

from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

C = Connection[Any]


def put_agencies(connection: C, rows: Jsonb) -> None:
    connection.execute(
        """
        INSERT INTO agency AS known SELECT * FROM jsonb_populate_recordset(NULL::agency, %(rows)s)
        ON CONFLICT (agency_id) DO UPDATE SET
            (version, name, level, domain, area_code, entrusted_by, lead_industries, active) =
            (EXCLUDED.version, EXCLUDED.name, EXCLUDED.level, EXCLUDED.domain, EXCLUDED.area_code,
             EXCLUDED.entrusted_by, EXCLUDED.lead_industries, EXCLUDED.active)
        WHERE known.version < EXCLUDED.version
        """,
        {"rows": rows},
    )


def put_inspectors(connection: C, rows: Jsonb) -> None:
    connection.execute(
        """
        INSERT INTO inspector AS known SELECT * FROM jsonb_populate_recordset(NULL::inspector, %(rows)s)
        ON CONFLICT (inspector_id) DO UPDATE SET
            (version, agency_id, name, certificate_number, kind, scope, valid_from, valid_until, active) =
            (EXCLUDED.version, EXCLUDED.agency_id, EXCLUDED.name, EXCLUDED.certificate_number, EXCLUDED.kind,
             EXCLUDED.scope, EXCLUDED.valid_from, EXCLUDED.valid_until, EXCLUDED.active)
        WHERE known.version < EXCLUDED.version
        """,
        {"rows": rows},
    )


def put_items(connection: C, rows: Jsonb) -> None:
    """Also keeps the checklist, under its own version: an order may have locked an older one."""
    connection.execute(
        """
        WITH given AS (
            SELECT i.*, r.checklist FROM jsonb_array_elements(%(rows)s) AS row (event)
            CROSS JOIN LATERAL jsonb_populate_record(NULL::item, row.event) AS i
            CROSS JOIN LATERAL (SELECT row.event -> 'checklist' AS checklist) AS r),
        lists AS (
            INSERT INTO checklist SELECT item_id, checklist_version, checklist FROM given
            ON CONFLICT DO NOTHING)
        INSERT INTO item AS known
        SELECT item_id, version, code, name, domain, levels, legal_basis, published, in_force_from,
               in_force_until, annual_cap, min_interval_days, checklist_version FROM given
        ON CONFLICT (item_id) DO UPDATE SET
            (version, code, name, domain, levels, legal_basis, published, in_force_from, in_force_until,
             annual_cap, min_interval_days, checklist_version) =
            (EXCLUDED.version, EXCLUDED.code, EXCLUDED.name, EXCLUDED.domain, EXCLUDED.levels,
             EXCLUDED.legal_basis, EXCLUDED.published, EXCLUDED.in_force_from, EXCLUDED.in_force_until,
             EXCLUDED.annual_cap, EXCLUDED.min_interval_days, EXCLUDED.checklist_version)
        WHERE known.version < EXCLUDED.version
        """,
        {"rows": rows},
    )


def put_enterprises(connection: C, rows: Jsonb) -> None:
    """An enterprise comes with all its premises: those no longer named are shut, not deleted, for orders of
    the past point at them."""
    connection.execute(
        """
        WITH given AS (
            SELECT event FROM jsonb_array_elements(%(rows)s) AS row (event)),
        newer AS (
            INSERT INTO enterprise AS known
            SELECT e.* FROM given, jsonb_populate_record(NULL::enterprise, event) AS e
            ON CONFLICT (enterprise_id) DO UPDATE SET
                (version, uscc, name, industry, area_code, grade, active) =
                (EXCLUDED.version, EXCLUDED.uscc, EXCLUDED.name, EXCLUDED.industry, EXCLUDED.area_code,
                 EXCLUDED.grade, EXCLUDED.active)
            WHERE known.version < EXCLUDED.version
            RETURNING enterprise_id, version),
        found_by AS (
            INSERT INTO enterprise_search AS known (enterprise_id, version, folded, terms)
            SELECT n.enterprise_id, n.version, s.* FROM given
            JOIN newer n ON n.enterprise_id = (event ->> 'enterprise_id')::uuid
            CROSS JOIN LATERAL jsonb_to_record(event -> 'search') AS s (folded text, terms text[])
            ON CONFLICT (enterprise_id) DO UPDATE SET
                (version, folded, terms) = (EXCLUDED.version, EXCLUDED.folded, EXCLUDED.terms)),
        places AS (
            SELECT n.enterprise_id, p.* FROM given
            JOIN newer n ON n.enterprise_id = (event ->> 'enterprise_id')::uuid
            CROSS JOIN LATERAL jsonb_to_recordset(event -> 'premises') AS p (
                premises_id uuid, name text, address text, area_code text, grid text, short_code text,
                active boolean, latitude float8, longitude float8)),
        put AS (
            INSERT INTO premises AS known (enterprise_id, premises_id, name, address, area_code, grid,
                                           short_code, active, latitude, longitude)
            SELECT * FROM places
            ON CONFLICT (premises_id) DO UPDATE SET
                (enterprise_id, name, address, area_code, grid, short_code, active, latitude, longitude) =
                (EXCLUDED.enterprise_id, EXCLUDED.name, EXCLUDED.address, EXCLUDED.area_code, EXCLUDED.grid,
                 EXCLUDED.short_code, EXCLUDED.active, EXCLUDED.latitude, EXCLUDED.longitude))
        UPDATE premises SET active = false
        WHERE enterprise_id IN (SELECT enterprise_id FROM newer)
          AND premises_id NOT IN (SELECT premises_id FROM places)
        """,
        {"rows": rows},
    )
