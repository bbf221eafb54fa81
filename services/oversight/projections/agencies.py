"""Agencies by name, joined when somebody reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection

from events.catalogue.registry import AgencyChanged
from events.model import Event
from services.oversight.projections.rows import json


def apply(connection: Connection[Any], events: Sequence[Event]) -> None:
    newest: dict[UUID, AgencyChanged] = {}
    for event in events:
        if isinstance(event, AgencyChanged):
            known = newest.get(event.agency_id)
            if known is None or known.version < event.version:
                newest[event.agency_id] = event
    if newest:
        _upsert(connection, list(newest.values()))


def _upsert(connection: Connection[Any], agencies: Sequence[AgencyChanged]) -> None:
    connection.execute(
        """
        INSERT INTO agency
        SELECT * FROM jsonb_populate_recordset(NULL::agency, %(rows)s::jsonb)
        ON CONFLICT (agency_id) DO UPDATE
        SET version = excluded.version, name = excluded.name, area_code = excluded.area_code,
            active = excluded.active, domain = excluded.domain
        WHERE agency.version < excluded.version
        """,
        {"rows": json(agencies)},
    )
