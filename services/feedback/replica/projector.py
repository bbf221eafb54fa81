"""Names and areas, as the registry last told them. An older state never replaces a newer one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from psycopg import Connection

from events.catalogue.registry import AgencyChanged, EnterpriseChanged
from events.consumer import Delivery


def apply(connection: Connection[Any], deliveries: Sequence[Delivery]) -> None:
    agencies: dict[UUID, AgencyChanged] = {}
    enterprises: dict[UUID, EnterpriseChanged] = {}
    for event in (delivery.event for delivery in deliveries):
        if isinstance(event, AgencyChanged) and _newer(event, agencies.get(event.agency_id)):
            agencies[event.agency_id] = event
        elif isinstance(event, EnterpriseChanged) and _newer(event, enterprises.get(event.enterprise_id)):
            enterprises[event.enterprise_id] = event
    if agencies:
        _upsert_agencies(connection, list(agencies.values()))
    if enterprises:
        _upsert_enterprises(connection, list(enterprises.values()))


def _newer(event: AgencyChanged | EnterpriseChanged, known: AgencyChanged | EnterpriseChanged | None) -> bool:
    return known is None or known.version < event.version


def _upsert_agencies(connection: Connection[Any], events: Sequence[AgencyChanged]) -> None:
    connection.execute(
        """
        INSERT INTO agency
        SELECT * FROM jsonb_populate_recordset(NULL::agency, %(rows)s::jsonb) ORDER BY agency_id
        ON CONFLICT (agency_id) DO UPDATE
        SET version = excluded.version, name = excluded.name, area_code = excluded.area_code
        WHERE agency.version < excluded.version
        """,
        {"rows": orjson.dumps(events).decode()},
    )


def _upsert_enterprises(connection: Connection[Any], events: Sequence[EnterpriseChanged]) -> None:
    rows = [
        {
            "enterprise_id": event.enterprise_id,
            "version": event.version,
            "name": event.name,
            "area_code": event.area_code,
            "industry": event.industry,
            "active": event.active,
        }
        for event in events
    ]
    connection.execute(
        """
        INSERT INTO enterprise
        SELECT * FROM jsonb_populate_recordset(NULL::enterprise, %(rows)s::jsonb) ORDER BY enterprise_id
        ON CONFLICT (enterprise_id) DO UPDATE
        SET version = excluded.version, name = excluded.name, area_code = excluded.area_code,
            industry = excluded.industry, active = excluded.active
        WHERE enterprise.version < excluded.version
           OR enterprise.version = excluded.version AND (enterprise.industry IS NULL OR enterprise.name IS NULL)
        """,
        {"rows": orjson.dumps(rows).decode()},
    )
