"""Who may ask for a computation, and see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.errors import NotFound
from services.inspection.computations import store
from services.inspection.computations.model import Computation, Kind


def found(connection: Connection[Any], computation_id: UUID, kind: Kind) -> Computation:
    """Raises NotFound."""
    known = store.get(connection, computation_id, kind)
    if known is None:
        raise NotFound(kind, computation_id)
    return known
