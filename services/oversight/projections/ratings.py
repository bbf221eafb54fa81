"""Ratings: of an area as they come, of an agency when they are released (rule V1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Connection

from events.catalogue.feedback import RatingGiven, RatingsReleased
from events.model import Event
from services.oversight.projections.rows import json


def apply(connection: Connection[Any], events: Sequence[Event]) -> None:
    if given := [event for event in events if isinstance(event, RatingGiven)]:
        _insert_given(connection, given)
    if released := [event for event in events if isinstance(event, RatingsReleased)]:
        _insert_released(connection, released)


def _insert_given(connection: Connection[Any], ratings: Sequence[RatingGiven]) -> None:
    connection.execute(
        """
        INSERT INTO rating
        SELECT * FROM jsonb_populate_recordset(NULL::rating, %(rows)s::jsonb)
        ON CONFLICT DO NOTHING
        """,
        {"rows": json(ratings)},
    )


def _insert_released(connection: Connection[Any], releases: Sequence[RatingsReleased]) -> None:
    connection.execute(
        """
        INSERT INTO rating_release
        SELECT * FROM jsonb_populate_recordset(NULL::rating_release, %(rows)s::jsonb)
        ON CONFLICT DO NOTHING
        """,
        {"rows": json(releases)},
    )
