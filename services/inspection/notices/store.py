"""SQL of notices that were read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import one
from services.inspection.notices.model import NoticeReading

C = Connection[Any]


def of_order(connection: C, order_id: UUID) -> NoticeReading | None:
    return one(
        connection,
        NoticeReading,
        "SELECT reading_id, order_id, read_at FROM notice_reading WHERE order_id = %s",
        (order_id,),
    )


def insert(connection: C, reading: NoticeReading) -> None:
    """The order is locked and has none."""
    connection.execute(
        """
        INSERT INTO notice_reading (order_id, reading_id, read_at)
        VALUES (%(order_id)s, %(reading_id)s, %(read_at)s)
        """,
        vars(reading),
    )
