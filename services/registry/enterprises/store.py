from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import LiteralString
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from services.registry.enterprises.contacts import Sealed
from services.registry.enterprises.model import Enterprise, EnterpriseFields, PremisesDraft

SHOWN: LiteralString = """
    e.enterprise_id, e.version, e.uscc, e.name, e.industry, e.area_code, e.active, e.grade, e.registered_on,
    e.kind, e.legal_representative, e.registered_capital, e.business_scope, e.province, e.region, e.address,
    e.grid, e.latitude, e.longitude, e.contact_masked AS contact,
    COALESCE((
        SELECT jsonb_agg(jsonb_build_object(
            'premises_id', p.premises_id, 'registered', p.registered, 'name', p.name, 'address', p.address,
            'area_code', p.area_code, 'grid', p.grid, 'short_code', p.short_code, 'active', p.active,
            'latitude', p.latitude, 'longitude', p.longitude) ORDER BY p.premises_id)
        FROM premises p WHERE p.enterprise_id = e.enterprise_id), '[]') AS premises"""
_NAMES = tuple(field.name for field in fields(EnterpriseFields))


def insert(connection: Connection[DictRow], enterprise_id: UUID, given: EnterpriseFields) -> None:
    connection.execute(
        """
        INSERT INTO enterprise (
            enterprise_id, uscc, name, industry, area_code, active, grade, registered_on, kind,
            legal_representative, registered_capital, business_scope, province, region, address, grid,
            latitude, longitude)
        VALUES (
            %(enterprise_id)s, %(uscc)s, %(name)s, %(industry)s, %(area_code)s, %(active)s, %(grade)s,
            %(registered_on)s, %(kind)s, %(legal_representative)s, %(registered_capital)s,
            %(business_scope)s, %(province)s, %(region)s, %(address)s, %(grid)s, %(latitude)s, %(longitude)s)
        """,
        _row(given) | {"enterprise_id": enterprise_id},
    )


def update(connection: Connection[DictRow], enterprise_id: UUID, given: EnterpriseFields) -> None:
    connection.execute(
        """
        UPDATE enterprise
        SET version = version + 1, updated_at = now(), uscc = %(uscc)s, name = %(name)s,
            industry = %(industry)s, area_code = %(area_code)s, active = %(active)s, grade = %(grade)s,
            registered_on = %(registered_on)s, kind = %(kind)s,
            legal_representative = %(legal_representative)s, registered_capital = %(registered_capital)s,
            business_scope = %(business_scope)s, province = %(province)s, region = %(region)s,
            address = %(address)s, grid = %(grid)s, latitude = %(latitude)s, longitude = %(longitude)s
        WHERE enterprise_id = %(enterprise_id)s
        """,
        _row(given) | {"enterprise_id": enterprise_id},
    )


def put_premises(
    connection: Connection[DictRow], enterprise_id: UUID, premises: Sequence[PremisesDraft]
) -> None:
    """Insert or change; each has its id already."""
    connection.execute(
        """
        INSERT INTO premises (premises_id, enterprise_id, registered, name, address, area_code, grid,
                              active, latitude, longitude)
        SELECT premises_id, %(enterprise_id)s, registered, name, address, area_code, grid,
               active, latitude, longitude
        FROM jsonb_to_recordset(%(premises)s) AS given (
            premises_id uuid, registered boolean, name text, address text, area_code text, grid text,
            active boolean, latitude float8, longitude float8)
        ON CONFLICT (premises_id) DO UPDATE
        SET registered = excluded.registered, name = excluded.name, address = excluded.address,
            area_code = excluded.area_code, grid = excluded.grid, active = excluded.active,
            latitude = excluded.latitude, longitude = excluded.longitude
        WHERE premises.enterprise_id = excluded.enterprise_id
        """,
        {
            "enterprise_id": enterprise_id,
            "premises": Jsonb(
                [asdict(place) | {"premises_id": str(place.premises_id)} for place in premises]
            ),
        },
    )


def put_contact(connection: Connection[DictRow], enterprise_id: UUID, contact: Sealed) -> None:
    connection.execute(
        """
        UPDATE enterprise
        SET contact_cipher = %(cipher)s, contact_digest = %(digest)s, contact_masked = %(masked)s
        WHERE enterprise_id = %(enterprise_id)s
        """,
        asdict(contact) | {"enterprise_id": enterprise_id},
    )


def lock(connection: Connection[DictRow], enterprise_id: UUID) -> Enterprise | None:
    connection.execute("SELECT FROM enterprise WHERE enterprise_id = %s FOR UPDATE", (enterprise_id,))
    return get(connection, enterprise_id)


def get(connection: Connection[DictRow], enterprise_id: UUID, area: str = "") -> Enterprise | None:
    """`area` is what its area code must begin with."""
    row = connection.execute(
        f"""
        SELECT {SHOWN} FROM enterprise e
        WHERE e.enterprise_id = %(enterprise_id)s AND starts_with(e.area_code, %(area)s)
        """,
        {"enterprise_id": enterprise_id, "area": area},
    ).fetchone()
    return msgspec.convert(row, Enterprise) if row else None


def _row(given: EnterpriseFields) -> dict[str, object]:
    return {name: getattr(given, name) for name in _NAMES}
