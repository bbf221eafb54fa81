from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import one


@dataclass(frozen=True, kw_only=True)
class Photo:
    content: bytes
    sha256: str


def put(connection: Connection[Any], inspector_id: UUID, content: bytes) -> Photo:
    photo = Photo(content=content, sha256=sha256(content).hexdigest())
    connection.execute(
        """
        INSERT INTO inspector_photo (inspector_id, content, sha256)
        VALUES (%(inspector_id)s, %(content)s, %(sha256)s)
        ON CONFLICT (inspector_id) DO UPDATE
        SET content = excluded.content, sha256 = excluded.sha256, put_at = now()
        """,
        {"inspector_id": inspector_id, "content": content, "sha256": photo.sha256},
    )
    return photo


def shown(connection: Connection[Any], inspector_id: UUID, day: date) -> Photo | None:
    """Of an inspector whose credential is valid on that day; of nobody else."""
    return one(
        connection,
        Photo,
        """
        SELECT p.content, p.sha256
        FROM inspector_photo p JOIN inspector i USING (inspector_id)
        WHERE i.inspector_id = %(inspector_id)s AND i.active
          AND %(day)s BETWEEN i.valid_from AND i.valid_until
        """,
        {"inspector_id": inspector_id, "day": day},
    )
