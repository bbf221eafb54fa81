"""SQL of joint plans: what came of a computation. None of these commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from services.chassis.database import many, one
from services.inspection.planner.model import Apart, Plan, Visit

C = Connection[Any]


@dataclass(frozen=True, kw_only=True)
class KeptVisit:
    """`orders` have id, version and agencies as they were planned with."""

    computation_id: UUID
    number: int
    enterprise_id: UUID
    enterprise: str | None
    premises_id: UUID
    address: str | None
    day: date
    lead_agency_id: UUID
    lead: str | None
    headcount: int
    orders: list[dict[str, Any]]
    proposal_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class KeptApart:
    order_id: UUID
    agency: str | None
    enterprise: str | None
    served: bool
    why: list[dict[str, Any]]


def keep(connection: C, computation_id: UUID, plan: Plan) -> None:
    """What an interrupted computation left goes first."""
    for table in ("joint_plan_visit", "joint_plan_apart"):
        connection.execute(f"DELETE FROM {table} WHERE computation_id = %s", (computation_id,))  # pyright: ignore
    with connection.cursor() as cursor:
        cursor.executemany(
            _VISIT, [_visit(computation_id, n, visit) for n, visit in enumerate(plan.visits, 1)]
        )
        cursor.executemany(_APART, [_apart(computation_id, apart) for apart in plan.apart])


_VISIT = """
INSERT INTO joint_plan_visit (computation_id, number, enterprise_id, premises_id, day, lead_agency_id, headcount, orders)
VALUES (%(computation_id)s, %(number)s, %(enterprise_id)s, %(premises_id)s, %(day)s, %(lead)s, %(headcount)s, %(orders)s)
"""
_APART = """
INSERT INTO joint_plan_apart (computation_id, order_id, served, why)
VALUES (%(computation_id)s, %(order_id)s, %(served)s, %(why)s)
"""


def _visit(computation_id: UUID, number: int, visit: Visit) -> dict[str, Any]:
    orders = [
        {"order_id": str(o.order_id), "version": o.version, "agencies": [str(a) for a in o.agencies]}
        for o in visit.orders
    ]
    return {
        "computation_id": computation_id,
        "number": number,
        "enterprise_id": visit.enterprise_id,
        "premises_id": visit.premises_id,
        "day": visit.day,
        "lead": visit.lead,
        "headcount": visit.headcount,
        "orders": Jsonb(orders),
    }


def _apart(computation_id: UUID, apart: Apart) -> dict[str, Any]:
    why = [
        {
            "code": one.code,
            "explanation": {"zh": one.text.zh, "en": one.text.en},
            "orders": [str(order_id) for order_id in one.orders],
            "figures": dict(one.figures),
        }
        for one in apart.why
    ]
    return {
        "computation_id": computation_id,
        "order_id": apart.order.order_id,
        "served": apart.served,
        "why": Jsonb(why),
    }


_VISITS = """
SELECT v.computation_id, v.number, v.enterprise_id, e.name AS enterprise, v.premises_id, p.address, v.day,
       v.lead_agency_id, a.name AS lead, v.headcount, v.orders, v.proposal_id
FROM joint_plan_visit v
LEFT JOIN enterprise e USING (enterprise_id)
LEFT JOIN premises p ON p.premises_id = v.premises_id
LEFT JOIN agency a ON a.agency_id = v.lead_agency_id
WHERE v.computation_id = %(computation_id)s
"""


def visits(
    connection: C, computation_id: UUID, *, joined: bool | None, after: int, limit: int
) -> list[KeptVisit]:
    return many(
        connection,
        KeptVisit,
        f"""
        {_VISITS} AND v.number > %(after)s
          AND (%(joined)s::boolean IS NULL OR (jsonb_array_length(v.orders) > 1) = %(joined)s)
        ORDER BY v.number LIMIT %(limit)s
        """,
        {"computation_id": computation_id, "joined": joined, "after": after, "limit": limit},
    )


def lock_visit(connection: C, computation_id: UUID, number: int) -> KeptVisit | None:
    """Ours until the end of the transaction: two coordinators accept it once."""
    return one(
        connection,
        KeptVisit,
        f"{_VISITS} AND v.number = %(number)s FOR NO KEY UPDATE OF v",
        {"computation_id": computation_id, "number": number},
    )


def accept(connection: C, visit: KeptVisit, proposal_id: UUID) -> None:
    connection.execute(
        "UPDATE joint_plan_visit SET proposal_id = %s WHERE computation_id = %s AND number = %s",
        (proposal_id, visit.computation_id, visit.number),
    )


def apart(connection: C, computation_id: UUID, *, after: UUID | None, limit: int) -> list[KeptApart]:
    return many(
        connection,
        KeptApart,
        """
        SELECT n.order_id, a.name AS agency, e.name AS enterprise, n.served, n.why
        FROM joint_plan_apart n LEFT JOIN orders o USING (order_id)
        LEFT JOIN agency a ON a.agency_id = o.agency_id
        LEFT JOIN enterprise e ON e.enterprise_id = o.enterprise_id
        WHERE n.computation_id = %(computation_id)s AND (%(after)s::uuid IS NULL OR n.order_id > %(after)s)
        ORDER BY n.order_id LIMIT %(limit)s
        """,
        {"computation_id": computation_id, "after": after, "limit": limit},
    )


def versions(connection: C, order_ids: Sequence[UUID]) -> dict[UUID, tuple[int, str]]:
    """Of orders as they are now: version and state."""
    rows = connection.execute(
        "SELECT order_id, version, state FROM orders WHERE order_id = ANY (%s)", (list(order_ids),)
    ).fetchall()
    return {row["order_id"]: (row["version"], row["state"]) for row in rows}
