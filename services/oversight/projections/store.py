"""SQL of the projections: a few statements a batch, whatever its size.

Rows travel as one JSON array and become rows of the table's own type. The tables are named without a schema:
a rebuild fills another set of them by its search path alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many
from services.oversight.projections.duplicate import Duplicate
from services.oversight.projections.duplicate_verdict import Verdict
from services.oversight.projections.enterprise import Enterprise
from services.oversight.projections.order_fact import OrderFact
from services.oversight.projections.override import Override
from services.oversight.projections.premises import Premises
from services.oversight.projections.refusal import Refusal
from services.oversight.projections.visit_refusal import VisitRefusal


def lock_writer(connection: Connection[Any]) -> None:
    """One batch at a time writes a set of projections.

    An enterprise and its orders come by different topics, so two workers could each count with what the other
    is about to change: one moves the enterprise's visits to another industry while the other adds a visit to
    the old one, and the rollup is wrong for good. Locking every enterprise of a batch would do as well, at 500
    locks a batch, and the rollup's rows would still have to be taken in one order. The cost: projecting does
    not scale beyond one writer, some thousand events a second.
    """
    connection.execute("SELECT pg_advisory_xact_lock(hashtext('projections of ' || current_schema()))")


def enterprises(connection: Connection[Any], ids: Collection[UUID]) -> dict[UUID, Enterprise]:
    if not ids:
        return {}
    found = many(
        connection,
        Enterprise,
        "SELECT * FROM enterprise WHERE enterprise_id = ANY(%(ids)s)",
        {"ids": list(ids)},
    )
    return {enterprise.enterprise_id: enterprise for enterprise in found}


def premises_of_enterprises(
    connection: Connection[Any], enterprises: Collection[UUID]
) -> dict[UUID, Premises]:
    if not enterprises:
        return {}
    found = many(
        connection,
        Premises,
        "SELECT * FROM premises WHERE enterprise_id = ANY(%(enterprises)s)",
        {"enterprises": list(enterprises)},
    )
    return {premises.premises_id: premises for premises in found}


def premises(connection: Connection[Any], ids: Collection[UUID | None]) -> dict[UUID, Premises]:
    if not ids:
        return {}
    found = many(
        connection,
        Premises,
        "SELECT * FROM premises WHERE premises_id = ANY(%(ids)s)",
        {"ids": list(ids)},
    )
    return {premises.premises_id: premises for premises in found}


def duplicates(connection: Connection[Any], orders: Sequence[UUID], moved: Sequence[UUID]) -> list[Duplicate]:
    return many(
        connection,
        Duplicate,
        """
        SELECT * FROM duplicate WHERE order_id = ANY(%(orders)s)
        UNION SELECT * FROM duplicate WHERE other_id = ANY(%(orders)s)
        UNION SELECT * FROM duplicate WHERE enterprise_id = ANY(%(moved)s)
        """,
        {"orders": orders, "moved": moved},
    )


def facts(connection: Connection[Any], orders: Sequence[UUID], moved: Sequence[UUID]) -> list[OrderFact]:
    return many(
        connection,
        OrderFact,
        """
        SELECT * FROM order_fact WHERE order_id = ANY(%(orders)s)
        UNION ALL
        SELECT * FROM order_fact WHERE enterprise_id = ANY(%(moved)s) AND order_id <> ALL(%(orders)s)
        """,
        {"orders": orders, "moved": moved},
    )


def overrides(connection: Connection[Any], orders: Sequence[UUID]) -> list[Override]:
    return many(
        connection, Override, "SELECT * FROM override WHERE order_id = ANY(%(orders)s)", {"orders": orders}
    )


def verdicts(connection: Connection[Any], orders: Sequence[UUID]) -> list[Verdict]:
    return many(
        connection, Verdict, "SELECT * FROM verdict WHERE order_id = ANY(%(orders)s)", {"orders": orders}
    )


def refusals(connection: Connection[Any], ids: Sequence[UUID], moved: Sequence[UUID]) -> list[Refusal]:
    if not ids and not moved:
        return []
    return many(
        connection,
        Refusal,
        """
        SELECT * FROM refusal WHERE refusal_id = ANY(%(ids)s)
        UNION SELECT * FROM refusal WHERE enterprise_id = ANY(%(moved)s)
        """,
        {"ids": ids, "moved": moved},
    )


def visit_refusals(
    connection: Connection[Any], ids: Sequence[UUID], moved: Sequence[UUID]
) -> list[VisitRefusal]:
    if not ids and not moved:
        return []
    return many(
        connection,
        VisitRefusal,
        """
        SELECT * FROM visit_refusal WHERE refusal_id = ANY(%(ids)s)
        UNION SELECT * FROM visit_refusal WHERE enterprise_id = ANY(%(moved)s)
        """,
        {"ids": ids, "moved": moved},
    )
